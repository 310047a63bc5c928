/** What is read beside changes: an answer that is older than what is known undoes nothing, and is not taken for the whole. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { webhook as stored } from '../../test/suites/store-fixtures.ts';
import type { Webhook } from '../domain/webhook.ts';
import { RecadoError } from '../errors.ts';
import type { WebhooksOfAccount } from '../ports/webhooks.ts';
import { AesSealer } from '../system/aes-sealer.ts';
import { WebhookMirror } from './webhook-mirror.ts';
import { WebhookRegistry } from './webhook-registry.ts';

const ACCOUNT = 'acc_a';

function webhook(name: string, given: Partial<Webhook> = {}): Webhook {
	return stored(name, { secrets: [], ...given });
}

/** A store whose answers the test gives, in whatever order. */
class Desk {
	readonly registry = new WebhookRegistry(new AesSealer(Buffer.alloc(32)));
	readonly whole: ((answer: WebhooksOfAccount) => void)[] = [];
	readonly single: ((answer: Webhook | undefined) => void)[] = [];
	readonly told: string[] = [];
	readonly mirror = new WebhookMirror({
		registry: this.registry,
		store: {
			webhooks: {
				all: () => Promise.resolve([]),
				ofAccount: () => new Promise((resolve) => void this.whole.push(resolve)),
				webhook: () => new Promise((resolve) => void this.single.push(resolve)),
			},
		},
		dispatcher: {
			changed: (id) => void this.told.push(`changed ${id}`),
			hearDue: (id) => void this.told.push(`hearDue ${id}`),
			openedElsewhere: (id) => void this.told.push(`opened ${id}`),
			resumedElsewhere: (id) => void this.told.push(`resumed ${id}`),
		},
	});

	get known(): readonly Webhook[] {
		return [...this.registry.ofAccount(ACCOUNT)].map((entry) => entry.webhook);
	}

	/** Answers the latest read of the whole account, and lets follow what follows from it. */
	async answerWhole(version: number, ...webhooks: readonly Webhook[]): Promise<void> {
		this.whole.at(-1)?.({ version, webhooks });
		await settled();
	}

	async answerSingle(webhook: Webhook | undefined): Promise<void> {
		this.single.at(-1)?.(webhook);
		await settled();
	}
}

function settled(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}

test('the whole of an account is what the store answered: made, changed and gone, at its version', async () => {
	const desk = new Desk();
	for (const name of ['same', 'changed', 'gone']) desk.registry.put(webhook(name));
	assert.equal(desk.registry.versionOf(ACCOUNT), undefined);
	const refreshing = desk.mirror.refreshAccount(ACCOUNT);
	const all = [webhook('same'), webhook('changed', { enabled: false }), webhook('made')];
	await desk.answerWhole(7, ...all);
	await refreshing;
	assert.deepEqual(desk.known, all);
	assert.equal(desk.registry.versionOf(ACCOUNT), 7);
	assert.deepEqual(desk.told, ['changed whk_gone', 'changed whk_changed', 'hearDue whk_made']);
});

test('whatever is put or removed one by one ends that the whole is known; what is outdated is forgotten once', () => {
	const { registry } = new Desk();
	registry.complete(ACCOUNT, 1);
	registry.complete('acc_b', 1);
	registry.put(webhook('a'));
	assert.deepEqual([registry.versionOf(ACCOUNT), registry.versionOf('acc_b')], [undefined, 1]);
	registry.complete(ACCOUNT, 2);
	registry.remove('whk_none');
	registry.outdate(ACCOUNT, 1);
	assert.equal(registry.versionOf(ACCOUNT), 2);
	registry.remove('whk_a');
	assert.equal(registry.versionOf(ACCOUNT), undefined);
	registry.complete(ACCOUNT, 3);
	registry.outdate(ACCOUNT, 3);
	assert.equal(registry.versionOf(ACCOUNT), undefined);
});

test('an answer during whose reading something changed here is not taken: it is read again', async () => {
	const desk = new Desk();
	desk.registry.put(webhook('old'));
	const refreshing = desk.mirror.refreshAccount(ACCOUNT);
	desk.registry.put(webhook('own'));
	desk.registry.remove('whk_old');
	await desk.answerWhole(1, webhook('old'));
	assert.deepEqual([desk.known, desk.registry.versionOf(ACCOUNT)], [[webhook('own')], undefined]);
	await desk.answerWhole(3, webhook('own'));
	await refreshing;
	assert.deepEqual([desk.whole.length, desk.registry.versionOf(ACCOUNT)], [2, 3]);
});

test('so is one webhook that was read before the whole was', async () => {
	const desk = new Desk();
	const following = desk.mirror.refresh('whk_a', ACCOUNT);
	const refreshing = desk.mirror.refreshAccount(ACCOUNT);
	await desk.answerWhole(2, webhook('a', { url: 'https://new.example/' }));
	await refreshing;
	await desk.answerSingle(webhook('a', { url: 'https://old.example/' }));
	assert.deepEqual([desk.known[0]?.url, desk.registry.versionOf(ACCOUNT)], ['https://new.example/', 2]);
	await desk.answerSingle(webhook('a', { url: 'https://new.example/' }));
	await following;
	assert.deepEqual([desk.single.length, desk.registry.versionOf(ACCOUNT)], [2, 2], 'it says nothing new, so the whole is still known');
});

test('changes of another account are nobody’s business', async () => {
	const desk = new Desk();
	const refreshing = desk.mirror.refreshAccount(ACCOUNT);
	desk.registry.put(webhook('other', { accountId: 'acc_b' }));
	await desk.answerWhole(1);
	await refreshing;
	assert.deepEqual([desk.whole.length, desk.registry.versionOf(ACCOUNT)], [1, 1]);
});

test('who asks during a read waits for one read after it, with all others who do', async () => {
	const desk = new Desk();
	const first = desk.mirror.refreshAccount(ACCOUNT);
	const later = [1, 2, 3].map(() => desk.mirror.refreshAccount(ACCOUNT));
	await desk.answerWhole(1);
	await first;
	assert.equal(desk.whole.length, 2);
	const last = desk.mirror.refreshAccount(ACCOUNT);
	await desk.answerWhole(2);
	await Promise.all(later);
	assert.equal(desk.registry.versionOf(ACCOUNT), 2);
	await desk.answerWhole(3);
	await last;
	assert.deepEqual([desk.whole.length, desk.registry.versionOf(ACCOUNT)], [3, 3]);
});

test('where something changes during each read it gives up, and may be asked again', async () => {
	const desk = new Desk();
	const refreshing = desk.mirror.refreshAccount(ACCOUNT);
	const refused = assert.rejects(refreshing, (error) => error instanceof RecadoError && error.code === 'store_unavailable');
	for (let reads = 0; reads < desk.whole.length; reads += 1) {
		desk.registry.put(webhook(`made during read ${reads}`));
		await desk.answerWhole(reads);
	}
	await refused;
	assert.equal(desk.registry.versionOf(ACCOUNT), undefined);
	const again = desk.mirror.refreshAccount(ACCOUNT);
	await desk.answerWhole(99);
	await again;
	assert.deepEqual([desk.known, desk.registry.versionOf(ACCOUNT)], [[], 99]);
});
