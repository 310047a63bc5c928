/** Chats as the phone lists them, what was said in one, and what is done to one as a whole. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { RecadoError } from '../../../errors.ts';
import { readAddress } from '../../../messaging/chat-opening.ts';
import { chatFinder } from '../../callbacks/chat-finder.ts';
import { chatMessages, LAST_MESSAGES_MAX } from '../../callbacks/chat-messages.ts';
import { PageQuery, pageOf } from '../../callbacks/page.ts';
import { INSTANCE_PATH, instanceOf } from '../authentication.ts';
import type { ZApiDeps } from '../deps.ts';
import { receivedCallback } from '../payloads/received.ts';
import { chatDetails, chatRow } from '../views/chat.ts';

const ACTIONS = ['read', 'unread', 'archive', 'unarchive', 'pin', 'unpin', 'mute', 'unmute', 'clear', 'delete'] as const;

const HOUR_SECONDS = 3_600;
const EXPIRATIONS = { '24_HOURS': 24 * HOUR_SECONDS, '7_DAYS': 7 * 24 * HOUR_SECONDS, '90_DAYS': 90 * 24 * HOUR_SECONDS, OFF: 0 } as const;
const EXPIRATION_WORDS = ['24_HOURS', '7_DAYS', '90_DAYS', 'OFF', '24_hours', '7_days', '90_days', 'off'] as const;

/** Typed an integer in the table and sent as a string in the example. */
const phone = Type.Union([Type.String({ minLength: 1 }), Type.Integer({ minimum: 1 })]);

const ModifyBody = Type.Object({ phone, action: Type.Union(ACTIONS.map((action) => Type.Literal(action))) });
const ExpirationBody = Type.Object({ phone, chatExpiration: Type.Union(EXPIRATION_WORDS.map((word) => Type.Literal(word))) });
const MessagesQuery = Type.Object({
	amount: Type.Integer({ minimum: 1, maximum: LAST_MESSAGES_MAX, default: 10 }),
	lastMessageId: Type.Optional(Type.String({ description: 'WhatsApp id: those before it' })),
});

interface PhonePath {
	Params: { phone: string };
}

export function chatRoutes(scope: FastifyInstance, deps: ZApiDeps): void {
	lookingRoutes(scope, deps);
	changingRoutes(scope, deps);
}

function lookingRoutes(scope: FastifyInstance, deps: ZApiDeps): void {
	const { chats, messages, whatsapp } = deps;
	const find = chatFinder(chats);

	scope.get<{ Querystring: Static<typeof PageQuery> }>(
		`${INSTANCE_PATH}/chats`,
		{ schema: { querystring: PageQuery } },
		async (request) => {
			const instance = instanceOf(request);
			const { items: views } = await chats.chatsOf(instance.id, pageOf(request.query));
			const flags = await whatsapp.ask(instance, 'chats.flags', { phones: views.map(({ chat }) => chat.phone) });
			return views.flatMap(({ chat }, index) => (flags[index]?.isDeleted ? [] : [chatRow(chat, flags[index])]));
		},
	);

	for (const path of ['chats', 'chat']) {
		scope.get<PhonePath>(`${INSTANCE_PATH}/${path}/:phone`, async (request) => {
			const instance = instanceOf(request);
			const { chat, contact } = await find(instance, request.params.phone);
			const [flags] = await whatsapp.ask(instance, 'chats.flags', { phones: [chat.phone] });
			if (flags?.isDeleted) throw new RecadoError('not_there', { details: { what: 'chat' } });
			const entry = await whatsapp.ask(instance, 'contacts.get', { phone: chat.phone });
			return chatDetails(chat, { flags, photoUrl: entry?.photoUrl ?? contact.photoUrl, about: entry?.about });
		});
	}

	scope.get<PhonePath & { Querystring: Static<typeof MessagesQuery> }>(
		`${INSTANCE_PATH}/chat-messages/:phone`,
		{ schema: { querystring: MessagesQuery } },
		async (request) => {
			const instance = instanceOf(request);
			const view = await find(instance, request.params.phone);
			const { amount, lastMessageId } = request.query;
			const [flags] = await whatsapp.ask(instance, 'chats.flags', { phones: [view.chat.phone] });
			const of = { messages, instance, view, clearedAt: flags?.clearedAt, callback: receivedCallback };
			return chatMessages(of, amount, lastMessageId);
		},
	);
}

function changingRoutes(scope: FastifyInstance, { whatsapp, reading }: ZApiDeps): void {
	scope.post<{ Body: Static<typeof ModifyBody> }>(`${INSTANCE_PATH}/modify-chat`, { schema: { body: ModifyBody } }, async (request) => {
		const instance = instanceOf(request);
		const { action } = request.body;
		const written = addressOf(request.body.phone);
		// Whoever wrote hears that it was read, and so do webhooks.
		if (action === 'read') await reading.readChat(instance, written);
		await whatsapp.ask(instance, 'chats.change', { phone: written, change: { kind: action } });
		return { value: true };
	});

	scope.post<{ Body: Static<typeof ExpirationBody> }>(
		`${INSTANCE_PATH}/send-chat-expiration`,
		{ schema: { body: ExpirationBody } },
		async (request) => {
			const word = String(request.body.chatExpiration).toUpperCase() as keyof typeof EXPIRATIONS;
			const change = { kind: 'expire', seconds: EXPIRATIONS[word] } as const;
			await whatsapp.ask(instanceOf(request), 'chats.change', { phone: addressOf(request.body.phone), change });
			return { value: true };
		},
	);
}

/** Throws invalid_phone. */
function addressOf(written: string | number): string {
	return readAddress(String(written)).value;
}
