import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeIds } from '../../test/support/fake-ids.ts';
import { instantMessageRenderer } from '../dialects/instant-message/renderer.ts';
import { plugchatRenderer } from '../dialects/plugchat/renderer.ts';
import { recadoRenderer } from '../dialects/recado/renderer.ts';
import { zApiRenderer } from '../dialects/z-api/renderer.ts';
import { EVENT_TYPES, type EventType } from '../domain/event.ts';
import type { Webhook } from '../domain/webhook.ts';
import type { Renderer } from '../ports/renderer.ts';
import { exampleEvent } from './example-events.ts';

function webhookOf(renderer: Renderer, type: EventType): Webhook {
	return {
		id: 'whk_1',
		accountId: 'acc_1',
		dialect: renderer.dialect,
		origin: 'management',
		url: 'https://receiver.example/',
		subscriptions: renderer.subscriptionsFor([type]),
		order: 'chat',
		enabled: true,
		secrets: [],
		keyPairs: [],
		signatures: ['v1'],
		createdAt: 0,
		updatedAt: 0,
	};
}

test('each event type has an example, and whatever a dialect can tell of it is rendered', () => {
	const instance = { id: 'ins_1', phone: '5544900000000' };
	for (const renderer of [recadoRenderer, plugchatRenderer, zApiRenderer, instantMessageRenderer]) {
		for (const type of EVENT_TYPES) {
			const webhook = webhookOf(renderer, type);
			const event = exampleEvent({ type, webhook, instance, at: Date.UTC(2026, 0, 1), ids: new FakeIds() });
			assert.equal(event.type, type);
			const canTell = renderer.eventsOf(webhook.subscriptions).includes(type);
			assert.equal(renderer.render(event, webhook).length > 0, canTell, `${renderer.dialect} ${type}`);
		}
	}
});
