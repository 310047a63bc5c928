/**
 * What messaging offers to the dialects and the server: the services' shapes, apart from how they do it. All throw `RecadoError` with the
 * codes named; all ids that are answered are committed.
 */
import type { Instance } from '../domain/account.ts';
import type { Attendance, CategoryChosen } from '../domain/attendance.ts';
import type { ContentBody, MessageContent, MessageContext, MessageReference } from '../domain/content.ts';
import type { InstanceSettings } from '../domain/instance-settings.ts';
import type { MediaKind } from '../domain/media-type.ts';
import type { Message } from '../domain/message.ts';
import type { ChannelCapabilities } from '../ports/channel.ts';
import type { IdempotentRequest } from '../ports/dialect.ts';
import type { Answered, Asked, WhatsAppCallName } from '../ports/whatsapp.ts';

/** The answer to a request, made before the commit so that it can be stored with it. */
export interface Answer {
	readonly status: number;
	readonly body: unknown;
}

/** Hand it to what creates: the answer is committed with the creation, and a repetition gets it again. */
export interface Idempotency<T> {
	readonly request: IdempotentRequest;
	readonly answer: (result: T) => Answer;
}

/** Content as a caller gives it: a medium may come as data URI, a reference as a bare id. */
export type SendContent = MessageContent | UponWish | MediumSource;

/** What acts upon another message of the chat, which is named by its WhatsApp id alone: whose it is is looked up. */
export interface UponWish {
	readonly kind: 'upon';
	readonly whatsappId: string;
	readonly act: UponAct;
}

type WithoutReference<T> = T extends { readonly to: MessageReference } ? Omit<T, 'to'> : never;

/** A reaction, an edit, a deletion, a pin, a vote, the answer to an event. */
export type UponAct = WithoutReference<ContentBody>;

/**
 * `source` is an URL, which is fetched at acceptance, or a data URI: either is kept, and the message carries our link. Media within other content (the header
 * of buttons, the cards of a carousel) are given as either in `url` likewise, with an empty `mimeType` where it is to be found out.
 */
export interface MediumSource {
	readonly kind: 'medium';
	readonly medium: MediaKind;
	/** The name of the request's field, for errors. */
	readonly field: string;
	readonly source: string;
	readonly caption?: string;
	readonly fileName?: string;
	readonly mimeType?: string;
	readonly viewOnce?: boolean;
	readonly seconds?: number;
	/** Of a video. */
	readonly look?: 'gif' | 'ptv';
	/** Of a sticker. */
	readonly author?: string;
	/** Of audio. */
	readonly voiceNote?: boolean;
	/** Of a document. */
	readonly title?: string;
	readonly pageCount?: number;
	readonly context?: MessageContext;
}

export interface SendCommand {
	readonly instance: Instance;
	/** As written by the caller. */
	readonly phone: string;
	readonly content: SendContent;
	/** What the request calls a medium within the content, for errors, by its place there: `header`, `cards[0].header`. Without it the place is told. */
	readonly fieldAt?: (place: string) => string;
	/** The WhatsApp id of the message that is answered. */
	readonly replyTo?: string;
	readonly customId?: string;
	readonly contextId?: string;
	/** The message goes no earlier than this after its acceptance, milliseconds. */
	readonly delayMs?: number;
	/** Not before this time, epoch milliseconds; delays no other message. */
	readonly scheduledFor?: number;
	readonly origin: Message['origin'];
	readonly idempotency?: Idempotency<Message>;
}

export interface Messaging {
	/**
	 * Accepts a message: queued, durable, its ids chosen. Throws invalid_phone, invalid_media, media_unreachable, body_too_large, kind_unsupported, queue_full; of what acts upon another
	 * message also message_missing (unknown, or of another chat), message_unfit, message_failed, message_not_own, edit_too_late, deletion_too_late,
	 * poll_option_missing, poll_options_too_many, reaction_no_emoji.
	 */
	send(command: SendCommand): Promise<Message>;
	/** Accepts a message for each letter, all in one commit or none; in the order given. Throws what `send` throws. */
	sendAll(command: LettersCommand): Promise<readonly Message[]>;
	/** Sends what a message of one chat says into another. Throws what `send` throws; message_missing, message_unfit of the message that is forwarded. */
	forward(command: ForwardCommand): Promise<Message>;
	/** Takes a message out of the queue. Throws message_not_queued, message_missing. */
	dequeue(instance: Instance, messageId: string): Promise<void>;
	/** Empties the queue; answers how many went. */
	emptyQueue(instance: Instance): Promise<number>;
}

/** The same sender and occasion, a content of its own for each recipient; somebody may get more than one. */
export interface LettersCommand extends Pick<SendCommand, 'instance' | 'contextId' | 'origin'> {
	readonly letters: readonly Pick<SendCommand, 'phone' | 'content' | 'fieldAt'>[];
	readonly idempotency?: Idempotency<readonly Message[]>;
}

export interface ForwardCommand extends Omit<SendCommand, 'content' | 'replyTo' | 'phone'> {
	/** The WhatsApp id of what is forwarded. */
	readonly whatsappId: string;
	/** The chat that it is in, as written by the caller. */
	readonly fromPhone: string;
	readonly toPhone: string;
}

/** Marking what customers wrote as read: WhatsApp is told, and webhooks get the status. What is read already stays so. */
export interface Reading {
	/** Throws message_missing (unknown, or of another chat than `phone`), invalid_phone, message_unfit for a message of our own, and what `WhatsApp.ask` throws. */
	markRead(instance: Instance, phone: string, whatsappId: string): Promise<void>;
	/** All that is unread among the newest 10 000 messages of a chat; answers how many. Throws invalid_phone, not_there (what: chat), and what `WhatsApp.ask` throws. */
	readChat(instance: Instance, phone: string): Promise<number>;
}

export interface InstanceSetting {
	get(instance: Instance): Promise<InstanceSettings>;
	/** Changes what is given; answers the whole. */
	set(instance: Instance, change: Partial<InstanceSettings>): Promise<InstanceSettings>;
}

/** Media that are uploaded by themselves, and named by their id or their link in messages later. They are looked at as those of messages are. */
export interface Media {
	/** Keeps them under a new link. Throws invalid_media, which names the field of the wish, and body_too_large. */
	store(bytes: AsyncIterable<Uint8Array>, wish: MediumWish): Promise<MediumLink>;
	/** A link whose bytes come later. */
	reserve(wish: MediumWish): Promise<MediumLink>;
	/** Once. Throws not_there (what: medium), exists, and what `store` throws. */
	fill(id: string, bytes: AsyncIterable<Uint8Array>, wish: MediumWish): Promise<MediumLink>;
	/** One of the account that is not expired. */
	get(accountId: string, id: string): Promise<MediumLink | undefined>;
	/** What a phone wrote: data URIs become links, other URLs stay as they are. Throws invalid_media, body_too_large. */
	keep(content: MessageContent, accountId: string): Promise<MessageContent>;
}

export interface MediumWish {
	readonly accountId: string;
	/** The name of the request's field, for errors. */
	readonly field: string;
	/** What it has to be; default: a document, which may be anything. */
	readonly kind?: MediaKind;
	readonly mimeType?: string;
	readonly fileName?: string;
	/** Default: as for messages. */
	readonly bytesMax?: number;
}

export interface MediumLink {
	/** `med_…`; whoever knows it may have the bytes. */
	readonly id: string;
	readonly url: string;
	/** '' where it is reserved and nobody said. */
	readonly mimeType: string;
	readonly fileName?: string;
	/** Undefined, both, while it is reserved. */
	readonly sha256?: string;
	readonly size?: number;
	readonly expiresAt: number;
}

/** What was written with a customer, deleted here; on the phones it stays. */
export interface Erasing {
	/**
	 * Deletes every message with the customer until now, those in the queue among them; answers how many. What webhooks were told of them stays in the
	 * history of deliveries for as long as that is kept. Throws invalid_phone; conflict where one is on its way at this very moment.
	 */
	eraseMessages(instance: Instance, phone: string): Promise<number>;
}

export interface ChannelFacts {
	/** What the channel of an instance can do. Throws channel_unavailable. */
	capabilities(instance: Instance): ChannelCapabilities;
}

/** WhatsApp as a person uses it, through the process that owns the instance. */
export interface WhatsApp {
	/** Throws operation_unsupported where the channel cannot, and what `Channel.ask` throws. */
	ask<N extends WhatsAppCallName>(instance: Instance, name: N, asked: Asked<N>): Promise<Answered<N>>;
}

/** The life of instances: sessions opened, closed, resumed. */
export interface Instances {
	/** Closes the session: no event, the queue is kept. */
	disconnect(instance: Instance): Promise<void>;
	/** Opens it again. */
	connect(instance: Instance): Promise<void>;
	/** Closes and opens. */
	restart(instance: Instance): Promise<void>;
	qrCode(instance: Instance): Promise<string | undefined>;
}

export interface ExtensionCode {
	/** Six capital letters and digits. */
	readonly code: string;
	readonly expiresAt: number;
}

/** Codes with which the browser extension opens a session, in the place of a QR code. */
export interface ExtensionCodes {
	/** A new one; the one before ends at once. */
	issue(instance: Instance): Promise<ExtensionCode>;
	/** Opens the session. The code opens once. Throws invalid_request. */
	redeem(instance: Instance, code: string): Promise<void>;
}

export interface Attending {
	/** Starts an attendance, or answers the one that is open. Throws invalid_phone, operator_missing, operator_inactive, department_missing. */
	start(command: StartAttendance): Promise<{ readonly isNew: boolean; readonly attendance: Attendance }>;
	/** Ends the open one of a chat. `found` false where the chat is unknown or has none. Throws operator_missing, category_missing. */
	finish(command: FinishAttendance): Promise<{ readonly found: boolean; readonly attendance?: Attendance }>;
	/** Moves chat and open attendance to a department; its operators stay. Throws invalid_phone, department_missing, not_there (what: chat). */
	changeDepartment(instance: Instance, phone: string, departmentId: string): Promise<void>;
}

export interface StartAttendance {
	readonly instance: Instance;
	readonly phone: string;
	readonly operatorIds: readonly string[];
	readonly departmentId?: string;
	readonly idempotency?: Idempotency<{ readonly isNew: boolean; readonly attendance: Attendance }>;
}

export interface FinishAttendance {
	readonly instance: Instance;
	readonly phone: string;
	readonly operatorId: string;
	/** This one or none. */
	readonly attendanceId?: string;
	/** Moves the chat to the default department. */
	readonly autoTransfer: boolean;
	readonly report?: string;
	readonly ratingObservation?: string;
	readonly category?: CategoryChosen;
	readonly idempotency?: Idempotency<{ readonly found: boolean; readonly attendance?: Attendance }>;
}
