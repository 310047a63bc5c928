/** A webhook's limit of attempts in flight holds for two processes together, and is used up by both, whichever of them the events came to. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startPair } from '../support/gateway-pair.ts';
import { until } from '../support/waiting.ts';

const WITHIN_MS = 30_000;
/** More than may be in flight, each in a chat of its own. */
const CHATS = 12;

for (const concurrency of [4, 1]) {
	test(`of ${concurrency} attempts in flight no more are there at any time, and no fewer`, async () => {
		let inFlight = 0;
		let most = 0;
		const held = Promise.withResolvers<void>();
		const treat = async (): Promise<number> => {
			inFlight += 1;
			most = Math.max(most, inFlight);
			await held.promise;
			inFlight -= 1;
			return 200;
		};
		await using pair = await startPair({ treat, environment: { RECADO_ATTEMPT_DEADLINE_MS: '60000' } });
		// Else closing would wait for what the receiver holds.
		await using _released = { [Symbol.asyncDispose]: async () => held.resolve() };
		const { id, instance, owner, other } = await pair.shop();
		const webhook = { accountId: id, dialect: 'z-api', events: ['message.received'], url: pair.receiver.url('/shop'), concurrency };
		assert.equal((await owner.admin('POST', '/webhooks', webhook)).status, 201);
		const write = async (round: number): Promise<void> => {
			for (let chat = 0; chat < CHATS; chat += 1) {
				const said = { from: `55449888800${String(chat).padStart(2, '0')}`, text: `${round}` };
				const at = chat % 2 === 0 ? owner : other;
				assert.equal((await at.admin('POST', `/simulator/${instance.id}/messages`, said)).status, 202);
			}
		};
		await write(1);
		await until(() => inFlight === concurrency, { what: 'all that may be in flight', withinMs: WITHIN_MS });
		await write(2);
		assert.equal(inFlight, concurrency);
		held.resolve();
		await until(() => pair.receiver.requests.length === 2 * CHATS, { what: 'everything', withinMs: WITHIN_MS });
		assert.equal(most, concurrency);
	});
}
