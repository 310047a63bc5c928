import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Turns } from './turns.ts';

test('so many at a time for each key, the others in the order of coming; one that fails gives its turn on', async () => {
	const turns = new Turns(2);
	const begun: string[] = [];
	const ends = new Map<string, PromiseWithResolvers<void>>();
	const run = (key: string, name: string): Promise<void> => {
		const end = Promise.withResolvers<void>();
		ends.set(name, end);
		return turns.run(key, () => {
			begun.push(name);
			return end.promise;
		});
	};
	const running = ['a1', 'a2', 'a3', 'a4', 'b1'].map((name) => run(name.slice(0, 1), name));
	await Promise.resolve();
	assert.deepEqual(begun, ['a1', 'a2', 'b1']);
	ends.get('a2')?.reject(new Error('over'));
	await assert.rejects(running[1] ?? Promise.resolve());
	assert.deepEqual(begun, ['a1', 'a2', 'b1', 'a3']);
	for (const name of ['a1', 'a3', 'b1']) ends.get(name)?.resolve();
	await Promise.all([running[0], running[2], running[4]]);
	assert.deepEqual(begun, ['a1', 'a2', 'b1', 'a3', 'a4']);
	ends.get('a4')?.resolve();
	await running[3];
	await turns.run('a', () => Promise.resolve());
});
