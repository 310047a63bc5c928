/** `DELETE /v1/messages/{phone}`: every message with a customer is deleted, whichever API it went through. */
import type { FastifyInstance } from 'fastify';
import { type TObject, type TString, Type } from 'typebox';
import type { Erasing } from '../../messaging/services.ts';
import { callerOf } from './authentication.ts';
import { readNumber } from './chat-window.ts';
import { nothing } from './schemas.ts';

const Params: TObject<{ phone: TString }> = Type.Object({ phone: Type.String({ description: 'E.164, with "+" or without' }) });

export function deletionRoute(scope: FastifyInstance, erasing: Erasing): void {
	scope.delete<{ Params: { phone: string } }>(
		'/v1/messages/:phone',
		{
			schema: {
				summary: 'Delete all messages of a number',
				tags: ['Mensagens'],
				params: Params,
				response: nothing('Deleted; there is no body'),
			},
		},
		async (request, reply) => {
			await erasing.eraseMessages(callerOf(request).instance, readNumber('phone', request.params.phone));
			return reply.code(200).send();
		},
	);
}
