/** What one does to a message that is there: edits it, deletes it for all, reacts to it, forwards it, marks it as read. */
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Instance } from '../../domain/account.ts';
import type { Message } from '../../domain/message.ts';
import type { Idempotency, SendContent, UponAct } from '../../messaging/services.ts';
import type { Credential, IdempotentRequest } from '../../ports/dialect.ts';
import { createOnce, ref, replies } from './answering.ts';
import { EVENT_SCHEMA } from './content/plain-forms.ts';
import { UPON_FORMS } from './content/upon-forms.ts';
import type { RecadoDeps } from './deps.ts';
import { askerOf } from './desk-input.ts';
import { found, foundInstance } from './found.ts';
import { IdParams } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { messageView } from './views/message.ts';

const tags = ['Messages'];
const ACT = 'Answered once it is queued durably, with the message that does it: it has an id and a status of its own.';

interface Found {
	readonly message: Message;
	readonly instance: Instance;
	/** Of its chat. */
	readonly phone: string;
}

export function messageActRoutes(scope: Scope, deps: RecadoDeps): void {
	changeRoutes(scope, deps);
	scope.post(
		`${ROOT}/messages/:id/reactions`,
		{
			config: { operators: 'all' },
			schema: {
				tags,
				summary: 'React to a message',
				description: ACT,
				params: IdParams,
				body: Type.Object({ emoji: Type.String({ description: 'Empty takes the reaction back' }) }),
				response: replies({ 202: ref('Message') }),
			},
		},
		async (request, reply) => {
			const { status, body } = await sendUpon(deps, request, { kind: 'reaction', emoji: request.body.emoji });
			return reply.code(status).send(body);
		},
	);
	scope.post(
		`${ROOT}/messages/:id/forward`,
		{
			schema: {
				tags,
				summary: 'Forward a message into another chat',
				params: IdParams,
				body: Type.Object({ to: Type.String({ minLength: 1, description: 'A number with country code, or an address' }) }),
				response: replies({ 202: ref('Message') }),
			},
		},
		async (request, reply) => {
			const { message, instance, phone } = await foundMessage(deps, request.params.id, request.credential);
			const { whatsappId } = message;
			const { status, body } = await accepted(request, (idempotency) =>
				deps.messaging.forward({ instance, whatsappId, fromPhone: phone, toPhone: request.body.to, origin: 'api', ...idempotency }),
			);
			return reply.code(status).send(body);
		},
	);
	readingRoutes(scope, deps);
}

function changeRoutes(scope: Scope, deps: RecadoDeps): void {
	scope.patch(
		`${ROOT}/messages/:id`,
		{
			config: { operators: 'all' },
			schema: {
				tags,
				summary: 'Edit a message',
				description: `Own messages, for 15 minutes: a text, the caption of a medium, or an event. ${ACT} The edited message says the new thing from when that one is sent.`,
				params: IdParams,
				body: Type.Object({ text: Type.Optional(Type.String({ minLength: 1 })), event: Type.Optional(EVENT_SCHEMA) }),
				response: replies({ 202: ref('Message') }),
			},
		},
		async (request, reply) => {
			const { act } = UPON_FORMS.edit.read({ ...request.body, messageId: request.params.id });
			const { status, body } = await sendUpon(deps, request, act);
			return reply.code(status).send(body);
		},
	);
	scope.delete(
		`${ROOT}/messages/:id`,
		{
			config: { operators: 'all' },
			schema: {
				tags,
				summary: 'Delete a message for all',
				description: `Own messages, for 60 hours; in a group that the number is an admin of also those of others. ${ACT}`,
				params: IdParams,
				response: replies({ 202: ref('Message') }),
			},
		},
		async (request, reply) => {
			const { status, body } = await sendUpon(deps, request, { kind: 'deletion' });
			return reply.code(status).send(body);
		},
	);
}

function readingRoutes(scope: Scope, deps: RecadoDeps): void {
	const { store, reading } = deps;
	scope.post(
		`${ROOT}/messages/:id/read`,
		{
			config: { operators: 'all' },
			schema: { tags, summary: 'Mark a message of a customer as read', params: IdParams, response: replies({ 200: ref('Message') }) },
		},
		async ({ params, credential }) => {
			const { message, instance, phone } = await foundMessage(deps, params.id, credential);
			await reading.markRead(instance, phone, message.whatsappId);
			return messageView(found('message', await store.messages.message(message.id)));
		},
	);
	scope.post(
		`${ROOT}/chats/:id/read`,
		{
			schema: {
				tags: ['Chats'],
				summary: 'Mark all of a chat as read',
				params: IdParams,
				response: replies({
					200: Type.Object({ read: Type.Integer({ description: 'How many messages' }) }, { description: 'What was read' }),
				}),
			},
		},
		async (request) => {
			const { chat } = found('chat', await store.chats.chat(request.params.id));
			return { read: await reading.readChat(await foundInstance(store, chat.instanceId), chat.phone) };
		},
	);
}

async function sendUpon(
	deps: RecadoDeps,
	request: Pick<FastifyRequest, 'credential' | 'idempotent'> & { readonly params: { readonly id: string } },
	act: UponAct,
): ReturnType<typeof accepted> {
	const { message, instance, phone } = await foundMessage(deps, request.params.id, request.credential);
	const content: SendContent = { kind: 'upon', whatsappId: message.whatsappId, act };
	return accepted(request, (idempotency) => deps.messaging.send({ instance, phone, content, origin: 'api', ...idempotency }));
}

function accepted(
	request: { readonly idempotent: IdempotentRequest | undefined },
	send: (given: { readonly idempotency?: Idempotency<Message> }) => Promise<Message>,
): ReturnType<typeof createOnce<Message>> {
	return createOnce(
		request,
		(message: Message) => ({ status: 202, body: messageView(message) }),
		(idempotency) => send(idempotency === undefined ? {} : { idempotency }),
	);
}

/** An operator finds those of the chats that they attend. Throws not_there, chat_not_attended. */
async function foundMessage({ store, serviceDesk: { desk } }: RecadoDeps, id: string, credential: Credential | undefined): Promise<Found> {
	const message = found('message', await store.messages.message(id));
	if (credential?.kind === 'operator') await desk.attendedChat(askerOf(credential, message.accountId), message.chatId);
	const { chat } = found('chat', await store.chats.chat(message.chatId));
	return { message, instance: await foundInstance(store, message.instanceId), phone: chat.phone };
}
