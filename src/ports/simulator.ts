/** What the management API may do to the simulated world: be the people on its phones, set how phones behave, look at their screens, cut the connection. */
import type { Instance } from '../domain/account.ts';
import type { MessageContent } from '../domain/content.ts';
import type { PresenceStatus } from '../domain/event.ts';
import type { GroupChange, ParticipantAct } from './whatsapp.ts';

/** Arguments and answers are JSON values, so that a process can ask the one that owns the instance. Every operation throws not_a_simulator. */
export interface SimulatorControl {
	/**
	 * A phone writes to the instance, or into a group. Answers the WhatsApp id; resolves once the gateway has it durable. While the instance is not connected
	 * the simulated WhatsApp keeps it, durable too, and the gateway hears of it on connecting. What a blocked phone writes does not arrive. Throws
	 * not_there (what: group) and whatsapp_refused where the phone may not write there.
	 */
	write(instance: Instance, act: PhoneWrites): Promise<{ readonly whatsappId: string }>;
	/** What the owner of a phone does besides writing. Throws not_there (what: group, newsletter) and whatsapp_refused. */
	act(instance: Instance, act: PhoneAct): Promise<PhoneActed>;
	/** A customer is seen typing, recording, coming or going; by nobody while the instance is not connected. */
	presence(instance: Instance, phone: string, status: PresenceStatus): Promise<void>;
	/** Changes the given parts of how a phone behaves; answers the whole. */
	setBehaviour(instance: Instance, phone: string, change: Partial<PhoneBehaviour>): Promise<PhoneBehaviour>;
	behaviour(instance: Instance, phone: string): Promise<PhoneBehaviour>;
	/** The chats on a phone's screen, latest first. */
	chats(instance: Instance, phone: string): Promise<readonly PhoneChat[]>;
	/** The newest messages on a phone's screen, oldest first. */
	messages(instance: Instance, phone: string, look: ScreenLook): Promise<readonly PhoneMessage[]>;
	/**
	 * Forgets a phone: how it behaves, what it is on its way to get or to say, what is known of it, its places in groups. WhatsApp itself would not; it is the
	 * gateway that keeps no personal data. The instance goes on as after a restart.
	 */
	forget(instance: Instance, phone: string): Promise<void>;
	/** The link is lost, as when the phone is switched off: fires `instance.disconnected`. The default reason is "Device has been disconnected". */
	loseConnection(instance: Instance, reason?: string): Promise<void>;
}

export interface PhoneWrites {
	/** The customer's number, digits. */
	readonly from: string;
	readonly name?: string;
	readonly content: MessageContent;
	/** WhatsApp id of the message that is answered. */
	readonly replyTo?: string;
	/** Chosen by the caller so that writing it twice is writing it once; a new one otherwise. */
	readonly whatsappId?: string;
	/** Written on the instance's own phone, to `from`. */
	readonly fromMe?: boolean;
	/**
	 * Written there instead of the chat of the two: into a group, by its address; in a newsletter, whose name is `name`; with `fromMe` to a broadcast list, whose recipients are
	 * `context.broadcastTo`.
	 */
	readonly address?: string;
}

/** `phone` does it; it may be the instance's own. */
export type PhoneAct =
	| { readonly kind: 'make-group'; readonly phone: string; readonly subject: string; readonly phones: readonly string[] }
	| { readonly kind: 'change-group'; readonly phone: string; readonly groupId: string; readonly change: GroupChange }
	| {
			readonly kind: 'change-participants';
			readonly phone: string;
			readonly groupId: string;
			readonly act: ParticipantAct;
			readonly phones: readonly string[];
	  }
	/** By a link; where the group approves its participants, the phone asks to be let in. */
	| { readonly kind: 'join-group'; readonly phone: string; readonly url: string }
	/** Takes back the asking. */
	| { readonly kind: 'withdraw-request'; readonly phone: string; readonly groupId: string }
	| { readonly kind: 'leave-group'; readonly phone: string; readonly groupId: string }
	| { readonly kind: 'change-profile'; readonly phone: string; readonly name?: string; readonly about?: string; readonly photoUrl?: string }
	/** Calls the instance: a voice call that rings, or a call that nobody took. */
	| { readonly kind: 'call'; readonly phone: string; readonly media: 'voice' | 'video'; readonly stage: 'ringing' | 'missed' }
	/** The instance's own phone puts labels on chats, or takes them off. */
	| {
			readonly kind: 'label-chats';
			readonly labels: readonly { readonly phone: string; readonly label: string; readonly assigned: boolean }[];
	  }
	/** The owner of a newsletter makes the instance its admin, or a subscriber again. */
	| {
			readonly kind: 'change-role';
			readonly phone: string;
			readonly newsletterId: string;
			readonly name?: string;
			readonly role: 'ADMIN' | 'SUBSCRIBER';
	  }
	/** What cannot be brought about otherwise: a notice of any name, in the chat with `phone` or at `address`. */
	| {
			readonly kind: 'notice';
			readonly phone: string;
			readonly address?: string;
			readonly name: string;
			readonly parameters: readonly unknown[];
			readonly callId?: string;
			readonly details?: Readonly<Record<string, string>>;
			readonly fromMe?: boolean;
	  };

export interface PhoneActed {
	/** What the gateway hears of it. */
	readonly whatsappIds: readonly string[];
	/** Of a group that was made. */
	readonly groupId?: string;
	/** A sentence for each phone with which it could not be done. */
	readonly errors?: readonly string[];
}

/** How a simulated phone behaves. */
export interface PhoneBehaviour {
	readonly onWhatsApp: boolean;
	/** Milliseconds from being taken to being received; null: the phone is off, it receives nothing. */
	readonly receivesAfterMs: number | null;
	/** Milliseconds from being received to being read; null: never read. */
	readonly readsAfterMs: number | null;
	/** What the phone answers after reading, as text; `{message}` in it is what was read, in a few words; null: nothing. */
	readonly repliesWith: string | null;
	/** Whether it answers in groups, too. */
	readonly answersInGroups: boolean;
	/** False: its owner lets nobody put them into a group; they can be invited. */
	readonly mayBeAdded: boolean;
	/** Its owner shows the LID in the place of the number: chats with them that begin now are known by it. */
	readonly hidesNumber: boolean;
	readonly name: string;
}

/** Which messages of a phone are looked at. */
export interface ScreenLook {
	/** The address of one chat; missing: of all. */
	readonly chat?: string;
	/** Only what comes before this one, by its WhatsApp id. Before one that is not there, there is nothing. */
	readonly before?: string;
	/** How many at most. */
	readonly limit: number;
}

export interface PhoneChat {
	/** The instance's number, or the address of a group. */
	readonly chat: string;
	readonly name: string;
	readonly photoUrl?: string;
	/** How many of its messages are held. */
	readonly messages: number;
	readonly lastAt: number;
	/** The last one in a few words. */
	readonly lastText: string;
}

export interface PhoneMessage {
	readonly whatsappId: string;
	readonly chat: string;
	/** Whose number wrote it; undefined: WhatsApp itself. */
	readonly from?: string;
	/** Written on this phone. */
	readonly fromMe: boolean;
	readonly at: number;
	/** As it is now, edited or deleted. */
	readonly content: MessageContent;
	readonly replyTo?: string;
	readonly editedAt?: number;
	readonly isPinned: boolean;
	/** Written on this phone, and read by the instance. */
	readonly isRead: boolean;
	readonly reactions: readonly { readonly from: string; readonly emoji: string }[];
	/** Of a poll. */
	readonly votes: readonly { readonly from: string; readonly options: readonly string[] }[];
	/** Of an event: who comes. */
	readonly replies: readonly { readonly from: string; readonly reply: string }[];
}
