/** A process that is stopped hands over what it had, and nobody waits for its lease to end: here that would take longer than the test may. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { json } from '../support/gateway.ts';
import { startPair } from '../support/gateway-pair.ts';
import { until } from '../support/waiting.ts';

const LEASE = '5m';
const WITHIN_MS = 30_000;
const MARIA = '5544988887777';

test('what one of two processes had is done by the other as soon as it stops', async () => {
	let isHeld = true;
	await using pair = await startPair({ environment: { RECADO_LEASE: LEASE }, treat: () => (isHeld ? 503 : 200) });
	const shop = await pair.shop();
	const { owner, other } = shop;
	const webhook = { accountId: shop.id, dialect: 'z-api', events: ['message.received'], url: pair.receiver.url('/shop') };
	assert.equal((await owner.admin('POST', '/webhooks', webhook)).status, 201);
	const write = async (at: typeof owner, text: string): Promise<number> =>
		(await at.admin('POST', `/simulator/${shop.instance.id}/messages`, { from: MARIA, text })).status;
	assert.equal(await write(owner, '1'), 202);
	await until(() => pair.receiver.requests.length > 0, { what: 'an attempt', withinMs: WITHIN_MS });
	isHeld = false;
	await owner.stop();
	// The instance has another owner, who takes what is said to it; before it in its chat goes what was waiting.
	await until(async () => (await write(other, '2')) === 202, { what: 'the other to own the instance', withinMs: WITHIN_MS });
	const arrived = (): readonly string[] => [...new Set(pair.receiver.requests.map((one) => String(json(one).text.message)))];
	await until(() => arrived().length >= 2, { what: 'both messages', withinMs: WITHIN_MS });
	assert.deepEqual(arrived(), ['1', '2']);
});
