import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WebhookSecret } from '../app.ts';
import { WebhookSecrets } from './webhook-secrets.ts';

test('waits for the gateway, and knows of each path what signs now', async () => {
	const webhook = (path: string, secret: string): WebhookSecret => ({ url: `https://127.0.0.1:1${path}`, secret });
	let all = [webhook('/a', 'whsec_1'), webhook('/a', 'whsec_2'), webhook('/b', 'whsec_3')];
	const secrets = new WebhookSecrets();
	const early = secrets.of('/a');
	secrets.open(() => all);
	assert.deepEqual(await early, ['whsec_1', 'whsec_2']);
	assert.deepEqual(await secrets.of('/b'), ['whsec_3']);
	all = [webhook('/a', 'whsec_4')];
	assert.deepEqual(await secrets.of('/a'), ['whsec_4']);
	assert.deepEqual(await secrets.of('/b'), []);
});
