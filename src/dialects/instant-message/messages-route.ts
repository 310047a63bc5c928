/** `GET /v1/messages`: the messages of the application's instance, newest first, and whether a customer's 24-hour window is open. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import type { ChatReads, ChatView } from '../../ports/chats.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MessageFilter, MessageReads } from '../../ports/messages.ts';
import { type Caller, callerOf } from './authentication.ts';
import { findChat, readNumber, windowOf } from './chat-window.ts';
import { badParameter } from './errors.ts';
import { LIST_EXAMPLE } from './examples.ts';
import { PAGE_PARAMETERS, type Pagination, paginate } from './page.ts';
import { type MessageRecord, writeRecord } from './record.ts';
import { answers, MessagesList as MessagesListSchema } from './schemas.ts';
import { statusOf, stepsOf } from './status.ts';

const MINUTE_MS = 60_000;
const MINUTE = '^\\d{12}$';

const ListQuery = Type.Object({
	phone: Type.Optional(Type.String({ description: 'E.164' })),
	...PAGE_PARAMETERS,
	status: Type.Optional(Type.Enum(['stored', 'sent', 'delivered', 'read'])),
	contextId: Type.Optional(Type.String()),
	dateInitial: Type.Optional(Type.String({ pattern: MINUTE, description: 'YYYYMMDDHHmm, UTC' })),
	dateEnd: Type.Optional(Type.String({ pattern: MINUTE, description: 'YYYYMMDDHHmm, UTC: to the end of that minute' })),
	search: Type.Optional(Type.String({ description: 'Part of a text or caption' })),
});
type ListQuery = Static<typeof ListQuery>;

interface MessagesDeps {
	readonly messages: Pick<MessageReads, 'list'>;
	readonly chats: Pick<ChatReads, 'chat' | 'findByAlias'>;
	readonly clock: Clock;
}

interface MessagesList {
	/** Whether the customer wrote within the last 24 hours; false where the list is not of one customer. */
	readonly isMinorThan24Hours: boolean;
	readonly messagesList: readonly MessageRecord[];
	readonly pagination: Pagination;
}

export function messagesRoute(scope: FastifyInstance, deps: MessagesDeps): void {
	scope.get<{ Querystring: ListQuery }>(
		'/v1/messages',
		{
			schema: {
				summary: 'List messages',
				tags: ['Mensagens'],
				querystring: ListQuery,
				response: answers(MessagesListSchema, LIST_EXAMPLE, 'A page, newest first'),
			},
		},
		async (request) => listMessages(deps, callerOf(request), request.query),
	);
}

async function listMessages(deps: MessagesDeps, caller: Caller, query: ListQuery): Promise<MessagesList> {
	const filter = readFilter(query, caller.instance.id);
	const only = query.phone ? await findChat(deps.chats, caller, readNumber('phone', query.phone)) : undefined;
	const isNobody = Boolean(query.phone) && only === undefined;
	const found = isNobody
		? { items: [], total: 0 }
		: await deps.messages.list({ ...filter, ...(only && { chatId: only.chat.id }) }, query.page, query.limit);
	const phones = await phonesOf(deps.chats, new Set(found.items.map((message) => message.chatId)), only);
	return {
		isMinorThan24Hours: windowOf(only?.chat, deps.clock.now()).isOpen,
		messagesList: found.items.map((message) =>
			writeRecord(message, {
				appId: caller.application.id,
				instancePhone: caller.instance.phone,
				customerPhone: phones.get(message.chatId) ?? '',
				status: statusOf(message),
			}),
		),
		pagination: paginate(query, found),
	};
}

function readFilter(query: ListQuery, instanceId: string): MessageFilter {
	const since = query.dateInitial === undefined ? undefined : readMinute('dateInitial', query.dateInitial);
	const lastMinute = query.dateEnd === undefined ? undefined : readMinute('dateEnd', query.dateEnd);
	return {
		instanceId,
		...(query.status && { steps: stepsOf(query.status) }),
		...(query.contextId && { contextId: query.contextId }),
		...(since !== undefined && { since }),
		...(lastMinute !== undefined && { until: lastMinute + MINUTE_MS }),
		...(query.search && { search: query.search }),
	};
}

function readMinute(name: string, written: string): number {
	const iso = written.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:00.000Z');
	const at = Date.parse(iso);
	// Date.parse rolls 31 February over into March.
	if (Number.isNaN(at) || new Date(at).toISOString() !== iso) {
		throw badParameter(name, 'is no time as YYYYMMDDHHmm', 'não é uma data no formato YYYYMMDDHHmm');
	}
	return at;
}

async function phonesOf(
	chats: MessagesDeps['chats'],
	ids: ReadonlySet<string>,
	known: ChatView | undefined,
): Promise<ReadonlyMap<string, string>> {
	const views = known ? [known] : await Promise.all([...ids].map((id) => chats.chat(id)));
	return new Map(views.flatMap((view) => (view ? [[view.chat.id, view.chat.phone] as const] : [])));
}
