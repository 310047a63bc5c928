/** Messages and chats: sending in our own dialect, and looking at what there is. */
import { Type } from 'typebox';
import type { Instance } from '../../domain/account.ts';
import type { Message } from '../../domain/message.ts';
import type { SendCommand, SendContent } from '../../messaging/services.ts';
import { createOnce, pageOf, ref, replies } from './answering.ts';
import { ContentBody, type ContentWish, readSendContent } from './content-input.ts';
import type { RecadoDeps, RecadoReads } from './deps.ts';
import { found, foundInstance } from './found.ts';
import { IdParams, pageOfQuery, pageProperties, readPhone, spanOfQuery, spanProperties, strict } from './inputs.ts';
import { messageActRoutes } from './message-acts.ts';
import { whatsappIdOf } from './message-ids.ts';
import { ROOT, type Scope } from './scope.ts';
import { chatView } from './views/chat.ts';
import { messageView } from './views/message.ts';
import { oneOf } from './views/view.ts';

const tags = ['Messages'];
const DELAY_MAX_MS = 3_600_000;

/** As many as a group has members. */
const MENTIONED_MAX = 1024;

const SendBody = Type.Intersect([
	Type.Object({
		to: Type.String({
			minLength: 1,
			description:
				'The number, with country code, or a group, a newsletter, a broadcast list by its address (`…-group`, `…@newsletter`, `…-broadcast`)',
		}),
		replyTo: Type.Optional(Type.String({ description: 'The message that it answers, by its id or its WhatsApp id' })),
		mentioned: Type.Optional(
			Type.Array(Type.String(), { maxItems: MENTIONED_MAX, description: 'Numbers of the group that the text names as `@5544999999999`' }),
		),
		customId: Type.Optional(Type.String({ maxLength: 255, description: 'Your own id; webhooks carry it' })),
		delayMs: Type.Optional(
			Type.Integer({
				minimum: 0,
				maximum: DELAY_MAX_MS,
				description: 'Goes no earlier than this after now, and holds back later ones of its chat',
			}),
		),
		scheduledFor: Type.Optional(Type.String({ format: 'date-time', description: 'Goes no earlier than this, and holds back nothing' })),
	}),
	ContentBody,
]);

export function messageRoutes(scope: Scope, deps: RecadoDeps): void {
	const { messaging, store } = deps;
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
			const command = await readCommand(deps, await foundInstance(store, request.params.id), request.body);
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
		{ schema: { tags, summary: 'Show a message', params: IdParams, response: replies({ 200: ref('Message') }) } },
		async (request) => messageView(found('message', await store.messages.message(request.params.id))),
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
				querystring: Type.Object({ instanceId: Type.String(), ...pageProperties }, strict),
				response: replies({ 200: pageOf('Chat') }),
			},
		},
		async (request) => {
			const instance = await foundInstance(store, request.query.instanceId);
			const page = await store.chats.chatsOf(instance.id, pageOfQuery(request.query));
			return { items: page.items.map(chatView), next: page.next };
		},
	);
}

interface SendWish extends ContentWish {
	readonly to: string;
	readonly replyTo?: string;
	readonly mentioned?: readonly string[];
	readonly customId?: string;
	readonly delayMs?: number;
	readonly scheduledFor?: string;
}

async function readCommand({ store }: RecadoDeps, instance: Instance, wish: SendWish): Promise<SendCommand> {
	const content = withMentioned(await sendContent(store, instance, wish), wish.mentioned);
	const { replyTo, customId, delayMs, scheduledFor } = wish;
	return {
		instance,
		phone: wish.to,
		content,
		origin: 'api',
		...(replyTo === undefined ? {} : { replyTo: await whatsappIdOf(store, instance, replyTo) }),
		...(customId === undefined ? {} : { customId }),
		...(delayMs === undefined ? {} : { delayMs }),
		...(scheduledFor === undefined ? {} : { scheduledFor: Date.parse(scheduledFor) }),
	};
}

async function sendContent(store: RecadoReads, instance: Instance, wish: ContentWish): Promise<SendContent> {
	const given = readSendContent(wish);
	if (given.kind !== 'upon') return given;
	return { kind: 'upon', whatsappId: await whatsappIdOf(store, instance, given.messageId), act: given.act };
}

function withMentioned(content: SendContent, phones: readonly string[] | undefined): SendContent {
	if (phones === undefined || content.kind === 'upon') return content;
	return { ...content, context: { ...content.context, mentioned: phones.map(readPhone) } };
}
