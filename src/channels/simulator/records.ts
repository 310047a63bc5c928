/**
 * What the simulator keeps in the channel state of an instance, by key. The society around it: `society-records.ts`. Nothing else survives the process.
 * `session` one record; `report/<id>` what is to be told about the connection; `phone/<phone>` what is set of a phone;
 * `out/<WhatsApp id>` a taken message that is not through yet; `in/<WhatsApp id>` what was written while nobody was connected.
 * A phone in keys and records is its `phoneKey`.
 */
import type { MessageContent } from '../../domain/content.ts';
import type { ChannelState, ChannelStateChange, ChannelStateEntry } from '../../ports/channel.ts';
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
	readonly about?: string;
	readonly photoUrl?: string;
	/** Whether it ever wrote to the instance. */
	readonly hasWritten?: boolean;
}

export interface OutgoingRecord {
	/** The order in which messages were taken. */
	readonly order: number;
	/** Or the address of a group, or where statuses are posted. */
	readonly phone: string;
	readonly takenAt: number;
	/** The last step that is behind it, and when that was. */
	readonly step: 'taken' | 'received' | 'read';
	readonly since: number;
	/** The message in a few words, for an answer; null: nobody answers it. */
	readonly quote: string | null;
	/** It is heard or watched by whoever reads it, who plays it then. */
	readonly isPlayed?: true;
}

export interface IncomingRecord {
	readonly order: number;
	readonly phone: string;
	readonly at: number;
	readonly fromMe: boolean;
	readonly content: MessageContent;
	readonly replyTo?: string;
}

/** Everything that is kept of an instance, as it was read at once. The records are our own, written by this version or an earlier one: they are trusted. */
export class Kept {
	readonly #entries: readonly ChannelStateEntry[];

	constructor(entries: readonly ChannelStateEntry[]) {
		this.#entries = entries;
	}

	static async read(state: ChannelState, instanceId: string): Promise<Kept> {
		return new Kept(await state.list(instanceId, ''));
	}

	/** By what follows the prefix. */
	under<T>(prefix: string): Map<string, T> {
		const entries = this.#entries.filter((entry) => entry.key.startsWith(prefix));
		return new Map(entries.map((entry) => [entry.key.slice(prefix.length), entry.value as T]));
	}
}

export function deletion(key: string): ChannelStateChange {
	return { key, isDeleted: true };
}
