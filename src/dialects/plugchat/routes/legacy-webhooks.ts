/** `PUT /api/whatsapp/update-webhook-*` with `{"value": url}` (seed 001 and its siblings): one slot each, in the legacy form. */
import type { FastifyInstance } from 'fastify';
import { ValueBody } from '../../callbacks/webhook-body.ts';
import { slotOwnerOf } from '../authentication.ts';
import type { PlugchatDeps } from '../deps.ts';
import type { PlugchatForm } from '../forms.ts';
import type { PlugchatSlot } from '../slots.ts';

/** By the last part of the path. `receive` is a second spelling in the same documents. */
const SLOT_BY_ENDING: Readonly<Record<string, PlugchatSlot>> = {
	delivery: 'sendingMessage',
	received: 'receiveMessage',
	receive: 'receiveMessage',
	disconnected: 'whenDisconnecting',
	'message-status': 'messageStatus',
	'chat-presence': 'chatPresence',
};

export function legacyWebhookRoutes(scope: FastifyInstance, deps: PlugchatDeps): void {
	const form: PlugchatForm = 'legacy';
	for (const [ending, slot] of Object.entries(SLOT_BY_ENDING)) {
		scope.put<{ Body: ValueBody }>(`/api/whatsapp/update-webhook-${ending}`, { schema: { body: ValueBody } }, async (request) => {
			const url = request.body.value;
			await deps.webhooks.assignSlots(slotOwnerOf(request), { [slot]: { url, form } });
			return { value: true };
		});
	}
}
