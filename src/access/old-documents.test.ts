import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { collection, type DocumentFilter, type StoredDocument } from '../ports/documents.ts';
import type { Decision } from '../ports/outbox.ts';
import { OldDocuments } from './old-documents.ts';

const HOUR_MS = 3_600_000;

function world() {
	const clock = new FakeClock();
	const kept: StoredDocument[] = [];
	const faults: unknown[] = [];
	const documents = {
		document: async () => undefined,
		documents: async ({ collection: of, to = 0, limit }: DocumentFilter) =>
			kept.filter((one) => one.collection === of && one.at <= to).slice(0, limit),
		documentIds: async () => [],
	};
	const outbox = {
		commit: async ({ changes }: Decision) => {
			for (const change of changes) {
				if (change.kind !== 'document.delete') continue;
				if (change.collection === 'broken') throw new Error('not now');
				kept.splice(
					kept.findIndex(({ id }) => id === change.id),
					1,
				);
			}
			return undefined;
		},
	};
	const kinds = ['broken', 'short', 'long'].map((name, index) => ({
		collection: collection<unknown>(name),
		keptMs: (index + 1) * HOUR_MS,
	}));
	const observer = { background: (where: string) => faults.push(where), pruned: () => undefined };
	const old = new OldDocuments({ store: { documents }, outbox, observer, clock, kinds });
	const add = (of: string, id: string): void => {
		kept.push({ collection: of, id, accountId: '', at: clock.now(), value: {}, version: 1 });
	};
	return { clock, old, add, faults, ids: () => kept.map(({ id }) => id) };
}

test('each kind goes when it is too old, however many, and one that cannot be deleted holds up no other', async () => {
	const { clock, old, add, faults, ids } = world();
	for (let one = 0; one < 1_200; one += 1) add('short', `s${one}`);
	add('long', 'l');
	add('broken', 'b');
	await using _old = old;
	old.start();
	await clock.advance(HOUR_MS);
	assert.deepEqual([ids().length, faults], [1_202, ['broken.prune']]);
	await clock.advance(HOUR_MS);
	assert.deepEqual(ids(), ['l', 'b']);
	await clock.advance(HOUR_MS);
	assert.deepEqual(ids(), ['b']);
});
