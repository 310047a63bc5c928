/** The members that every `send-*` call has, in both dialects. */
import { type Static, Type } from 'typebox';

export const sendFields = {
	phone: Type.String({ description: 'Digits with country code' }),
	messageId: Type.Optional(Type.String({ minLength: 1, description: 'WhatsApp id of the message that is answered' })),
	delayMessage: Type.Optional(Type.Number({ minimum: 1, maximum: 15, description: 'Seconds' })),
};

const SendFields = Type.Object(sendFields);
export type SendFields = Static<typeof SendFields>;
