/** The queue of an instance: listed in two ways, counted, emptied, one message taken out. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { RecadoError } from '../../../errors.ts';
import { messageIdOfZaapId } from '../../callbacks/ids.ts';
import { phonesOfQueued } from '../../callbacks/queued.ts';
import { INSTANCE_PATH, instanceOf } from '../authentication.ts';
import type { ZApiDeps } from '../deps.ts';
import { queueItem, queueItemWithDate } from '../queue-item.ts';
import { queuePage } from '../queue-page.ts';

/** Of GET, whose size is not limited in the documents; as many as a queue holds there (contracts, section d). A larger one is refused. */
const LIST_SIZE_MAX = 1000;
const PAGE_SIZE_DEFAULT = 20;
const PAGE_SIZE_MAX = 30;

const ListQuery = Type.Object({ pageSize: Type.Integer({ minimum: 1, maximum: LIST_SIZE_MAX, default: PAGE_SIZE_DEFAULT }) });
const PageBody = Type.Object({
	pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: PAGE_SIZE_MAX })),
	pagingState: Type.Optional(Type.String()),
});

export function queueRoutes(scope: FastifyInstance, { messages, messaging, chats }: ZApiDeps): void {
	// `page` has no effect any more, as documented: POST pages.
	scope.get<{ Querystring: Static<typeof ListQuery> }>(
		`${INSTANCE_PATH}/queue`,
		{ schema: { querystring: ListQuery } },
		async (request) => {
			const queued = await messages.queue(instanceOf(request).id, request.query.pageSize);
			const phones = await phonesOfQueued(chats, queued);
			return { messages: queued.map((message) => queueItem(message, phones.get(message.chatId) ?? '')) };
		},
	);

	scope.post<{ Body: Static<typeof PageBody> }>(`${INSTANCE_PATH}/queue`, { schema: { body: PageBody } }, async (request) => {
		const { pageSize, pagingState } = request.body;
		const { id } = instanceOf(request);
		const queue = await messages.queue(id, await messages.queueCount(id));
		const page = queuePage(queue, pageSize ?? PAGE_SIZE_DEFAULT, pagingState ?? '');
		const phones = await phonesOfQueued(chats, page.items);
		return {
			messages: page.items.map((message) => queueItemWithDate(message, phones.get(message.chatId) ?? '')),
			pagingState: page.pagingState,
			hasMore: page.hasMore,
		};
	});

	// The envelope is documented nowhere.
	scope.get(`${INSTANCE_PATH}/queue/count`, async (request) => ({ count: await messages.queueCount(instanceOf(request).id) }));

	scope.delete(`${INSTANCE_PATH}/queue`, async (request) => {
		await messaging.emptyQueue(instanceOf(request));
		return { value: true };
	});

	scope.delete<{ Params: { zaapId: string } }>(`${INSTANCE_PATH}/queue/:zaapId`, async (request) => {
		const { zaapId } = request.params;
		const id = messageIdOfZaapId(zaapId);
		if (id === undefined) throw new RecadoError('message_missing', { details: { id: zaapId } });
		await messaging.dequeue(instanceOf(request), id);
		return { value: true };
	});
}
