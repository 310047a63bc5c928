import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeClock } from '../../test/support/fake-clock.ts';
import type { StoredDocument } from '../ports/documents.ts';
import type { Decision } from '../ports/outbox.ts';
import { ApiTokenService } from './api-tokens.ts';

/** What reads answer is what was there when they were begun; `hold` lets them wait for their answer. */
function service() {
	const clock = new FakeClock();
	const kept = new Map<string, StoredDocument>();
	const held: { until: Promise<void> | undefined } = { until: undefined };
	const documents = {
		document: async (collection: string, id: string) => {
			const found = kept.get(`${collection}/${id}`);
			if (collection === 'api-tokens') await held.until;
			return found;
		},
		documents: async () => [],
		documentIds: async () => [],
	};
	const outbox = {
		commit: async ({ changes }: Decision) => {
			for (const change of changes) {
				if (change.kind !== 'document.put') continue;
				const { document, expected = 0 } = change;
				kept.set(`${document.collection}/${document.id}`, { ...document, version: expected + 1 });
			}
			return undefined;
		},
	};
	const ids = { next: (prefix: string) => `${prefix}_${'0'.repeat(31)}1`, nextToken: () => 'x'.repeat(43), nextWhatsappId: () => '' };
	const tokens = new ApiTokenService({
		...{ store: { documents, accounts: { account: async () => undefined } }, outbox, clock, ids },
		hash: (token) => `hash of ${token}`,
		sealer: { seal: (text) => text, unseal: (text) => text, isStale: () => false },
		observer: { background: () => undefined },
	});
	return { tokens, held };
}

test('a token is over once its revocation was answered, also for who was being asked about meanwhile', async () => {
	const { tokens, held } = service();
	const { token, apiToken } = await tokens.create({ name: 'x', scopes: ['admin'], createdBy: 'admin' });
	const reading = Promise.withResolvers<void>();
	held.until = reading.promise;
	const early = tokens.credentialOf(token);
	held.until = undefined;
	await tokens.revoke(apiToken.id);
	reading.resolve();
	assert.equal(await early, undefined);
	assert.equal(await tokens.credentialOf(token), undefined);
});

test('its bearer is known by all of it', async () => {
	const { tokens } = service();
	const { token, apiToken } = await tokens.create({ name: 'x', scopes: ['messages:read'], createdBy: 'admin' });
	assert.deepEqual(await tokens.credentialOf(token), { kind: 'token', id: apiToken.id, name: 'x', scopes: ['messages:read'] });
	for (const wrong of ['', 'rct_', `${token}x`, token.replace(/x$/, 'y')]) assert.equal(await tokens.credentialOf(wrong), undefined);
});
