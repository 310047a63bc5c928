/** The queue of the instance: listed, emptied, one message taken out. */
import type { FastifyInstance } from 'fastify';
import { RecadoError } from '../../../errors.ts';
import { messageIdOfZaapId } from '../../callbacks/ids.ts';
import { phonesOfQueued, queuedFields } from '../../callbacks/queued.ts';
import { instanceOf } from '../authentication.ts';
import type { PlugchatDeps } from '../deps.ts';

/** As many as a queue holds in the documents; of more, the first are listed and `size` tells how many there are. */
const LISTED_MAX = 1_000;

export function queueRoutes(scope: FastifyInstance, { messages, messaging, chats, directory }: PlugchatDeps): void {
	scope.get('/api/whatsapp/queue', async (request) => {
		const { id } = await instanceOf(request, directory);
		const queued = await messages.queue(id, LISTED_MAX);
		const phones = await phonesOfQueued(chats, queued);
		const size = queued.length < LISTED_MAX ? queued.length : await messages.queueCount(id);
		return { size, messages: queued.map((message) => queuedFields(message, phones.get(message.chatId) ?? '')) };
	});

	scope.delete('/api/whatsapp/queue', async (request) => {
		await messaging.emptyQueue(await instanceOf(request, directory));
		return { value: true };
	});

	scope.delete<{ Params: { zaapId: string } }>('/api/whatsapp/queue/:zaapId', async (request) => {
		const { zaapId } = request.params;
		const id = messageIdOfZaapId(zaapId);
		if (id === undefined) throw new RecadoError('message_missing', { details: { id: zaapId } });
		await messaging.dequeue(await instanceOf(request, directory), id);
		return { value: true };
	});
}
