/**
 * The ids that Plugchat and Z-API show for a message: `messageId` is WhatsApp's, `zaapId` is ours, the 32 digits of `msg_…` in upper case.
 * Answers and webhooks tell the same two, so that a caller can match them.
 */
import type { Message } from '../../domain/message.ts';

const ZAAP_ID: RegExp = /^[\dA-F]{32}$/i;

export function zaapIdOf(message: Message): string {
	return message.id.slice('msg_'.length).toUpperCase();
}

/** Our own id of the message with this `zaapId`; undefined where no message can have it. */
export function messageIdOfZaapId(zaapId: string): string | undefined {
	return ZAAP_ID.test(zaapId) ? `msg_${zaapId.toLowerCase()}` : undefined;
}
