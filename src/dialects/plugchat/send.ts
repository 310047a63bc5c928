/** What all `send-*` calls share: hand the message over, answer it by our id and by WhatsApp's. */
import type { FastifyRequest } from 'fastify';
import { type TNumber, type TOptional, type TString, Type } from 'typebox';
import type { Message } from '../../domain/message.ts';
import type { SendContent } from '../../messaging/services.ts';
import { given } from '../callbacks/given.ts';
import { zaapIdOf } from '../callbacks/ids.ts';
import { sendFields } from '../callbacks/send-fields.ts';
import { type Authenticated, instanceOf } from './authentication.ts';
import type { PlugchatDeps } from './deps.ts';

/** `customId` is documented for the webhook it comes back in (seed 001), not for the calls; every call takes it. */
export const plugchatFields: {
	phone: TString;
	messageId: TOptional<TString>;
	delayMessage: TOptional<TNumber>;
	customId: TOptional<TString>;
} = { ...sendFields, customId: Type.Optional(Type.String({ maxLength: 256 })) };

export const mediumSource: TString = Type.String({ minLength: 1, description: 'https URL or Base64 data URI' });

/** The members of the body that are about no content. */
export interface SendWish {
	readonly phone: string;
	readonly messageId?: string;
	/** Seconds. */
	readonly delayMessage?: number;
	readonly customId?: string;
}

export type SendingRequest = Authenticated & Pick<FastifyRequest, 'idempotent'>;

export async function send(
	deps: Pick<PlugchatDeps, 'messaging' | 'directory'>,
	request: SendingRequest,
	{ phone, messageId: replyTo, delayMessage, customId }: SendWish,
	content: SendContent,
): Promise<object> {
	const message = await deps.messaging.send({
		instance: await instanceOf(request, deps.directory),
		phone,
		content,
		origin: 'api',
		...given({
			replyTo,
			customId,
			delayMs: delayMessage === undefined ? undefined : delayMessage * 1000,
			idempotency: request.idempotent && {
				request: request.idempotent,
				answer: (made: Message) => ({ status: 200, body: idsOf(made) }),
			},
		}),
	});
	return idsOf(message);
}

function idsOf(message: Message): object {
	return { zaapId: zaapIdOf(message), messageId: message.whatsappId };
}
