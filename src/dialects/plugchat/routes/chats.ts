/** Chats as the phone lists them, what was said in one, and `modify-chat`. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { chatFinder } from '../../callbacks/chat-finder.ts';
import { chatMessages, LAST_MESSAGES_MAX } from '../../callbacks/chat-messages.ts';
import { OptionalPageQuery, pageOf } from '../../callbacks/page.ts';
import { instanceOf } from '../authentication.ts';
import type { PlugchatDeps } from '../deps.ts';
import { receivedCallback } from '../payloads/received.ts';
import { chatDetails, chatRow } from '../views/chat.ts';

/** One call; each page documents its own words. */
const ACTIONS = ['archive', 'unarchive', 'pin', 'unpin', 'delete'] as const;

const ModifyBody = Type.Object({
	/** Typed an integer in the table and sent as a string in the example. */
	phone: Type.Union([Type.String({ minLength: 1 }), Type.Integer({ minimum: 1 })]),
	action: Type.Union(ACTIONS.map((action) => Type.Literal(action))),
});
const MessagesQuery = Type.Object({
	amount: Type.Integer({ minimum: 1, maximum: LAST_MESSAGES_MAX, default: 10 }),
	lastMessageId: Type.Optional(Type.String({ description: 'WhatsApp id: those before it' })),
});

interface PhonePath {
	Params: { phone: string };
}

export function chatRoutes(scope: FastifyInstance, deps: PlugchatDeps): void {
	lookingRoutes(scope, deps);
	scope.post<{ Body: Static<typeof ModifyBody> }>('/api/whatsapp/modify-chat', { schema: { body: ModifyBody } }, async (request) => {
		const { phone, action } = request.body;
		const instance = await instanceOf(request, deps.directory);
		await deps.whatsapp.ask(instance, 'chats.change', { phone: String(phone), change: { kind: action } });
		return { value: true };
	});
}

function lookingRoutes(scope: FastifyInstance, { chats, messages, whatsapp, directory }: PlugchatDeps): void {
	const find = chatFinder(chats);

	scope.get<{ Querystring: Static<typeof OptionalPageQuery> }>(
		'/api/whatsapp/chats',
		{ schema: { querystring: OptionalPageQuery } },
		async (request) => {
			const instance = await instanceOf(request, directory);
			const { items: views } = await chats.chatsOf(instance.id, pageOf(request.query));
			const flags = await whatsapp.ask(instance, 'chats.flags', { phones: views.map(({ chat }) => chat.phone) });
			return views.flatMap((view, index) => (flags[index]?.isDeleted ? [] : [chatRow(view, flags[index])]));
		},
	);

	for (const path of ['/api/whatsapp/chats/:phone', '/api/whatsapp/chat/:phone']) {
		scope.get<PhonePath>(path, async (request) => {
			const instance = await instanceOf(request, directory);
			const view = await find(instance, request.params.phone);
			const { phone } = view.chat;
			const [flags] = await whatsapp.ask(instance, 'chats.flags', { phones: [phone] });
			const entry = await whatsapp.ask(instance, 'contacts.get', { phone });
			return chatDetails(view, flags, entry?.photoUrl);
		});
	}

	scope.get<PhonePath & { Querystring: Static<typeof MessagesQuery> }>(
		'/api/whatsapp/chat-messages/:phone',
		{ schema: { querystring: MessagesQuery } },
		async (request) => {
			const instance = await instanceOf(request, directory);
			const view = await find(instance, request.params.phone);
			const { amount, lastMessageId } = request.query;
			const [flags] = await whatsapp.ask(instance, 'chats.flags', { phones: [view.chat.phone] });
			const of = { messages, instance, view, clearedAt: flags?.clearedAt, callback: receivedCallback };
			return chatMessages(of, amount, lastMessageId);
		},
	);
}
