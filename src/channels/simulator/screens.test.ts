import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Phones } from './phones.ts';
import { Kept } from './records.ts';
import { ScreenMemory, Screens } from './screens.ts';
import { Society } from './society.ts';

const MARIA = '5544988887777';

test('what a message became by being edited counts for what screens hold', () => {
	const phones = new Phones({ seed: 1, defaults: {}, records: new Map() });
	const screens = new Screens(new ScreenMemory(), new Society({ seed: 1, instanceId: 'ins_1', phones, kept: new Kept([]) }));
	const said = { address: MARIA, from: MARIA, at: 1 };
	const shown = (): readonly string[] => screens.messagesOf(MARIA, { now: 2, limit: 10 }).map(({ whatsappId }) => whatsappId);
	for (const whatsappId of ['A', 'B']) {
		screens.add({ ...said, whatsappId, content: { kind: 'text', text: 'oi' } });
		const edited = { kind: 'text', text: 'x'.repeat(9_000_000) } as const;
		screens.add({ ...said, whatsappId: `${whatsappId}1`, content: { kind: 'edit', to: { whatsappId, fromMe: false }, content: edited } });
	}
	assert.deepEqual(shown(), ['A', 'B']);
	screens.add({ ...said, whatsappId: 'C', content: { kind: 'text', text: 'oi' } });
	assert.deepEqual(shown(), ['B', 'C']);
});

test('what comes before a message is shown page by page, until there is no more', () => {
	const phones = new Phones({ seed: 1, defaults: {}, records: new Map() });
	const screens = new Screens(new ScreenMemory(), new Society({ seed: 1, instanceId: 'ins_1', phones, kept: new Kept([]) }));
	for (const [index, whatsappId] of ['A', 'B', 'C', 'D', 'E'].entries()) {
		// Some of them in the same millisecond.
		screens.add({ address: MARIA, from: MARIA, at: Math.floor(index / 2), whatsappId, content: { kind: 'text', text: 'oi' } });
	}
	const shown = (before?: string): readonly string[] =>
		screens.messagesOf(MARIA, { now: 9, limit: 2, ...(before !== undefined && { before }) }).map(({ whatsappId }) => whatsappId);
	assert.deepEqual(shown(), ['D', 'E']);
	assert.deepEqual(shown('D'), ['B', 'C']);
	assert.deepEqual(shown('B'), ['A']);
	assert.deepEqual(shown('A'), []);
	assert.deepEqual(shown('gone'), []);
});
