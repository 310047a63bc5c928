/** What a simulated phone writes: any content that can be sent, and what only a person with a phone in hand does: tap, pass on, answer a status, come from an ad. */
import { type TObject, type TOptional, type TSchema, type TUnsafe, Type } from 'typebox';
import type { Instance } from '../../domain/account.ts';
import type { AdReference, ContentBody, MessageContent, MessageContext, MessageReference } from '../../domain/content.ts';
import type { Message } from '../../domain/message.ts';
import { RecadoError } from '../../errors.ts';
import { type ContentWish, readWrittenContent, ContentBody as SentBody, type UponGiven } from './content-input.ts';
import type { RecadoReads } from './deps.ts';
import { faulty } from './inputs.ts';
import { whatsappIdOf } from './message-ids.ts';

const MENTIONED_MAX = 1024;
const RECIPIENTS_MAX = 256;

const someText = Type.String({ minLength: 1 });
const messageId = Type.String({ minLength: 1, description: 'The message, by its id or its WhatsApp id' });

interface OwnWish {
	readonly tap?: { readonly messageId: string; readonly id: string };
	readonly forward?: { readonly messageId: string };
	readonly newsletterInvite?: {
		readonly newsletterId: string;
		readonly newsletterName: string;
		readonly text: string;
		readonly expiresAt: string;
	};
	readonly waiting?: { readonly viewOnce?: boolean };
}

const OWN_SCHEMAS: { readonly [K in keyof OwnWish]-?: TSchema } = {
	tap: Type.Object({ messageId, id: Type.String({ minLength: 1, description: 'Of the button, or of the option of a list' }) }),
	forward: Type.Object({ messageId }),
	newsletterInvite: Type.Object({
		newsletterId: Type.String({ pattern: '^\\d{5,25}@newsletter$' }),
		newsletterName: someText,
		text: Type.String(),
		expiresAt: Type.String({ format: 'date-time' }),
	}),
	waiting: Type.Object(
		{ viewOnce: Type.Optional(Type.Boolean()) },
		{ description: 'Its content is not there yet: another device of the sender has to send it' },
	),
};

const OWN_KEYS = Object.keys(OWN_SCHEMAS) as readonly (keyof OwnWish)[];

interface ContextWish {
	readonly forwarded?: boolean;
	readonly mentioned?: readonly string[];
	readonly ad?: AdReference;
	readonly statusReplyTo?: string;
	readonly broadcastTo?: readonly string[];
	readonly downloadError?: string;
}

export type WrittenWish = ContentWish & OwnWish & ContextWish;

const Ad: TObject = Type.Object(
	{
		...{ title: Type.String(), body: Type.String(), mediaType: Type.Integer(), thumbnailUrl: Type.String() },
		...{ sourceType: Type.String(), sourceId: Type.String(), sourceUrl: Type.String(), clickId: Type.Optional(Type.String()) },
	},
	{ description: 'The advertisement that the chat begins from' },
);

const phones = (maxItems: number, description: string): TOptional<TSchema> =>
	Type.Optional(Type.Array(Type.String({ pattern: '^\\d{8,15}$' }), { minItems: 1, maxItems, description }));

export const WrittenBody: TUnsafe<WrittenWish> = Type.Unsafe<WrittenWish>(
	Type.Intersect([
		SentBody,
		Type.Object({
			...Object.fromEntries(OWN_KEYS.map((key): [string, TSchema] => [key, Type.Optional(OWN_SCHEMAS[key])])),
			forwarded: Type.Optional(Type.Boolean()),
			mentioned: phones(MENTIONED_MAX, 'Numbers of the group that the text names'),
			ad: Type.Optional(Ad),
			statusReplyTo: Type.Optional(Type.String({ minLength: 1, description: 'The status that it answers, by its id or its WhatsApp id' })),
			broadcastTo: phones(RECIPIENTS_MAX, 'Of a broadcast list: who gets it'),
			downloadError: Type.Optional(Type.String({ minLength: 1, description: 'Of a medium: why WhatsApp does not hand it out' })),
		}),
	]),
);

export interface Written {
	readonly content: MessageContent;
	/** The WhatsApp id of the message that it answers by what it is. */
	readonly replyTo?: string;
}

/** Throws invalid_request; message_missing where it needs to know a message and there is none. */
export async function readWritten(store: RecadoReads, instance: Instance, wish: WrittenWish): Promise<Written> {
	const written = await readOwn(store, instance, wish);
	const context = await readContext(store, instance, wish);
	if (context === undefined) return written;
	const { replyTo = context.statusReply?.whatsappId } = written;
	const content = { ...written.content, context: { ...written.content.context, ...context } };
	return { content, ...(replyTo === undefined ? {} : { replyTo }) };
}

async function readOwn(store: RecadoReads, instance: Instance, wish: WrittenWish): Promise<Written> {
	const [key, ...more] = OWN_KEYS.filter((candidate) => wish[candidate] !== undefined);
	if (key === undefined) return { content: handedOut(await pointed(store, instance, readWrittenContent(wish)), wish.downloadError) };
	if (more.length > 0)
		throw faulty({ path: '', en: `must have one of: ${OWN_KEYS.join(', ')}`, pt: `deve ter um de: ${OWN_KEYS.join(', ')}` });
	const { tap, forward, newsletterInvite, waiting } = wish;
	if (tap !== undefined) return await tapped(store, instance, tap);
	if (forward !== undefined) return { content: forwardable((await known(store, instance, forward.messageId)).content) };
	if (newsletterInvite !== undefined) {
		return { content: { kind: 'newsletter-invite', ...newsletterInvite, expiresAt: Date.parse(newsletterInvite.expiresAt) } };
	}
	return { content: { kind: 'waiting', ...(waiting?.viewOnce === undefined ? {} : { viewOnce: waiting.viewOnce }) } };
}

/** A medium that WhatsApp does not hand out has no address. */
function handedOut(content: MessageContent, downloadError: string | undefined): MessageContent {
	return downloadError !== undefined && 'mimeType' in content ? { ...content, url: '', downloadError } : content;
}

/** What a message is about to act upon: a customer means what we sent, unless the message is known to be somebody else's. */
async function pointed(store: RecadoReads, instance: Instance, given: MessageContent | UponGiven): Promise<MessageContent> {
	if (given.kind !== 'upon') return given;
	const whatsappId = await whatsappIdOf(store, instance, given.messageId);
	const message = await store.messages.byWhatsappId(instance.id, whatsappId);
	const participantPhone = message?.content.context?.participant?.phone;
	const to: MessageReference = {
		whatsappId,
		fromMe: message?.fromMe ?? true,
		...(participantPhone === undefined ? {} : { participantPhone }),
	};
	return { ...given.act, to };
}

/** The button, or the option of a list, as whoever sent the message named it. */
async function tapped(store: RecadoReads, instance: Instance, { messageId: named, id }: NonNullable<OwnWish['tap']>): Promise<Written> {
	const { whatsappId, content } = await known(store, instance, named);
	const reply = replyOf(content, id);
	if (reply === undefined)
		throw faulty({ path: 'tap.id', en: 'must be one that the message offers', pt: 'deve ser um dos que a mensagem oferece' });
	return { content: reply, replyTo: whatsappId };
}

function replyOf(content: ContentBody, id: string): ContentBody | undefined {
	if (content.kind === 'list') {
		const option = content.options.find((one) => one.id === id);
		return option && { kind: 'list-reply', optionId: id, title: option.title, text: option.description ?? option.title };
	}
	const button = buttonsOf(content).find((one) => one.id === id);
	return button && { kind: 'button-reply', buttonId: id, text: button.label };
}

function buttonsOf(content: ContentBody): readonly { readonly id: string; readonly label: string }[] {
	if (content.kind === 'buttons') return content.buttons;
	const actions =
		content.kind === 'template' ? content.buttons : content.kind === 'carousel' ? content.cards.flatMap((card) => card.buttons) : [];
	return actions.flatMap((button) => (button.action === 'reply' ? button : []));
}

/** Of its context only what WhatsApp passes on: nothing but that it was. */
function forwardable({ context: _, ...content }: MessageContent): MessageContent {
	return { ...(content as ContentBody), context: { forwarded: true } };
}

async function readContext(store: RecadoReads, instance: Instance, wish: ContextWish): Promise<MessageContext | undefined> {
	const { forwarded, mentioned, ad, broadcastTo, statusReplyTo } = wish;
	const statusReply = statusReplyTo === undefined ? {} : { statusReply: await statusOf(store, instance, statusReplyTo) };
	const context = {
		...(forwarded === undefined ? {} : { forwarded }),
		...(mentioned === undefined ? {} : { mentioned }),
		...(ad === undefined ? {} : { ad }),
		...(broadcastTo === undefined ? {} : { broadcastTo }),
		...statusReply,
	};
	return Object.keys(context).length === 0 ? undefined : context;
}

async function statusOf(store: RecadoReads, instance: Instance, named: string): Promise<NonNullable<MessageContext['statusReply']>> {
	const { whatsappId, content } = await known(store, instance, named);
	if (content.kind !== 'image') return { whatsappId };
	const { kind: _, context: __, ...image } = content;
	return { whatsappId, image };
}

async function known(store: RecadoReads, instance: Instance, named: string): Promise<Message> {
	const message = await store.messages.byWhatsappId(instance.id, await whatsappIdOf(store, instance, named));
	if (message === undefined) throw new RecadoError('message_missing', { details: { id: named } });
	return message;
}
