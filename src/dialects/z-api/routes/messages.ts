/** `POST .../send-text`, `send-link`, `send-location`, `send-contact` and `send-contacts`. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import type { Instance } from '../../../domain/account.ts';
import { RecadoError } from '../../../errors.ts';
import { addressKind } from '../../callbacks/address.ts';
import { contactCard, contactOf } from '../../callbacks/contact-card.ts';
import { readCoordinates } from '../../callbacks/coordinates.ts';
import { given } from '../../callbacks/given.ts';
import { takePhoto } from '../../callbacks/photo.ts';
import { messageText, sendFields } from '../../callbacks/send-fields.ts';
import { INSTANCE_PATH, instanceOf } from '../authentication.ts';
import type { ZApiDeps } from '../deps.ts';
import { missing, phoneAt } from '../faults.ts';
import { META_AI_NOTE, refuseMetaAi } from '../not-there.ts';
import { send } from '../send.ts';

/** Seconds that somebody seems to type before the message comes; channels that cannot show it wait for as long. */
const delayTyping = Type.Optional(Type.Number({ minimum: 0, maximum: 15, description: 'Seconds' }));

const TextBody = Type.Object({
	...sendFields,
	delayTyping,
	message: messageText,
	editMessageId: Type.Optional(Type.String({ minLength: 1, description: 'WhatsApp id of a text of ours, which says this from now on' })),
	privateAnswer: Type.Optional(Type.Boolean({ description: 'Answers `messageId` of a group to whoever wrote it alone' })),
	mentioned: Type.Optional(Type.Array(Type.String(), { description: 'Phones of the group' })),
	groupMentioned: Type.Optional(Type.Array(Type.Object({ phone: Type.String(), subject: Type.String() }))),
});

const LinkBody = Type.Object({
	...sendFields,
	delayTyping,
	message: messageText,
	image: Type.String({ minLength: 1, description: 'https URL or Base64 data URI' }),
	linkUrl: Type.String({ format: 'uri' }),
	title: Type.String(),
	linkDescription: Type.String(),
	linkType: Type.Optional(Type.Union([Type.Literal('SMALL'), Type.Literal('MEDIUM'), Type.Literal('LARGE')])),
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

/** WhatsApp shows as many as one likes; a message has a size. */
const CONTACTS_MAX = 100;

const ContactsBody = Type.Object({
	...sendFields,
	contacts: Type.Array(
		Type.Object({
			name: Type.String({ minLength: 1 }),
			phones: Type.Array(Type.String(), { minItems: 1 }),
			businessDescription: Type.Optional(Type.String()),
		}),
		{ minItems: 1, maxItems: CONTACTS_MAX },
	),
});

export function messageRoutes(scope: FastifyInstance, deps: ZApiDeps): void {
	textRoutes(scope, deps);
	cardRoutes(scope, deps);
}

function textRoutes(scope: FastifyInstance, deps: ZApiDeps): void {
	const { messaging, media } = deps;
	scope.post<{ Body: Static<typeof TextBody> }>(
		`${INSTANCE_PATH}/send-text`,
		{ schema: { description: META_AI_NOTE, body: TextBody } },
		async (request) => {
			const { messageId, message, editMessageId, privateAnswer, mentioned, groupMentioned, ...fields } = request.body;
			const { phone } = fields;
			refuseMetaAi(phone, mentioned);
			const named = mentioned?.map((one, index) => phoneAt(`mentioned[${index}]`, one));
			const context = given({ mentioned: named, groupsMentioned: groupMentioned });
			const text = { kind: 'text', text: message } as const;
			if (editMessageId !== undefined) {
				const act = { kind: 'edit', content: text } as const;
				return send(messaging, request, { ...fields, content: { kind: 'upon', whatsappId: editMessageId, act } });
			}
			return send(messaging, request, {
				...fields,
				phone: privateAnswer ? await writerOf(deps, instanceOf(request), messageId ?? missing('messageId'), phone) : phone,
				replyTo: messageId,
				content: Object.keys(context).length === 0 ? text : { ...text, context },
			});
		},
	);

	scope.post<{ Body: Static<typeof LinkBody> }>(`${INSTANCE_PATH}/send-link`, { schema: { body: LinkBody } }, async (request) => {
		// `linkType` is the size at which WhatsApp draws the preview; no channel of ours draws one.
		const { messageId, message: text, image, linkUrl: url, title, linkDescription: description, linkType: _size, ...fields } = request.body;
		const thumbnailUrl = await takePhoto(media, instanceOf(request), { field: 'image', source: image });
		return send(messaging, request, {
			...fields,
			replyTo: messageId,
			content: { kind: 'text', text, preview: { url, title, description, thumbnailUrl } },
		});
	});
}

/** Of a message in a group: whoever wrote it; elsewhere the chat is with them anyway. Throws message_missing, message_unfit for one of ours in a group. */
async function writerOf({ messages }: ZApiDeps, instance: Instance, whatsappId: string, phone: string): Promise<string> {
	const answered = await messages.byWhatsappId(instance.id, whatsappId);
	if (!answered) throw new RecadoError('message_missing', { details: { id: whatsappId } });
	const writer = answered.content.context?.participant?.phone;
	if (writer === undefined && addressKind(phone).isGroup)
		throw new RecadoError('message_unfit', { details: { id: whatsappId, kind: answered.content.kind, act: 'privateAnswer' } });
	return writer ?? phone;
}

function cardRoutes(scope: FastifyInstance, { messaging }: ZApiDeps): void {
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

	scope.post<{ Body: Static<typeof ContactsBody> }>(
		`${INSTANCE_PATH}/send-contacts`,
		{ schema: { body: ContactsBody } },
		async (request) => {
			const { messageId, contacts, ...fields } = request.body;
			return send(messaging, request, { ...fields, replyTo: messageId, content: { kind: 'contacts', contacts: contacts.map(contactOf) } });
		},
	);
}
