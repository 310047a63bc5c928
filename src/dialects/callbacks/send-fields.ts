/** The members that every `send-*` call has, in both dialects. */
import { type Static, type TNumber, type TOptional, type TString, Type } from 'typebox';

export const sendFields: { phone: TString; messageId: TOptional<TString>; delayMessage: TOptional<TNumber> } = {
	phone: Type.String({ description: 'Digits with country code' }),
	messageId: Type.Optional(Type.String({ minLength: 1, description: 'WhatsApp id of the message that is answered' })),
	delayMessage: Type.Optional(Type.Number({ minimum: 1, maximum: 15, description: 'Seconds' })),
};

/** The chat in which WhatsApp keeps statuses. */
export const STATUS_CHAT = 'status@broadcast';

/** WhatsApp takes no more; without a limit the largest body would be one text, kept and told in every webhook. */
const TEXT_LENGTH_MAX = 65_536;

export const messageText: TString = Type.String({ minLength: 1, maxLength: TEXT_LENGTH_MAX });
export const captionText: TOptional<TString> = Type.Optional(Type.String({ maxLength: TEXT_LENGTH_MAX }));

export interface SendFields {
	phone: Static<typeof sendFields.phone>;
	messageId?: Static<TString>;
	delayMessage?: Static<TNumber>;
}
