/** What is done to a message that is there: `DELETE /api/whatsapp/messages` and `POST /api/whatsapp/read-message`. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { instanceOf } from '../authentication.ts';
import type { PlugchatDeps } from '../deps.ts';
import { send } from '../send.ts';

const phone = Type.String({ minLength: 1 });
const messageId = Type.String({ minLength: 1, description: 'WhatsApp id' });

const DeletionQuery = Type.Object({ messageId, phone, owner: Type.Boolean({ description: 'true: sent by the connected number' }) });
const ReadBody = Type.Object({ phone, messageId });

export function uponRoutes(scope: FastifyInstance, deps: PlugchatDeps): void {
	// Whose message it is, `owner`, is known: who deletes that of somebody else is told so.
	scope.delete<{ Querystring: Static<typeof DeletionQuery> }>(
		'/api/whatsapp/messages',
		{ schema: { querystring: DeletionQuery } },
		async (request, reply) => {
			const { phone: to, messageId: whatsappId } = request.query;
			await send(deps, request, { phone: to }, { kind: 'upon', whatsappId, act: { kind: 'deletion' } });
			return reply.code(204).send();
		},
	);

	scope.post<{ Body: Static<typeof ReadBody> }>('/api/whatsapp/read-message', { schema: { body: ReadBody } }, async (request, reply) => {
		await deps.reading.markRead(await instanceOf(request, deps.directory), request.body.phone, request.body.messageId);
		return reply.code(204).send();
	});
}
