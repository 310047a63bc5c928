/** Polls and events: asked, answered, changed. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import type { ContentOf } from '../../callbacks/content-of.ts';
import { given } from '../../callbacks/given.ts';
import { messageText, sendFields } from '../../callbacks/send-fields.ts';
import { INSTANCE_PATH } from '../authentication.ts';
import type { ZApiDeps } from '../deps.ts';
import { eventTime } from '../event-time.ts';
import { fault } from '../faults.ts';
import { send } from '../send.ts';

/** WhatsApp's own limits. */
const POLL_OPTIONS_MIN = 2;
const POLL_OPTIONS_MAX = 12;

/** As in `callLink` of the contracts' event. */
const CALL_LINK_LENGTH = 22;

const phone = sendFields.phone;
const option = Type.Object({ name: Type.String({ minLength: 1 }) });

const PollBody = Type.Object({
	...sendFields,
	message: messageText,
	poll: Type.Array(option, { minItems: POLL_OPTIONS_MIN, maxItems: POLL_OPTIONS_MAX }),
	pollMaxOptions: Type.Optional(Type.Integer({ minimum: 0, maximum: POLL_OPTIONS_MAX, description: '0: as many as one likes' })),
});
const VoteBody = Type.Object({
	phone,
	pollMessageId: Type.String({ minLength: 1 }),
	pollVote: Type.Array(option, { maxItems: POLL_OPTIONS_MAX, description: 'All that are chosen now' }),
});

const Event = Type.Object({
	name: Type.String({ minLength: 1 }),
	dateTime: Type.String({ description: 'ISO 8601' }),
	canceled: Type.Boolean(),
	description: Type.Optional(Type.String()),
	timeZone: Type.Optional(Type.String({ description: 'Of a time without an offset: UTC-3, or as the IANA names it: America/Sao_Paulo' })),
	location: Type.Optional(
		Type.Object({
			name: Type.Optional(Type.String()),
			degreesLongitude: Type.Optional(Type.Number()),
			degreesLatitude: Type.Optional(Type.Number()),
		}),
	),
	callLinkType: Type.Optional(Type.Union([Type.Literal('voice'), Type.Literal('video')])),
});
const EventBody = Type.Object({ ...sendFields, event: Event });
const EditEventBody = Type.Object({ phone, eventMessageId: Type.String({ minLength: 1 }), event: Event });
const EventReplyBody = Type.Object({
	phone,
	eventMessageId: Type.String({ minLength: 1 }),
	eventResponse: Type.Union([Type.Literal('GOING'), Type.Literal('NOT_GOING')]),
});

export function pollRoutes(scope: FastifyInstance, { messaging }: ZApiDeps): void {
	scope.post<{ Body: Static<typeof PollBody> }>(`${INSTANCE_PATH}/send-poll`, { schema: { body: PollBody } }, (request) => {
		const { message: question, messageId, poll, pollMaxOptions = 0, ...fields } = request.body;
		const options = poll.map(({ name }) => name);
		if (new Set(options).size < options.length) throw fault('poll', 'must not name an option twice', 'não deve repetir uma opção');
		return send(messaging, request, {
			...fields,
			replyTo: messageId,
			content: { kind: 'poll', question, maxOptions: pollMaxOptions, options },
		});
	});

	scope.post<{ Body: Static<typeof VoteBody> }>(`${INSTANCE_PATH}/send-poll-vote`, { schema: { body: VoteBody } }, (request) => {
		const { phone: to, pollMessageId, pollVote } = request.body;
		const options = pollVote.map(({ name }) => name);
		return send(messaging, request, {
			phone: to,
			content: { kind: 'upon', whatsappId: pollMessageId, act: { kind: 'poll-vote', options } },
		});
	});
}

export function eventRoutes(scope: FastifyInstance, { messaging, ids }: ZApiDeps): void {
	scope.post<{ Body: Static<typeof EventBody> }>(`${INSTANCE_PATH}/send-event`, { schema: { body: EventBody } }, async (request) => {
		const { messageId, event, ...fields } = request.body;
		return send(messaging, request, { ...fields, replyTo: messageId, content: eventContent(event, ids) });
	});

	scope.post<{ Body: Static<typeof EditEventBody> }>(
		`${INSTANCE_PATH}/send-edit-event`,
		{ schema: { body: EditEventBody } },
		async (request) => {
			const { phone: to, eventMessageId, event } = request.body;
			const content = eventContent(event, ids);
			return send(messaging, request, { phone: to, content: { kind: 'upon', whatsappId: eventMessageId, act: { kind: 'edit', content } } });
		},
	);

	scope.post<{ Body: Static<typeof EventReplyBody> }>(
		`${INSTANCE_PATH}/send-event-response`,
		{ schema: { body: EventReplyBody } },
		(request) => {
			const { phone: to, eventMessageId, eventResponse: reply } = request.body;
			return send(messaging, request, {
				phone: to,
				content: { kind: 'upon', whatsappId: eventMessageId, act: { kind: 'event-reply', reply } },
			});
		},
	);
}

function eventContent(event: Static<typeof Event>, ids: ZApiDeps['ids']): ContentOf<'event'> {
	const { name, canceled, description, location, callLinkType: media } = event;
	const place = location && given({ name: location.name, latitude: location.degreesLatitude, longitude: location.degreesLongitude });
	// WhatsApp makes one for each event; whoever has it may join the call.
	const call = media && { media, url: `https://call.whatsapp.com/${media}/${ids.nextToken().slice(0, CALL_LINK_LENGTH)}` };
	return { kind: 'event', name, startsAt: eventTime(event), isCanceled: canceled, ...given({ description, place, call }) };
}
