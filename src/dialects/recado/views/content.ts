/** What a message says, as our API and our webhooks show it: the kind, and the keys that the kind has. */
import { type TOptional, type TSchema, type TUnsafe, Type } from 'typebox';
import type { ContentBody, MessageContent, MessageContext, MessageKind, MessageReference } from '../../../domain/content.ts';
import { iso, isoIfKnown, MaybeText, MaybeTime, named, oneOf, Text, type View } from './view.ts';

/** All of them: the compiler misses none. */
const KINDS: Readonly<Record<MessageKind, true>> = {
	...{ text: true, image: true, video: true, audio: true, document: true, sticker: true, location: true, contact: true, contacts: true },
	...{ buttons: true, 'button-reply': true, list: true, 'list-reply': true, template: true, carousel: true, 'pix-key': true },
	...{ poll: true, 'poll-vote': true, event: true, 'event-reply': true },
	...{ product: true, catalog: true, order: true, checkout: true, payment: true },
	...{ reaction: true, edit: true, deletion: true, pin: true },
	...{ notice: true, 'newsletter-invite': true, waiting: true, deleted: true, unknown: true },
};

const maybe = {
	number: Type.Optional(Type.Number()),
	integer: Type.Optional(Type.Integer()),
	flag: Type.Optional(Type.Boolean()),
	things: Type.Optional(Type.Array(Type.Object({}))),
};

/** A part with keys of its own, which the description names. */
function maybePart(description: string): TOptional<TUnsafe<object>> {
	return Type.Optional(Type.Unsafe<object>({ type: 'object', description }));
}

const media = {
	url: Type.Optional(Type.String({ description: 'Where a medium is, a location on a map, or the page of a product' })),
	mimeType: MaybeText,
	fileName: MaybeText,
	thumbnailUrl: MaybeText,
	downloadError: Type.Optional(Type.String({ description: 'Why the channel could not fetch it; `url` is empty then' })),
	caption: MaybeText,
	seconds: maybe.number,
	pageCount: maybe.integer,
	width: maybe.integer,
	height: maybe.integer,
	viewOnce: maybe.flag,
	voiceNote: maybe.flag,
	look: Type.Optional(oneOf(['gif', 'ptv'], 'A video that plays by itself, or a round video note')),
	author: MaybeText,
};

const places = {
	latitude: maybe.number,
	longitude: maybe.number,
	name: MaybeText,
	address: MaybeText,
	phones: Type.Optional(Type.Array(Text)),
	vCard: MaybeText,
	contacts: Type.Optional(Type.Array(Type.Object({ name: Text, phones: Type.Array(Text), vCard: Text, description: MaybeText }))),
};

const interactive = {
	title: MaybeText,
	footer: MaybeText,
	header: maybePart('The content above the text: an image, a video, a document or a location, with its `kind`'),
	buttons: Type.Optional(
		Type.Array(Type.Object({}, { description: '`id` and `label`; of templates also `action`, `url`, `phone`, `code`' })),
	),
	buttonId: MaybeText,
	buttonLabel: MaybeText,
	optionId: MaybeText,
	templateId: MaybeText,
	cards: maybe.things,
	key: MaybeText,
	keyType: MaybeText,
	merchantName: MaybeText,
	question: MaybeText,
	maxOptions: maybe.integer,
	options: Type.Optional(
		Type.Array(Type.Unknown(), { description: 'Of a poll and a vote the texts; of a list `id`, `title` and `description` of each' }),
	),
	startsAt: MaybeTime,
	isCanceled: maybe.flag,
	place: maybePart('`name`, `latitude`, `longitude`, `address`'),
	call: maybePart('`media` (voice or video) and `url`'),
	reply: MaybeText,
};

const commerce = {
	productId: MaybeText,
	businessPhone: MaybeText,
	imageUrl: MaybeText,
	imageCount: maybe.integer,
	price: maybe.number,
	currency: MaybeText,
	retailerId: MaybeText,
	orderId: MaybeText,
	token: MaybeText,
	sellerPhone: MaybeText,
	total: maybe.number,
	subTotal: maybe.number,
	discount: maybe.number,
	shipping: maybe.number,
	tax: maybe.number,
	items: maybe.things,
	stage: MaybeText,
	referenceId: MaybeText,
	orderRequestId: MaybeText,
	orderStatus: MaybeText,
	paymentStatus: MaybeText,
	pix: maybePart('`key`, `keyType`, `name`'),
	takesCards: maybe.flag,
	value: maybe.number,
	requestPhone: MaybeText,
	info: maybePart('Of a payment: `receiverPhone`, `value`, `currency`, `status`, `transactionStatus`'),
};

const notices = {
	parameters: Type.Optional(Type.Array(Type.Unknown())),
	callId: MaybeText,
	details: Type.Optional(Type.Record(Type.String(), Type.String())),
	newsletterId: MaybeText,
	newsletterName: MaybeText,
	expiresAt: MaybeTime,
	raw: Type.Optional(Type.Unknown({ description: 'A kind that this version does not know, as the channel gave it' })),
};

const upon = {
	messageId: Type.Optional(Type.String({ description: 'WhatsApp id of the message that a reaction, an edit, a vote, … is for' })),
	fromMe: Type.Optional(Type.Boolean({ description: 'Whether that message was ours' })),
	participantPhone: Type.Optional(Type.String({ description: 'Who of a group wrote that message' })),
	emoji: MaybeText,
	isPinned: maybe.flag,
	content: Type.Optional(Type.Unsafe({ $ref: 'Content#', description: 'What the message says after an edit' })),
};

const ContextPart = Type.Object(
	{
		participant: Type.Optional(
			Type.Object({ phone: Text, name: Text, lid: MaybeText, photoUrl: MaybeText }, { description: 'Who of a group wrote it' }),
		),
		forwarded: maybe.flag,
		mentioned: Type.Optional(Type.Array(Text, { description: 'Phones that the text names' })),
		groupsMentioned: maybe.things,
		ad: maybePart('The advertisement that the chat began from'),
		statusReply: maybePart('The status that it answers: `whatsappId`, `image`'),
		expiresInSeconds: maybe.number,
		broadcastTo: Type.Optional(Type.Array(Text)),
		editedAt: MaybeTime,
	},
	{ additionalProperties: false, description: 'What travels beside the content' },
);

export const ContentSchema: TSchema = named(
	'Content',
	Type.Object(
		{
			kind: oneOf(Object.keys(KINDS), 'Says which of the other keys are there'),
			text: MaybeText,
			preview: maybePart('Of the link in a text: `url`, `title`, `description`, `thumbnailUrl`'),
			description: MaybeText,
			...media,
			...places,
			...interactive,
			...commerce,
			...notices,
			...upon,
			context: Type.Optional(ContextPart),
		},
		{ additionalProperties: false },
	),
);

export function contentView({ context, ...content }: MessageContent): View {
	return { ...bodyView(content), ...(context === undefined ? {} : { context: contextView(context) }) };
}

/** The domain's content is plain already, but for times and for what it points to. */
function bodyView(content: ContentBody): View {
	switch (content.kind) {
		case 'edit': {
			const { to, ...rest } = content;
			return { ...rest, content: bodyView(rest.content), ...referenceView(to) };
		}
		case 'reaction':
		case 'deletion':
		case 'pin':
		case 'poll-vote':
		case 'event-reply': {
			const { to, ...rest } = content;
			return { ...rest, ...referenceView(to) };
		}
		case 'event':
			return { ...content, startsAt: iso(content.startsAt) };
		case 'newsletter-invite':
			return { ...content, expiresAt: iso(content.expiresAt) };
		case 'payment':
			return { ...content, expiresAt: isoIfKnown(content.expiresAt) };
		default:
			return { ...content };
	}
}

function referenceView({ whatsappId, fromMe, participantPhone }: MessageReference): View {
	return { messageId: whatsappId, fromMe, participantPhone };
}

function contextView({ editedAt, ...rest }: MessageContext): View {
	return { ...rest, editedAt: isoIfKnown(editedAt) };
}
