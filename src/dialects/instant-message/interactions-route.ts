/** `GET /v1/messages/interactions`: the conversations of the application with the last message of each. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import type { Message } from '../../domain/message.ts';
import type { ChatView } from '../../ports/chats.ts';
import type { MessageReads } from '../../ports/messages.ts';
import { type Caller, callerOf } from './authentication.ts';
import { badParameter } from './errors.ts';
import { INTERACTIONS_EXAMPLE } from './examples.ts';
import { PAGE_PARAMETERS, type Pagination, paginate } from './page.ts';
import { digitsOf, e164, isoTime, type MessageRecord, writeRecord } from './record.ts';
import { answers, InteractionsList as InteractionsListSchema } from './schemas.ts';
import { type FailureMembers, failureMembers, statusOf } from './status.ts';

const InteractionsQuery = Type.Object({
	...PAGE_PARAMETERS,
	appid: Type.Optional(Type.String({ description: 'The id of the application, which is the one of the token' })),
	allInteraction: Type.Enum(['true', 'false', 'notanswered'], { default: 'true', description: 'true: all; false: answered ones' }),
});
type InteractionsQuery = Static<typeof InteractionsQuery>;

/** Whether the conversations that are wanted were answered. */
const ANSWERED: Readonly<Record<InteractionsQuery['allInteraction'], boolean | undefined>> = {
	true: undefined,
	false: true,
	notanswered: false,
};

interface Interaction {
	readonly interactionId: string;
	readonly interactionsId: string;
	readonly clientData: { readonly name: string; readonly timeLastMessage?: string };
	readonly lastMessage: MessageRecord & Partial<FailureMembers>;
	readonly to: string;
	readonly from: string;
	readonly contextId: string;
	readonly appId: string;
	readonly createdAt: string;
	readonly updatedAt: string;
}

interface InteractionsList {
	readonly interactionList: readonly Interaction[];
	readonly pagination: Pagination;
}

export function interactionsRoute(scope: FastifyInstance, messages: Pick<MessageReads, 'latestOfThreads'>): void {
	scope.get<{ Querystring: InteractionsQuery }>(
		'/v1/messages/interactions',
		{
			schema: {
				summary: 'List conversations',
				tags: ['Mensagens'],
				querystring: InteractionsQuery,
				response: answers(InteractionsListSchema, INTERACTIONS_EXAMPLE, 'A page, latest message first', 422),
			},
		},
		async (request) => listInteractions(messages, callerOf(request), request.query),
	);
}

async function listInteractions(
	messages: Pick<MessageReads, 'latestOfThreads'>,
	caller: Caller,
	query: InteractionsQuery,
): Promise<InteractionsList> {
	if (query.appid && query.appid !== caller.application.id) {
		throw badParameter('appid', 'is not the application of the token', 'não é o aplicativo do token');
	}
	const found = await messages.latestOfThreads(caller.instance.id, ANSWERED[query.allInteraction], query.page, query.limit);
	return {
		interactionList: found.items.map(({ last, view }) => writeInteraction(last, view, caller)),
		pagination: paginate(query, found),
	};
}

function writeInteraction(last: Message, { chat, contact }: ChatView, { application, instance }: Caller): Interaction {
	const record = writeRecord(last, {
		appId: application.id,
		instancePhone: instance.phone,
		customerPhone: chat.phone,
		status: statusOf(last),
	});
	return {
		interactionId: digitsOf(chat.id),
		interactionsId: record.interactionsId,
		clientData: {
			name: contact.name,
			...(chat.lastInboundAt === undefined ? {} : { timeLastMessage: isoTime(chat.lastInboundAt) }),
		},
		lastMessage: { ...record, ...(last.failure && failureMembers(last.failure)) },
		to: e164(chat.phone),
		from: e164(instance.phone),
		contextId: record.contextId,
		appId: application.id,
		createdAt: isoTime(chat.createdAt),
		updatedAt: isoTime(chat.lastMessageAt),
	};
}
