/** What is done to a message that is there: reactions, pins, deletion, forwarding, reading. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import type { Message } from '../../../domain/message.ts';
import { given } from '../../callbacks/given.ts';
import { zaapIdOf } from '../../callbacks/ids.ts';
import { sendFields } from '../../callbacks/send-fields.ts';
import { INSTANCE_PATH, instanceOf } from '../authentication.ts';
import type { ZApiDeps } from '../deps.ts';
import { fault } from '../faults.ts';
import { send } from '../send.ts';

const HOUR_SECONDS = 3_600;
const PIN_SECONDS = { '24_hours': 24 * HOUR_SECONDS, '7_days': 7 * 24 * HOUR_SECONDS, '30_days': 30 * 24 * HOUR_SECONDS } as const;

const { phone, delayMessage } = sendFields;
const messageId = Type.String({ minLength: 1, description: 'WhatsApp id' });

const ReactionBody = Type.Object({ phone, delayMessage, reaction: Type.String({ minLength: 1 }), messageId });
const RemovalBody = Type.Object({ phone, delayMessage, messageId });
const PinBody = Type.Object({
	phone,
	messageId,
	messageAction: Type.Union([Type.Literal('pin'), Type.Literal('unpin')]),
	pinMessageDuration: Type.Union((['24_hours', '7_days', '30_days'] as const).map((one) => Type.Literal(one))),
});
const DeletionQuery = Type.Object({ messageId, phone, owner: Type.Boolean({ description: 'true: sent by the connected number' }) });
const ReadBody = Type.Object({ phone, messageId });
const ForwardBody = Type.Object({ phone, delayMessage, messageId, messagePhone: Type.String() });

export function uponRoutes(scope: FastifyInstance, deps: ZApiDeps): void {
	actRoutes(scope, deps);
	forwardRoute(scope, deps);
	scope.post<{ Body: Static<typeof ReadBody> }>(`${INSTANCE_PATH}/read-message`, { schema: { body: ReadBody } }, async (request, reply) => {
		await deps.reading.markRead(instanceOf(request), request.body.phone, request.body.messageId);
		return reply.code(204).send();
	});
}

function actRoutes(scope: FastifyInstance, deps: ZApiDeps): void {
	const { messaging } = deps;
	scope.post<{ Body: Static<typeof ReactionBody> }>(`${INSTANCE_PATH}/send-reaction`, { schema: { body: ReactionBody } }, (request) => {
		const { messageId: whatsappId, reaction: emoji, ...fields } = request.body;
		return send(messaging, request, { ...fields, content: { kind: 'upon', whatsappId, act: { kind: 'reaction', emoji } } });
	});

	scope.post<{ Body: Static<typeof RemovalBody> }>(
		`${INSTANCE_PATH}/send-remove-reaction`,
		{ schema: { body: RemovalBody } },
		(request) => {
			const { messageId: whatsappId, ...fields } = request.body;
			return send(messaging, request, { ...fields, content: { kind: 'upon', whatsappId, act: { kind: 'reaction', emoji: '' } } });
		},
	);

	scope.post<{ Body: Static<typeof PinBody> }>(`${INSTANCE_PATH}/pin-message`, { schema: { body: PinBody } }, (request) => {
		const { phone: to, messageId: whatsappId, messageAction, pinMessageDuration } = request.body;
		const seconds = PIN_SECONDS[pinMessageDuration];
		const act = { kind: 'pin', isPinned: messageAction === 'pin', seconds } as const;
		return send(messaging, request, { phone: to, content: { kind: 'upon', whatsappId, act } });
	});

	scope.delete<{ Querystring: Static<typeof DeletionQuery> }>(
		`${INSTANCE_PATH}/messages`,
		{ schema: { querystring: DeletionQuery } },
		async (request, reply) => {
			const { phone: to, messageId: whatsappId, owner } = request.query;
			const target = await deps.messages.byWhatsappId(instanceOf(request).id, whatsappId);
			if (target && target.fromMe !== owner) throw fault('owner', `must be ${target.fromMe}`, `deve ser ${target.fromMe}`);
			await send(messaging, request, { phone: to, content: { kind: 'upon', whatsappId, act: { kind: 'deletion' } } });
			return reply.code(204).send();
		},
	);
}

/** Answers `zaapId` alone, as documented. */
function forwardRoute(scope: FastifyInstance, { messaging }: ZApiDeps): void {
	scope.post<{ Body: Static<typeof ForwardBody> }>(
		`${INSTANCE_PATH}/forward-message`,
		{ schema: { body: ForwardBody } },
		async (request) => {
			const { phone: toPhone, messagePhone: fromPhone, messageId: whatsappId, delayMessage: seconds } = request.body;
			const answer = (made: Message) => ({ zaapId: zaapIdOf(made) });
			const made = await messaging.forward({
				instance: instanceOf(request),
				toPhone,
				fromPhone,
				whatsappId,
				origin: 'api',
				...given({
					delayMs: seconds === undefined ? undefined : seconds * 1000,
					idempotency: request.idempotent && {
						request: request.idempotent,
						answer: (message: Message) => ({ status: 200, body: answer(message) }),
					},
				}),
			});
			return answer(made);
		},
	);
}
