/**
 * What a message says. The kinds are WhatsApp's own; a kind that acts upon another message (a reaction, an edit, a vote) is a message like any other,
 * with an id and a status, and what it does to the other one happens where it is stored. Times are epoch milliseconds, money is in the currency's
 * own unit as the APIs write it.
 */

export type MessageContent = ContentBody & {
	/** What travels beside the content, of any kind: WhatsApp's `contextInfo`. */
	readonly context?: MessageContext;
};

export type MessageKind = ContentBody['kind'];

export type ContentBody =
	| TextContent
	| ImageContent
	| VideoContent
	| AudioContent
	| DocumentContent
	| StickerContent
	| LocationContent
	| ContactContent
	| { readonly kind: 'contacts'; readonly contacts: readonly Omit<ContactContent, 'kind'>[] }
	| InteractiveContent
	| PollContent
	| EventContent
	| CommerceContent
	| UponContent
	| NoticeContent
	/** A kind that this version does not know, passed on as the channel gave it. */
	| { readonly kind: 'unknown'; readonly raw: unknown };

export interface TextContent {
	readonly kind: 'text';
	readonly text: string;
	/** Of the link in it. */
	readonly preview?: LinkPreview;
}

export interface LinkPreview {
	readonly url: string;
	readonly title?: string;
	readonly description?: string;
	readonly thumbnailUrl?: string;
}

/** Where a medium is: an https URL of the caller's or of our own media store, never bytes. */
export interface Medium {
	readonly url: string;
	readonly mimeType: string;
	readonly fileName?: string;
	readonly thumbnailUrl?: string;
	/** Set where the channel could not fetch what a customer sent; `url` is '' then. */
	readonly downloadError?: string;
}

export interface ImageContent extends Medium {
	readonly kind: 'image';
	readonly caption?: string;
	readonly viewOnce?: boolean;
	readonly width?: number;
	readonly height?: number;
}

export interface VideoContent extends Medium {
	readonly kind: 'video';
	readonly caption?: string;
	readonly seconds?: number;
	readonly viewOnce?: boolean;
	/** Plays by itself without sound, or is a round video note. */
	readonly look?: 'gif' | 'ptv';
	readonly width?: number;
	readonly height?: number;
}

export interface AudioContent extends Medium {
	readonly kind: 'audio';
	readonly seconds?: number;
	readonly voiceNote?: boolean;
	readonly viewOnce?: boolean;
}

export interface DocumentContent extends Medium {
	readonly kind: 'document';
	readonly title?: string;
	readonly caption?: string;
	readonly pageCount?: number;
}

export interface StickerContent extends Medium {
	readonly kind: 'sticker';
	readonly author?: string;
}

export interface LocationContent {
	readonly kind: 'location';
	readonly latitude: number;
	readonly longitude: number;
	readonly name?: string;
	readonly address?: string;
	readonly url?: string;
}

export interface ContactContent {
	readonly kind: 'contact';
	readonly name: string;
	readonly phones: readonly string[];
	readonly vCard: string;
	readonly description?: string;
}

/** What asks for a tap, and what was tapped. */
export type InteractiveContent =
	| {
			readonly kind: 'buttons';
			readonly text: string;
			readonly title?: string;
			readonly footer?: string;
			readonly header?: ImageContent | VideoContent;
			readonly buttons: readonly ReplyButton[];
	  }
	/** Which one of `buttons` was tapped; the message that offered it is the one that is answered (`replyTo`). */
	| { readonly kind: 'button-reply'; readonly buttonId: string; readonly text: string }
	| {
			readonly kind: 'list';
			readonly text: string;
			readonly title: string;
			readonly buttonLabel: string;
			readonly footer?: string;
			readonly options: readonly { readonly id: string; readonly title: string; readonly description?: string }[];
	  }
	| { readonly kind: 'list-reply'; readonly optionId: string; readonly title: string; readonly text: string }
	/** A message with actions: of a template, of one made by hand (`templateId` ''), or a one-time password. */
	| {
			readonly kind: 'template';
			readonly templateId: string;
			readonly text: string;
			readonly title?: string;
			readonly footer?: string;
			readonly header?: ImageContent | VideoContent | DocumentContent | LocationContent;
			readonly buttons: readonly ActionButton[];
	  }
	| { readonly kind: 'carousel'; readonly text: string; readonly cards: readonly CarouselCard[] }
	| {
			readonly kind: 'pix-key';
			readonly key: string;
			readonly keyType: PixKeyType;
			readonly merchantName: string;
			readonly referenceId: string;
			readonly currency: string;
	  };

export interface ReplyButton {
	readonly id: string;
	readonly label: string;
}

export type ActionButton =
	| { readonly action: 'reply'; readonly id: string; readonly label: string }
	| { readonly action: 'url'; readonly label: string; readonly url: string }
	| { readonly action: 'call'; readonly label: string; readonly phone: string }
	/** Copies a code; WhatsApp writes it as a link to its own page. */
	| { readonly action: 'copy'; readonly label: string; readonly code: string };

export interface CarouselCard {
	readonly text: string;
	readonly title?: string;
	readonly footer?: string;
	readonly header?: ImageContent | VideoContent;
	readonly buttons: readonly ActionButton[];
}

export type PixKeyType = 'CPF' | 'CNPJ' | 'PHONE' | 'EMAIL' | 'EVP';

export type PollContent =
	/** `maxOptions` 0: as many as one likes. */
	| { readonly kind: 'poll'; readonly question: string; readonly maxOptions: number; readonly options: readonly string[] }
	/** All options that are chosen now; none takes the vote back. */
	| { readonly kind: 'poll-vote'; readonly to: MessageReference; readonly options: readonly string[] };

export type EventContent =
	| {
			readonly kind: 'event';
			readonly name: string;
			readonly startsAt: number;
			readonly isCanceled: boolean;
			readonly description?: string;
			readonly place?: { readonly name?: string; readonly latitude?: number; readonly longitude?: number; readonly address?: string };
			readonly call?: { readonly media: 'voice' | 'video'; readonly url: string };
	  }
	| { readonly kind: 'event-reply'; readonly to: MessageReference; readonly reply: 'GOING' | 'NOT_GOING' | 'MAYBE' };

export interface OrderItem {
	readonly name: string;
	readonly productId: string;
	readonly quantity: number;
	readonly value: number;
	/** Made by hand; false: of the catalogue. */
	readonly isCustom?: boolean;
	readonly retailerId?: string;
}

export interface PaymentInfo {
	readonly receiverPhone: string;
	readonly value: number;
	readonly currency: string;
	readonly status: string;
	readonly transactionStatus: string;
}

export type CommerceContent =
	| {
			readonly kind: 'product';
			readonly productId: string;
			readonly businessPhone: string;
			readonly title: string;
			readonly description?: string;
			readonly imageUrl?: string;
			readonly imageCount?: number;
			readonly price?: number;
			readonly currency?: string;
			readonly url?: string;
			readonly retailerId?: string;
	  }
	| {
			readonly kind: 'catalog';
			readonly businessPhone: string;
			readonly text: string;
			readonly title?: string;
			readonly description?: string;
	  }
	/** A cart that a customer sent. */
	| {
			readonly kind: 'order';
			readonly orderId: string;
			readonly token: string;
			readonly title: string;
			readonly text: string;
			readonly sellerPhone: string;
			readonly thumbnailUrl?: string;
			readonly currency: string;
			readonly total: number;
			readonly subTotal: number;
			readonly items: readonly OrderItem[];
	  }
	/** An order to be paid (`pay`), and what became of it (`order`, which answers the other: `replyTo`). */
	| {
			readonly kind: 'checkout';
			readonly stage: 'pay' | 'order';
			readonly referenceId: string;
			readonly orderRequestId: string;
			readonly orderStatus: string;
			readonly paymentStatus: string;
			readonly text?: string;
			readonly currency: string;
			readonly total: number;
			readonly subTotal: number;
			readonly discount: number;
			readonly shipping: number;
			readonly tax: number;
			readonly items: readonly OrderItem[];
			readonly pix?: { readonly key: string; readonly keyType: PixKeyType; readonly name: string };
			readonly takesCards?: boolean;
	  }
	| {
			readonly kind: 'payment';
			readonly stage: 'requested' | 'sent';
			readonly value: number;
			readonly currency: string;
			readonly expiresAt?: number;
			readonly requestPhone?: string;
			readonly info: PaymentInfo;
	  };

/** Kinds that act upon another message. */
export type UponContent =
	/** '' takes the reaction back. */
	| { readonly kind: 'reaction'; readonly emoji: string; readonly to: MessageReference }
	/** The other message says this instead from now on. */
	| { readonly kind: 'edit'; readonly to: MessageReference; readonly content: ContentBody }
	/** Deleted for all. */
	| { readonly kind: 'deletion'; readonly to: MessageReference }
	| { readonly kind: 'pin'; readonly isPinned: boolean; readonly seconds: number; readonly to: MessageReference };

/** What WhatsApp itself writes into a chat. */
export type NoticeContent =
	| {
			readonly kind: 'notice';
			/** WhatsApp's name for it: `GROUP_PARTICIPANT_ADD`, `CALL_MISSED_VOICE`, … */
			readonly name: string;
			readonly parameters: readonly unknown[];
			readonly callId?: string;
			/** Members that only this kind of notice has, as the APIs spell them: `linkMode`, `requestMethod`, `profileName`, `updatedPhoto`. */
			readonly details?: Readonly<Record<string, string>>;
	  }
	| {
			readonly kind: 'newsletter-invite';
			readonly newsletterId: string;
			readonly newsletterName: string;
			readonly text: string;
			readonly expiresAt: number;
	  }
	/** Its content is not there yet: another device of the sender has to send it. */
	| { readonly kind: 'waiting'; readonly viewOnce?: boolean }
	/** What stood here was deleted for all. */
	| { readonly kind: 'deleted' };

export interface MessageContext {
	/** Who of a group wrote. */
	readonly participant?: Participant;
	readonly forwarded?: boolean;
	/** Phones of the group that are named in the text. */
	readonly mentioned?: readonly string[];
	readonly groupsMentioned?: readonly { readonly phone: string; readonly subject: string }[];
	readonly ad?: AdReference;
	/** The status that it answers. */
	readonly statusReply?: StatusReference;
	/** The chat deletes what is older than this. */
	readonly expiresInSeconds?: number;
	/** Of a broadcast list: who gets it. */
	readonly broadcastTo?: readonly string[];
	/** When its content was last changed by who wrote it. */
	readonly editedAt?: number;
}

export interface Participant {
	/** Digits. */
	readonly phone: string;
	readonly name: string;
	readonly lid?: string;
	readonly photoUrl?: string;
}

/** The advertisement that the chat began from. */
export interface AdReference {
	readonly title: string;
	readonly body: string;
	readonly mediaType: number;
	readonly thumbnailUrl: string;
	readonly sourceType: string;
	readonly sourceId: string;
	readonly sourceUrl: string;
	/** Ties the chat to the click on the advertisement. */
	readonly clickId?: string;
}

export interface StatusReference {
	readonly whatsappId: string;
	readonly image?: Omit<ImageContent, 'kind'>;
}

/** Which message another one points to. */
export interface MessageReference {
	/** The WhatsApp id. */
	readonly whatsappId: string;
	readonly fromMe: boolean;
	/** Whose phone wrote in a group; undefined elsewhere. */
	readonly participantPhone?: string;
}

const UPON_KINDS: ReadonlySet<MessageKind> = new Set(['reaction', 'edit', 'deletion', 'pin', 'poll-vote', 'event-reply']);

/** Whether it acts upon another message. A chat shows it there, not in a line of its own. */
export function actsUpon({ kind }: ContentBody): boolean {
	return UPON_KINDS.has(kind);
}

/** Whether somebody said something with it that wants an answer. A reaction, a vote, a call that was missed do not: WhatsApp counts none of them as unread. */
export function isSaying(content: ContentBody): boolean {
	return !actsUpon(content) && content.kind !== 'notice' && content.kind !== 'deleted';
}
