/** What somebody says who sends a message, but for where it goes, and how it is read. */
import { type TArray, type TInteger, type TObject, type TOptional, type TProperties, type TString, Type } from 'typebox';
import type { Instance } from '../../domain/account.ts';
import type { SendCommand, SendContent } from '../../messaging/services.ts';
import { type ContentWish, kindOf, readSendContent } from './content-input.ts';
import type { RecadoReads } from './deps.ts';
import { readPhone } from './inputs.ts';
import { whatsappIdOf } from './message-ids.ts';

const DELAY_MAX_MS = 3_600_000;

/** As many as a group has members. */
const MENTIONED_MAX = 1024;

const sendProperties: SendProperties = {
	replyTo: Type.Optional(Type.String({ description: 'The message that it answers, by its id or its WhatsApp id' })),
	mentioned: Type.Optional(
		Type.Array(Type.String(), { maxItems: MENTIONED_MAX, description: 'Numbers of the group that the text names as `@5544999999999`' }),
	),
	customId: Type.Optional(Type.String({ maxLength: 255, description: 'Your own id; webhooks carry it' })),
	delayMs: Type.Optional(
		Type.Integer({
			minimum: 0,
			maximum: DELAY_MAX_MS,
			description: 'Goes no earlier than this after now, and holds back later ones of its chat',
		}),
	),
	scheduledFor: Type.Optional(Type.String({ format: 'date-time', description: 'Goes no earlier than this, and holds back nothing' })),
};

interface SendProperties {
	readonly replyTo: TOptional<TString>;
	readonly mentioned: TOptional<TArray<TString>>;
	readonly customId: TOptional<TString>;
	readonly delayMs: TOptional<TInteger>;
	readonly scheduledFor: TOptional<TString>;
}

/** With what else a route asks for. */
export function sendObject<P extends TProperties>(more: P): TObject<P & SendProperties> {
	return Type.Object({ ...more, ...sendProperties });
}

export interface SendWish extends ContentWish {
	readonly replyTo?: string;
	readonly mentioned?: readonly string[];
	readonly customId?: string;
	readonly delayMs?: number;
	readonly scheduledFor?: string;
}

/** @param phone where it goes: a number or an address. */
export async function readSend(store: RecadoReads, instance: Instance, phone: string, wish: SendWish): Promise<SendCommand> {
	const content = withMentioned(await sendContent(store, instance, wish), wish.mentioned);
	const { replyTo, customId, delayMs, scheduledFor } = wish;
	return {
		instance,
		phone,
		content,
		fieldAt: (place) => (content.kind === 'medium' ? place : `${kindOf(wish)}.${place}`),
		origin: 'api',
		...(replyTo === undefined ? {} : { replyTo: await whatsappIdOf(store, instance, replyTo) }),
		...(customId === undefined ? {} : { customId }),
		...(delayMs === undefined ? {} : { delayMs }),
		...(scheduledFor === undefined ? {} : { scheduledFor: Date.parse(scheduledFor) }),
	};
}

async function sendContent(store: RecadoReads, instance: Instance, wish: ContentWish): Promise<SendContent> {
	const given = readSendContent(wish);
	if (given.kind !== 'upon') return given;
	return { kind: 'upon', whatsappId: await whatsappIdOf(store, instance, given.messageId), act: given.act };
}

function withMentioned(content: SendContent, phones: readonly string[] | undefined): SendContent {
	if (phones === undefined || content.kind === 'upon') return content;
	return { ...content, context: { ...content.context, mentioned: phones.map(readPhone) } };
}
