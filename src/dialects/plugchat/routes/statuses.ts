/** `POST /api/whatsapp/send-text-status` and `send-image-status`: what all contacts see for a day. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { messageText, STATUS_CHAT } from '../../callbacks/send-fields.ts';
import type { PlugchatDeps } from '../deps.ts';
import { mediumSource, send } from '../send.ts';

const TextBody = Type.Object({ message: messageText });
const ImageBody = Type.Object({ image: mediumSource });

export function statusRoutes(scope: FastifyInstance, deps: PlugchatDeps): void {
	scope.post<{ Body: Static<typeof TextBody> }>('/api/whatsapp/send-text-status', { schema: { body: TextBody } }, (request) =>
		send(deps, request, { phone: STATUS_CHAT }, { kind: 'text', text: request.body.message }),
	);

	scope.post<{ Body: Static<typeof ImageBody> }>('/api/whatsapp/send-image-status', { schema: { body: ImageBody } }, (request) =>
		send(deps, request, { phone: STATUS_CHAT }, { kind: 'medium', medium: 'image', field: 'image', source: request.body.image }),
	);
}
