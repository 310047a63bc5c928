/** What the management API may do to the simulated world: write on a customer's phone, set how phones behave, cut the connection. */
import type { Instance } from '../domain/account.ts';
import type { PresenceStatus } from '../domain/event.ts';
import type { MessageContent } from '../domain/message.ts';

export interface SimulatorControl {
	/**
	 * A phone writes to the instance. Answers the WhatsApp id; resolves once the gateway has it durable. While the instance is not connected
	 * the simulated WhatsApp keeps it, durable too, and the gateway hears of it on connecting. Every operation throws not_a_simulator.
	 */
	write(instance: Instance, act: PhoneWrites): Promise<{ readonly whatsappId: string }>;
	/** A customer is seen typing, recording, coming or going; by nobody while the instance is not connected. */
	presence(instance: Instance, phone: string, status: PresenceStatus): Promise<void>;
	/** Changes the given parts of how a phone behaves; answers the whole. */
	setBehaviour(instance: Instance, phone: string, change: Partial<PhoneBehaviour>): Promise<PhoneBehaviour>;
	behaviour(instance: Instance, phone: string): Promise<PhoneBehaviour>;
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
	readonly name: string;
}
