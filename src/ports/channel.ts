/**
 * A channel: the engine behind an instance. The gateway hands it messages, it hands the gateway observations.
 * Every channel passes `test/suites/channel.ts`.
 */
import type { Instance, Pacing } from '../domain/account.ts';
import type { MessageContent, MessageKind } from '../domain/content.ts';
import type { PresenceStatus } from '../domain/event.ts';
import type { Alias, Message, MessageFailure, MessageStep } from '../domain/message.ts';
import type { Answered, Asked, WhatsAppCallName } from './whatsapp.ts';

/** What a channel can do: facts, asked instead of names. */
export interface ChannelCapabilities {
	readonly kinds: ReadonlySet<MessageKind>;
	readonly calls: ReadonlySet<WhatsAppCallName>;
	/** Our WhatsApp id travels with the message, so that sending it twice is sending it once. */
	readonly keepsOurId: boolean;
	readonly hasQrCode: boolean;
	readonly defaultPacing: Pacing;
}

export interface Channel extends AsyncDisposable {
	readonly capabilities: ChannelCapabilities;
	/** Opens the session of an instance, or resumes it after a restart (what was going on goes on). Reports `connected` when it is there. */
	connect(instance: Instance): Promise<void>;
	/** Closes the session, because a person said so. Reports nothing. */
	disconnect(instanceId: string): Promise<void>;
	/**
	 * Ends working on an instance here: it is somebody else's from now on, and goes on there as after a restart. Reports nothing, changes nothing
	 * that is kept, and nothing happens here after it resolved. Of an instance that is not worked on it does nothing.
	 */
	release(instanceId: string): Promise<void>;
	/**
	 * Hands over one message. When it answers `taken`, the channel will not forget it, whatever happens to this process.
	 * The same message again (same WhatsApp id) is taken once.
	 */
	send(message: OutboundMessage): Promise<SendOutcome>;
	/**
	 * What a person does on WhatsApp besides sending. Throws `not_there` (what: group, community, chat, contact, product), `whatsapp_refused` with WhatsApp's
	 * reason, `instance_not_connected` where it needs the session.
	 */
	ask<N extends WhatsAppCallName>(instanceId: string, name: N, asked: Asked<N>): Promise<Answered<N>>;
	/** What to show for pairing a phone; undefined where the channel has none or is connected. */
	qrCode(instanceId: string): Promise<string | undefined>;
}

export interface OutboundMessage {
	readonly instanceId: string;
	readonly message: Message;
	/** Digits of the recipient, as written by the caller or as WhatsApp spells them where that is known. */
	readonly phone: string;
}

export type SendOutcome =
	| {
			readonly kind: 'taken';
			readonly at: number /** How WhatsApp spells the recipient, where the channel knows. */;
			readonly phone?: string;
	  }
	/** It will never be taken. */
	| { readonly kind: 'failed'; readonly failure: MessageFailure; readonly at: number }
	/** Not now: the session is gone. The message stays in the queue. */
	| { readonly kind: 'disconnected' };

/**
 * Where channels report to. Resolves once what was observed is durable; only then may a channel acknowledge it to its provider. Rejects where some of it could
 * not be stored, once nothing of it is under way any more: then all of it is reported again, in its order and before anything newer of the same chats.
 */
export interface ChannelSink {
	observe(instanceId: string, observations: readonly Observation[]): Promise<void>;
}

/** One thing that a provider told us. `id` is unique per instance: the same id again changes nothing. */
export type Observation = {
	readonly id: string;
	readonly at: number /** As the provider said it, for the journal. */;
	readonly raw: unknown;
} & (
	| { readonly kind: 'message'; readonly message: InboundMessage }
	| { readonly kind: 'status'; readonly whatsappIds: readonly string[]; readonly step: Exclude<MessageStep, 'queued'> }
	| { readonly kind: 'failure'; readonly whatsappId: string; readonly failure: MessageFailure }
	| { readonly kind: 'presence'; readonly from: InboundParty; readonly status: PresenceStatus; readonly lastSeenAt?: number }
	| { readonly kind: 'connected' }
	| { readonly kind: 'disconnected'; readonly reason: string }
	/** Something this version has no word for; journalled, and a message of kind `unknown` if it belongs to a chat. */
	| { readonly kind: 'unknown'; readonly from?: InboundParty }
);

export interface InboundMessage {
	readonly whatsappId: string;
	/** Who the chat is with: a person, or a group by its id as phone (alias kind `address`), a newsletter, a broadcast list. */
	readonly chat: InboundParty;
	/** Written on the instance's own phone. */
	readonly fromMe: boolean;
	/** Who of a group wrote it is in its context. */
	readonly content: MessageContent;
	readonly replyTo?: string;
}

export interface InboundParty {
	/** Every alias that the provider told, the phone among them where known. */
	readonly aliases: readonly Alias[];
	/** Digits as WhatsApp spells them. */
	readonly phone: string;
	readonly name?: string;
	readonly photoUrl?: string;
	readonly lid?: string;
}

/** Durable state of a channel, per instance, by key: session keys, what is still to do. Writes are durable when they resolve. */
export interface ChannelState {
	list(instanceId: string, prefix: string): Promise<readonly ChannelStateEntry[]>;
	write(instanceId: string, changes: readonly ChannelStateChange[]): Promise<void>;
}

export interface ChannelStateEntry {
	readonly key: string;
	/** JSON value. */
	readonly value: unknown;
}

export type ChannelStateChange = { readonly key: string; readonly value: unknown } | { readonly key: string; readonly isDeleted: true };
