/** A receiver that fails in every way and comes back: everything arrives, in order per chat, recognisable and signed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { json, startGateway } from '../support/gateway.ts';
import type { ReceivedRequest } from '../support/receiver.ts';
import { until } from '../support/waiting.ts';

const CHATS = 5;
const MESSAGES = 8;
/** Long enough for a machine with other work. */
const WITHIN_MS = 60_000;

test('a receiver that answers 500, hangs, resets and comes back misses nothing', async () => {
	// Short times, so that the whole schedule of an outage fits a test; the order of things is the same.
	await using gateway = await startGateway({
		environment: {
			RECADO_RETRY_SCHEDULE: `0s${',100ms'.repeat(49)}`,
			// A receiver that is well answers within it on any machine.
			RECADO_ATTEMPT_DEADLINE_MS: '2000',
			RECADO_LANE_HOLD: '10m',
			RECADO_PROBE_FIRST: '20ms',
			RECADO_PROBE_CEILING: '100ms',
		},
	});
	const account = await gateway.account();
	const { body: webhook } = await gateway.admin('POST', '/webhooks', {
		accountId: account.id,
		dialect: 'z-api',
		events: ['message.received'],
		url: gateway.receiver.url('/outage'),
	});
	let treatment: 500 | 'hang' | 'reset' | 200 = 500;
	/** By their ids: what is well may come twice, where its answer was not heard of. */
	const delivered = new Map<unknown, ReceivedRequest>();
	gateway.receiver.treat((request) => {
		if (treatment === 'hang') return { kind: 'hang', when: 'before-headers' };
		if (treatment === 'reset') return { kind: 'reset', when: 'before-headers' };
		const id = request.headers['webhook-id'];
		if (treatment === 200 && !delivered.has(id)) delivered.set(id, request);
		return treatment;
	});
	for (let n = 0; n < MESSAGES; n += 1) {
		for (let chat = 0; chat < CHATS; chat += 1) {
			await gateway.admin('POST', `/simulator/${account.instance.id}/messages`, { from: `554498888000${chat}`, text: `${n}` });
		}
	}
	const inAll = (count: number): Promise<unknown> => {
		const enough = gateway.receiver.requests.length + count;
		return gateway.receiver.waitFor((requests) => requests.length >= enough, `${enough} requests`, WITHIN_MS);
	};
	// By then its circuit is open: what comes are probes, one at a time.
	await inAll(CHATS * 2);
	treatment = 'hang';
	await inAll(2);
	treatment = 'reset';
	await inAll(2);
	treatment = 200;
	await until(() => delivered.size === CHATS * MESSAGES, { what: 'everything to be delivered', withinMs: WITHIN_MS });

	for (let chat = 0; chat < CHATS; chat += 1) {
		const texts = [...delivered.values()]
			.map(json)
			.filter((body) => body.phone === `554498888000${chat}`)
			.map((body) => body.text.message);
		assert.deepEqual(
			texts,
			Array.from({ length: MESSAGES }, (_, n) => String(n)),
			`order of chat ${chat}`,
		);
	}
	const idOfMessage = new Map<string, unknown>();
	for (const request of gateway.receiver.requests) {
		const { messageId } = json(request);
		const id = idOfMessage.get(messageId) ?? request.headers['webhook-id'];
		assert.equal(request.headers['webhook-id'], id, 'the id is the same on each retry');
		idOfMessage.set(messageId, id);
		new Webhook(webhook.secret).verify(request.text, request.headers as Record<string, string>);
	}
	assert.equal(idOfMessage.size, CHATS * MESSAGES);
});
