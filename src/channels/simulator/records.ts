/**
 * What the simulator keeps in the channel state of an instance, by key. Nothing else of it survives the process.
 * `session` one record; `report/<id>` what is to be told about the connection; `phone/<phone>` what is set of a phone;
 * `out/<WhatsApp id>` a taken message that is not through yet; `in/<WhatsApp id>` what was written while nobody was connected.
 * A phone in keys and records is its `phoneKey`.
 */
import type { MessageContent } from '../../domain/message.ts';
import type { ChannelState, ChannelStateChange } from '../../ports/channel.ts';
import type { PhoneBehaviour } from '../../ports/simulator.ts';

export const SESSION_KEY = 'session';
export const REPORT_PREFIX = 'report/';
export const PHONE_PREFIX = 'phone/';
export const OUTGOING_PREFIX = 'out/';
export const INCOMING_PREFIX = 'in/';

export interface SessionRecord {
	/** Counts the sessions of the instance; the last one. */
	readonly number: number;
	readonly isConnected: boolean;
}

export type ReportRecord = { readonly session: number; readonly at: number } & (
	| { readonly kind: 'connected' }
	| { readonly kind: 'disconnected'; readonly reason: string }
);

export interface PhoneRecord {
	/** How WhatsApp spells it. */
	readonly spelling: string;
	/** The parts of its behaviour that somebody chose; the others follow the defaults. */
	readonly chosen: Partial<PhoneBehaviour>;
	/** When its behaviour last changed; what the change sets free happens no earlier. */
	readonly changedAt: number;
}

export interface OutgoingRecord {
	/** The order in which messages were taken. */
	readonly order: number;
	readonly phone: string;
	readonly takenAt: number;
	/** The last step that is behind it, and when that was. */
	readonly step: 'taken' | 'received' | 'read';
	readonly since: number;
	/** The message in a few words, for an answer; null: nobody answers it. */
	readonly quote: string | null;
}

export interface IncomingRecord {
	readonly order: number;
	readonly phone: string;
	readonly at: number;
	readonly fromMe: boolean;
	readonly content: MessageContent;
	readonly replyTo?: string;
}

/** Everything under a prefix, by what follows the prefix. The records are our own, written by this version or an earlier one: they are trusted. */
export async function readRecords<T>(state: ChannelState, instanceId: string, prefix: string): Promise<Map<string, T>> {
	const entries = await state.list(instanceId, prefix);
	return new Map(entries.map((entry) => [entry.key.slice(prefix.length), entry.value as T]));
}

export function deletion(key: string): ChannelStateChange {
	return { key, isDeleted: true };
}
