/** One message as a callback tells of it: what the parts of a payload are written from, whichever event it came with. */
import type { Correspondent, EventOf, InstanceRef } from '../../domain/event.ts';
import type { Message } from '../../domain/message.ts';

export interface Told {
	readonly message: Message;
	readonly with: Correspondent;
	readonly instance: InstanceRef;
	/** The `momment`: epoch milliseconds. */
	readonly at: number;
}

/** A received message counts from when it was written on the phone. */
export function toldOfReceived(event: EventOf<'message.received'>): Told {
	return { message: event.data.message, with: event.data.with, instance: event.instance, at: event.data.message.createdAt };
}

/** An own message counts from when the channel took it, or failed to. */
export function toldOfSent(event: EventOf<'message.sent'> | EventOf<'message.failed'>): Told {
	return { message: event.data.message, with: event.data.with, instance: event.instance, at: event.at };
}

/** An own message, which is told only where own ones are wanted. What WhatsApp itself wrote is none, though some notices are marked as own (contracts: `PROFILE_NAME_UPDATED`). */
export function isEcho(message: Message): boolean {
	return message.fromMe && message.content.kind !== 'notice';
}
