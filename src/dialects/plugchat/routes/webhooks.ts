/**
 * `PUT /api/integrations/update-webhooks`, one path with three bodies: the slots themselves (seed 002), the slots under `value` (seed 000),
 * or one URL as `value` for all of them. Only the slots that are named change; '' and null remove one.
 */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import type { SlotWish } from '../../../delivery/services.ts';
import { RecadoError } from '../../../errors.ts';
import { WebhookUrl } from '../../callbacks/webhook-body.ts';
import { slotOwnerOf } from '../authentication.ts';
import type { PlugchatDeps } from '../deps.ts';
import type { PlugchatForm } from '../forms.ts';
import { INTEGRATION_SLOTS, type IntegrationSlot } from '../slots.ts';

const url = Type.Optional(WebhookUrl);
const slots = {
	finishAttendance: url,
	startAttendance: url,
	receiveMessage: url,
	sendingMessage: url,
	messageDeliveryError: url,
	messageStatus: url,
	whenDisconnecting: url,
} satisfies Record<IntegrationSlot, typeof url>;

const SlotsBody = Type.Object(slots);
const UpdateBody = Type.Object({
	...slots,
	value: Type.Optional(Type.Union([Type.String(), Type.Null(), SlotsBody])),
	notifySentByMe: Type.Optional(Type.Boolean()),
});

type SlotWishes = Readonly<Record<string, SlotWish>>;

export function webhookRoutes(scope: FastifyInstance, deps: PlugchatDeps): void {
	scope.put<{ Body: Static<typeof UpdateBody> }>('/api/integrations/update-webhooks', { schema: { body: UpdateBody } }, async (request) => {
		await deps.webhooks.assignSlots(slotOwnerOf(request), readWishes(request.body));
		// Documented for the form with one URL; the pages of the others print the webhook's body in the place of the answer.
		return { value: true };
	});
}

function readWishes(body: Static<typeof UpdateBody>): SlotWishes {
	const { value } = body;
	if (value === undefined) return namedSlots(body, 'flat', '');
	if (value === null || typeof value === 'string') return allSlots(value, body.notifySentByMe ?? false);
	return namedSlots(value, 'app', 'value');
}

function namedSlots(given: Static<typeof SlotsBody>, form: PlugchatForm, path: string): SlotWishes {
	const wishes = INTEGRATION_SLOTS.flatMap((slot) => {
		const url = given[slot];
		return url === undefined ? [] : [[slot, { url, form }] as const];
	});
	if (wishes.length > 0) return Object.fromEntries(wishes);
	const names = INTEGRATION_SLOTS.join(', ');
	throw new RecadoError('invalid_request', {
		faults: [{ path, en: `must have at least one of: ${names}`, pt: `deve ter ao menos um destes: ${names}` }],
	});
}

/** `notifySentByMe` is about the slot that tells of messages. It is documented in this form alone, so the others switch it off. */
function allSlots(url: string | null, notifySentByMe: boolean): SlotWishes {
	const form: PlugchatForm = 'app';
	return Object.fromEntries(
		INTEGRATION_SLOTS.map((slot) => [slot, slot === 'receiveMessage' && notifySentByMe ? { url, form, sentByMe: true } : { url, form }]),
	);
}
