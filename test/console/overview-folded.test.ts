/** What needs a person stays short enough to be read, however much of one kind there is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AttentionItem } from '../../console/src/api/views.ts';
import { foldedByKind } from '../../console/src/pages/overview/folded.ts';

const ROOM = 5;

function some(count: number, kind: AttentionItem['kind'], severity: AttentionItem['severity'] = 'critical'): readonly AttentionItem[] {
	return Array.from({ length: count }, (_, number) => ({ kind, severity, accountId: 'acc_a', webhookId: `whk_${kind}_${number}` }));
}

function told(items: readonly AttentionItem[]): readonly string[] {
	return foldedByKind(items, ROOM).map(({ kind, items: shown, folded }) => `${kind} ${shown.length}+${folded}`);
}

test('eleven of one kind are five and the number of the others; one more is shown instead of counted', () => {
	assert.deepEqual(told(some(11, 'webhook-failing')), ['webhook-failing 5+6']);
	assert.deepEqual(told(some(6, 'webhook-failing')), ['webhook-failing 6+0']);
	assert.deepEqual(told([]), []);
});

test('kinds share the room, in the order of their worst, and each has one at least', () => {
	const [lost, failing, dead] = [some(1, 'instance-disconnected'), some(11, 'webhook-failing'), some(11, 'dead-deliveries')];
	assert.deepEqual(told([...lost, ...failing.slice(0, 2), ...dead, ...failing.slice(2)]), [
		'instance-disconnected 1+0',
		'webhook-failing 1+10',
		'dead-deliveries 1+10',
	]);
	const all = [...lost, ...failing, ...dead, ...some(1, 'observations-failed'), ...some(9, 'overdue-deliveries', 'warning')];
	assert.deepEqual(told([...all, ...some(3, 'webhook-disabled', 'notice')]).at(-1), 'webhook-disabled 1+2');
});

test('what fits is all there, and what is worse is not mixed with what is not', () => {
	const [gone, paused] = [some(2, 'webhook-disabled'), some(3, 'webhook-disabled', 'notice')];
	assert.deepEqual(told([...gone, ...paused]), ['webhook-disabled 2+0', 'webhook-disabled 3+0']);
});
