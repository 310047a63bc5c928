/** `POST .../send-text`, `send-location`, `send-contact` and `send-reaction`. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { RecadoError } from '../../../errors.ts';
import { messageText, sendFields } from '../../callbacks/send-fields.ts';
import { INSTANCE_PATH } from '../authentication.ts';
import { contactCard } from '../contact-card.ts';
import { readCoordinates } from '../coordinates.ts';
import type { ZApiDeps } from '../deps.ts';
import { send } from '../send.ts';

const TextBody = Type.Object({
	...sendFields,
	message: messageText,
	editMessageId: Type.Optional(Type.String()),
});

/** Documented as strings; numbers are taken too (see `coordinates.ts`). */
const degrees = Type.Union([Type.String(), Type.Number()]);

const LocationBody = Type.Object({
	...sendFields,
	title: Type.String(),
	address: Type.String(),
	latitude: degrees,
	longitude: degrees,
});

const ContactBody = Type.Object({
	...sendFields,
	contactName: Type.String({ minLength: 1 }),
	contactPhone: Type.String(),
	contactBusinessDescription: Type.Optional(Type.String()),
});

const ReactionBody = Type.Object({
	phone: sendFields.phone,
	delayMessage: sendFields.delayMessage,
	reaction: Type.String({ minLength: 1 }),
	messageId: Type.String({ minLength: 1 }),
});

export function messageRoutes(scope: FastifyInstance, { messaging }: ZApiDeps): void {
	scope.post<{ Body: Static<typeof TextBody> }>(`${INSTANCE_PATH}/send-text`, { schema: { body: TextBody } }, async (request) => {
		const { messageId, message, editMessageId, ...fields } = request.body;
		// An edit that were taken for a new message would reach the customer twice.
		if (editMessageId) throw new RecadoError('kind_unsupported', { details: { kind: 'edits (editMessageId)' } });
		return send(messaging, request, { ...fields, replyTo: messageId, content: { kind: 'text', text: message } });
	});

	scope.post<{ Body: Static<typeof LocationBody> }>(
		`${INSTANCE_PATH}/send-location`,
		{ schema: { body: LocationBody } },
		async (request) => {
			const { messageId, title, address, ...fields } = request.body;
			return send(messaging, request, {
				...fields,
				replyTo: messageId,
				content: { kind: 'location', ...readCoordinates(request.body), name: title, address },
			});
		},
	);

	scope.post<{ Body: Static<typeof ContactBody> }>(`${INSTANCE_PATH}/send-contact`, { schema: { body: ContactBody } }, async (request) => {
		const { messageId, ...fields } = request.body;
		return send(messaging, request, { ...fields, replyTo: messageId, content: contactCard(request.body) });
	});

	scope.post<{ Body: Static<typeof ReactionBody> }>(
		`${INSTANCE_PATH}/send-reaction`,
		{ schema: { body: ReactionBody } },
		async (request) => {
			const { messageId, reaction, ...fields } = request.body;
			return send(messaging, request, { ...fields, content: { kind: 'reaction-to', emoji: reaction, whatsappId: messageId } });
		},
	);
}
