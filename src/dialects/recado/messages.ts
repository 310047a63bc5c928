/** Messages and chats: sending in our own dialect, and looking at what there is. */
import { Type } from 'typebox';
import type { Message } from '../../domain/message.ts';
import { createOnce, listOf, pageOf, ref, replies } from './answering.ts';
import { ContentBody } from './content-input.ts';
import type { RecadoDeps } from './deps.ts';
import { askerOf } from './desk-input.ts';
import { found, foundInstance } from './found.ts';
import { IdParams, pageOfQuery, pageProperties, spanOfQuery, spanProperties, strict } from './inputs.ts';
import { chatsShown, latestProperty } from './latest-of.ts';
import { messageActRoutes } from './message-acts.ts';
import { ROOT, type Scope } from './scope.ts';
import { readSend, sendObject } from './send-input.ts';
import { chatView } from './views/chat.ts';
import { messageView } from './views/message.ts';
import { oneOf } from './views/view.ts';

const tags = ['Messages'];

/** As many as a screen of a list is about. */
const CHATS_BY_ID_MAX = 50;

const SendBody = Type.Intersect([
	sendObject({
		to: Type.String({
			minLength: 1,
			description:
				'The number, with country code, or a group, a newsletter, a broadcast list by its address (`…-group`, `…@newsletter`, `…-broadcast`)',
		}),
	}),
	ContentBody,
]);

export function messageRoutes(scope: Scope, deps: RecadoDeps): void {
	const {
		messaging,
		store,
		serviceDesk: { desk },
	} = deps;
	scope.post(
		`${ROOT}/instances/:id/messages`,
		{
			schema: {
				tags,
				summary: 'Send a message',
				description: 'Answered once it is queued durably. Media may come as an https URL or as a Base64 data URI.',
				params: IdParams,
				body: SendBody,
				response: replies({ 202: ref('Message') }),
			},
		},
		async (request, reply) => {
			const instance = await foundInstance(store, request.params.id);
			const command = await readSend(store, instance, request.body.to, request.body);
			const { status, body } = await createOnce(
				request,
				(message: Message) => ({ status: 202, body: messageView(message) }),
				(idempotency) => messaging.send({ ...command, ...(idempotency === undefined ? {} : { idempotency }) }),
			);
			return reply.code(status).send(body);
		},
	);
	scope.get(
		`${ROOT}/messages/:id`,
		{
			config: { operators: 'all' },
			schema: { tags, summary: 'Show a message', params: IdParams, response: replies({ 200: ref('Message') }) },
		},
		async ({ params, credential }) => {
			const message = found('message', await store.messages.message(params.id));
			if (credential?.kind === 'operator') await desk.chat(askerOf(credential, message.accountId), message.chatId);
			return messageView(message);
		},
	);
	listingRoutes(scope, deps);
	messageActRoutes(scope, deps);
}

function listingRoutes(scope: Scope, { store }: RecadoDeps): void {
	const MessageQuery = Type.Object(
		{
			instanceId: Type.String(),
			chatId: Type.Optional(Type.String()),
			status: Type.Optional(oneOf(['queued', 'sent', 'received', 'read', 'played', 'failed'], 'The last step')),
			search: Type.Optional(Type.String({ minLength: 1, description: 'Part of a text or caption' })),
			...spanProperties,
			page: Type.Integer({ minimum: 1, default: 1 }),
			limit: pageProperties.limit,
		},
		strict,
	);
	scope.get(
		`${ROOT}/messages`,
		{ schema: { tags, summary: 'List messages, newest first', querystring: MessageQuery, response: replies({ 200: ref('MessagePage') }) } },
		async (request) => {
			const { page, limit, since, until, ...filter } = request.query;
			const instance = await foundInstance(store, filter.instanceId);
			const span = spanOfQuery(request.query);
			const { items, total } = await store.messages.list({ ...filter, ...span, instanceId: instance.id }, page, limit);
			return { items: items.map(messageView), page, total };
		},
	);
	scope.get(
		`${ROOT}/chats`,
		{
			schema: {
				tags: ['Chats'],
				summary: 'List the chats of an instance, latest message first',
				querystring: Type.Object({ instanceId: Type.String(), ...latestProperty, ...pageProperties }, strict),
				response: replies({ 200: pageOf('Chat') }),
			},
		},
		async (request) => {
			const instance = await foundInstance(store, request.query.instanceId);
			const page = await store.chats.chatsOf(instance.id, pageOfQuery(request.query));
			return { items: await chatsShown(store, page.items, request.query), next: page.next };
		},
	);
	scope.get(
		`${ROOT}/chats/by-id`,
		{
			config: { tells: 'own-account' },
			schema: {
				tags: ['Chats'],
				summary: 'Show several chats, those that there are, in no order',
				querystring: Type.Object(
					{
						ids: Type.String({
							pattern: `^\\w+(,\\w+){0,${CHATS_BY_ID_MAX - 1}}$`,
							description: `Up to ${CHATS_BY_ID_MAX}, with commas between them`,
						}),
					},
					strict,
				),
				response: replies({ 200: listOf('Chat') }),
			},
		},
		async (request) => {
			const { accountId } = request.credential ?? {};
			const chats = await store.chats.chatsById(request.query.ids.split(','));
			const own = chats.filter(({ chat }) => accountId === undefined || chat.accountId === accountId);
			return { items: own.map(chatView) };
		},
	);
}
