import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GatewayClient } from './gateway-client.ts';
import { WebhookSecrets } from './webhook-secrets.ts';

function clientOf(answers: readonly unknown[]): { readonly client: Pick<GatewayClient, 'call'>; readonly asked: () => number } {
	let count = 0;
	return {
		asked: () => count,
		client: {
			async call() {
				const answer = answers[Math.min(count, answers.length - 1)];
				count += 1;
				if (answer instanceof Error) throw answer;
				return answer;
			},
		},
	};
}

test('waits for the gateway, asks it now and then, and keeps what it knows while it does not answer', async (t) => {
	t.mock.timers.enable({ apis: ['Date'], now: 1_000_000 });
	const webhook = (path: string, secret: string): unknown => ({ url: `https://127.0.0.1:1${path}`, secret });
	const { client, asked } = clientOf([
		{ items: [webhook('/a', 'whsec_1'), webhook('/a', 'whsec_2'), webhook('/b', 'whsec_3'), { url: 'https://x/' }] },
		{ items: [webhook('/a', 'whsec_4')] },
		new Error('stopped'),
	]);
	const secrets = new WebhookSecrets();
	const early = secrets.of('/a');
	secrets.open(client);
	assert.deepEqual(await early, ['whsec_1', 'whsec_2']);
	assert.deepEqual(await secrets.of('/b'), ['whsec_3']);
	assert.equal(asked(), 1);
	t.mock.timers.tick(2_001);
	assert.deepEqual(await secrets.of('/a'), ['whsec_4']);
	assert.deepEqual(await secrets.of('/b'), []);
	t.mock.timers.tick(2_001);
	assert.deepEqual(await secrets.of('/a'), ['whsec_4']);
	assert.equal(asked(), 3);
});
