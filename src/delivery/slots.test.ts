import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Subscriptions, Webhook } from '../domain/webhook.ts';
import type { SlotWish } from './services.ts';
import { planSlots } from './slots.ts';

let made = 0;
function webhook(url: string, subscriptions: Subscriptions): Webhook {
	made += 1;
	return {
		id: `whk_${made}`,
		accountId: 'acc_1',
		dialect: 'plugchat',
		origin: 'dialect',
		url,
		subscriptions,
		order: 'chat',
		enabled: true,
		secrets: [],
		keyPairs: [],
		signatures: ['v1'],
		createdAt: made,
		updatedAt: made,
	};
}

/** The webhooks after a plan, as the service makes them. */
function apply(existing: readonly Webhook[], wishes: Readonly<Record<string, SlotWish>>): Webhook[] {
	const plan = planSlots(existing, wishes);
	const changed = new Map<string, Webhook>([
		...plan.changed.map(({ webhook: { ending: _ending, ...one }, ...to }) => [one.id, { ...one, ...to }] as const),
		...plan.drained.map((one) => [one.id, { ...one, subscriptions: {}, ending: 'drain' }] as const),
	]);
	const kept = existing.filter((one) => !plan.deleted.includes(one)).map((one) => changed.get(one.id) ?? one);
	return [...kept, ...plan.created.map((one) => webhook(one.url, one.subscriptions))];
}

function slotsOf(webhooks: readonly Webhook[]): Record<string, string> {
	return Object.fromEntries(webhooks.flatMap((one) => Object.keys(one.subscriptions).map((slot) => [slot, one.url])));
}

test('slots with one URL are one webhook', () => {
	const webhooks = apply([], { a: { url: 'https://x/' }, b: { url: 'https://x/' }, c: { url: 'https://y/' } });
	assert.equal(webhooks.length, 2);
	assert.deepEqual(slotsOf(webhooks), { a: 'https://x/', b: 'https://x/', c: 'https://y/' });
});

test('a webhook whose slots all move keeps its id, and so its secret and what waits', () => {
	const [before] = apply([], { a: { url: 'https://x/' }, b: { url: 'https://x/' } });
	assert.ok(before);
	const after = apply([before], { a: { url: 'https://z/' }, b: { url: 'https://z/' } });
	assert.deepEqual(
		after.map((one) => [one.id, one.url]),
		[[before.id, 'https://z/']],
	);
});

test('a webhook that loses its slots to others drains, one whose slots are removed is deleted', () => {
	const existing = apply([], { a: { url: 'https://x/' }, b: { url: 'https://y/' } });
	const merged = apply(existing, { a: { url: 'https://y/' } });
	assert.deepEqual(
		merged.map((one) => [one.url, Object.keys(one.subscriptions)]),
		[
			['https://x/', []],
			['https://y/', ['a', 'b']],
		],
	);
	assert.deepEqual(
		merged.map((one) => one.ending),
		['drain', undefined],
	);
	assert.equal(apply(merged, { c: { url: 'https://y/' } }).length, 2, 'one that drains goes on draining');
	const [again] = apply(merged, { c: { url: 'https://x/' } });
	assert.deepEqual([again?.id, again?.ending], [merged[0]?.id, undefined], 'one that drains is wanted again');
	assert.deepEqual(slotsOf(apply(existing, { a: { url: null } })), { b: 'https://y/' });
	assert.equal(apply(existing, { a: { url: '' } }).length, 1);
});

test('the echo of own messages stays as it was unless somebody says otherwise', () => {
	const existing = [webhook('https://x/', { received: { sentByMe: true } })];
	assert.deepEqual(apply(existing, { received: { url: 'https://x/' } })[0]?.subscriptions, { received: { sentByMe: true } });
	assert.deepEqual(apply(existing, { received: { url: 'https://x/', sentByMe: false } })[0]?.subscriptions, {
		received: { sentByMe: false },
	});
});

test('whatever is asked in a row, each slot has its last URL, and no two webhooks share one', () => {
	const url = fc.constantFrom('https://a/', 'https://b/', 'https://c/', null, '');
	const wish = fc.dictionary(
		fc.constantFrom('s1', 's2', 's3', 's4'),
		url.map((one) => ({ url: one })),
		{ minKeys: 1 },
	);
	fc.assert(
		fc.property(fc.array(wish, { maxLength: 8 }), (wishes) => {
			let webhooks: Webhook[] = [];
			const expected: Record<string, string> = {};
			for (const one of wishes) {
				webhooks = apply(webhooks, one);
				for (const [slot, { url: wanted }] of Object.entries(one)) {
					if (wanted) expected[slot] = wanted;
					else delete expected[slot];
				}
			}
			assert.deepEqual(slotsOf(webhooks), expected);
			assert.equal(new Set(webhooks.map((one) => one.url)).size, webhooks.length);
		}),
	);
});
