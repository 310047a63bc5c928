/** What is made of what is typed into the form of a webhook: what of its headers is kept, what is refused before it is sent, and what would be told twice. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Webhook } from '../../console/src/api/views.ts';
import { changeOf, draftOf, newDraft, type WebhookDraft } from '../../console/src/pages/webhooks/webhook-draft.ts';
import { mistakesOf, nameAt, RATE_BOUNDS, valueAt } from '../../console/src/pages/webhooks/webhook-mistakes.ts';
import { twinOf } from '../../console/src/pages/webhooks/webhook-twin.ts';
import { SETTING_BOUNDS } from '../../src/delivery/webhook-settings.ts';

const WEBHOOK: Webhook = {
	...{ id: 'whk_1', accountId: 'acc_1', dialect: 'recado', origin: 'management', url: 'https://erp.example/hook', status: 'active' },
	...{ events: ['message.received'], order: 'chat', enabled: true, signatures: ['v1'], headerNames: ['x-key', 'x-shop'] },
	circuit: { state: 'closed', failuresInARow: 0, concurrencyNow: 1 },
	...{ createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z' },
};

function headersSent(draft: WebhookDraft): unknown {
	return (changeOf(draft, WEBHOOK) as { readonly headers?: unknown }).headers;
}

function withHeaders(...rows: readonly (readonly [name: string, value: string])[]): WebhookDraft {
	const headers = rows.map(([name, value], key) => ({ key, name, value, isKept: false }));
	return { ...newDraft('acc_1', undefined), url: 'https://erp.example/hook', headers };
}

suite('the headers of a webhook', () => {
	const draft = draftOf(WEBHOOK);
	const [key, shop] = draft.headers;
	assert.ok(key && shop);

	test('stay where nobody touches them, row by row', () => {
		assert.equal(headersSent(draft), undefined);
		const added = { key: 2, name: ' x-new ', value: 'a', isKept: false };
		assert.deepEqual(headersSent({ ...draft, headers: [key, { ...shop, value: '43' }, added] }), {
			'x-key': null,
			'x-shop': '43',
			'x-new': 'a',
		});
		assert.deepEqual(headersSent({ ...draft, headers: [shop] }), { 'x-shop': null });
		assert.deepEqual(headersSent({ ...draft, headers: [] }), {});
		assert.deepEqual(mistakesOf(draft), []);
	});

	test('a row that was added and left blank is none', () => {
		const blank = { key: 2, name: ' ', value: '', isKept: false };
		assert.equal(headersSent({ ...draft, headers: [...draft.headers, blank, { ...blank, key: 3 }] }), undefined);
		assert.deepEqual(mistakesOf({ ...draft, headers: [...draft.headers, blank, { ...blank, key: 3 }] }), []);
	});

	test('what would be lost on the way is a mistake at its row', () => {
		const mistakes = mistakesOf(withHeaders(['x-a', '1'], ['X-A ', '2'], ['', '3'], ['x-b', ''], ['x c', '4'], ['x-d', 'açaí']));
		assert.deepEqual(mistakes, [
			{ path: nameAt(1), kind: 'twice' },
			{ path: nameAt(2), kind: 'nameless' },
			{ path: valueAt(3), kind: 'valueless' },
			{ path: nameAt(4), kind: 'misnamed' },
			{ path: valueAt(5), kind: 'unfit' },
		]);
	});
});

test('a rate is within the bounds of the gateway', () => {
	assert.deepEqual(RATE_BOUNDS, SETTING_BOUNDS.ratePerSecond);
	const mistakesAt = (ratePerSecond: string | number): number => mistakesOf({ ...withHeaders(), ratePerSecond }).length;
	assert.deepEqual([0, 0.0005, 10_001, '', 0.001, 10_000, '0.5'].map(mistakesAt), [1, 1, 1, 0, 0, 0, 0]);
});

test('another webhook would be told the same: of that address and account, of an event and an instance of both', () => {
	const draft = { ...withHeaders(), instanceId: 'ins_1' };
	const isTwin = (other: Partial<Webhook>): boolean => twinOf(draft, [{ ...WEBHOOK, ...other }]) !== undefined;
	assert.deepEqual([{}, { instanceId: 'ins_1' }, { status: 'disabled' } as const].map(isTwin), [true, true, true]);
	const others: readonly Partial<Webhook>[] = [
		...[{ url: 'https://erp.example/other' }, { accountId: 'acc_2' }, { instanceId: 'ins_2' }],
		...[{ events: ['survey.answered'] } as const, { status: 'ending' } as const],
	];
	assert.deepEqual(others.map(isTwin), [false, false, false, false, false]);
});
