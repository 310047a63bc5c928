/** The phone book of an instance's simulated WhatsApp: how each phone is spelled and behaves. What nobody chose follows the defaults. */
import { phoneKey, phoneSpellings } from '../../domain/phone.ts';
import type { ChannelStateChange, InboundParty } from '../../ports/channel.ts';
import type { PhoneBehaviour } from '../../ports/simulator.ts';
import { chance } from './chance.ts';
import { inventedName, lidOf } from './people.ts';
import { PHONE_PREFIX, type PhoneRecord } from './records.ts';

/** A friendly customer: soon there, reads, and answers. `{message}` is what was read, in a few words. */
const FRIENDLY_CUSTOMER: Habits = {
	onWhatsApp: true,
	receivesAfterMs: 300,
	readsAfterMs: 700,
	repliesWith: 'Olá! Recebi sua mensagem: "{message}"',
};

/** From having read to having answered: somebody types. */
const ANSWERS_AFTER_MS = 1_000;

/** Delays that nobody chose vary by up to this part of themselves, so that phones do not act in step. */
const JITTER = 0.2;

type Habits = Omit<PhoneBehaviour, 'name'>;

export type PhoneDelay = 'receivesAfterMs' | 'readsAfterMs' | 'answersAfterMs';

export class Phones {
	readonly #seed: number | string;
	readonly #usual: Habits & { readonly name?: string };
	/** One small record a phone that was ever heard of: grows with the contacts, not with the traffic. */
	readonly #records: Map<string, PhoneRecord>;
	readonly #unsaved: Map<string, PhoneRecord> = new Map();

	constructor(options: { seed: number | string; defaults: Partial<PhoneBehaviour>; records: Map<string, PhoneRecord> }) {
		this.#seed = options.seed;
		this.#usual = { ...FRIENDLY_CUSTOMER, ...options.defaults };
		this.#records = options.records;
	}

	/** How WhatsApp spells a number: as it was first written; for one it never heard of, as it is written now. */
	spelling(written: string): string {
		return this.#records.get(phoneKey(written))?.spelling ?? written;
	}

	behaviour(phone: string): PhoneBehaviour {
		return { name: inventedName(phone), ...this.#usual, ...this.#records.get(phone)?.chosen };
	}

	/** One part of it. */
	part<K extends keyof Habits>(phone: string, part: K): Habits[K] {
		const chosen: Habits[K] | undefined = this.#records.get(phone)?.chosen[part];
		return chosen === undefined ? this.#usual[part] : chosen;
	}

	/** Notes that a number is in use, and the name its owner goes by. What is new in that is `unsaved`. */
	register(written: string, name?: string): void {
		const phone = phoneKey(written);
		const record = this.#records.get(phone);
		const hasNewName = name !== undefined && name !== this.behaviour(phone).name;
		const hasNewSpelling = record === undefined && phoneSpellings(written).length > 1;
		if (!hasNewName && !hasNewSpelling) return;
		this.#set(phone, {
			spelling: record?.spelling ?? written,
			chosen: { ...record?.chosen, ...(hasNewName && { name }) },
			changedAt: record?.changedAt ?? 0,
		});
	}

	/** Changes how a phone behaves from now on. */
	change(written: string, change: Partial<PhoneBehaviour>, now: number): void {
		const phone = phoneKey(written);
		const record = this.#records.get(phone);
		this.#set(phone, { spelling: record?.spelling ?? written, chosen: { ...record?.chosen, ...change }, changedAt: now });
	}

	/** What is to be written down of a phone; call `saved` with it when it is durable. Where writing fails, it stays unsaved and goes with what is written next. */
	unsaved(phone: string): readonly ChannelStateChange[] {
		const record = this.#unsaved.get(phone);
		return record === undefined ? [] : [{ key: `${PHONE_PREFIX}${phone}`, value: record }];
	}

	saved(phone: string, changes: readonly ChannelStateChange[]): void {
		const record = this.#unsaved.get(phone);
		if (changes.some((change) => 'value' in change && change.value === record)) this.#unsaved.delete(phone);
	}

	/**
	 * When a phone does its next thing with a message whose last step was at `since`; null: it does not. A delay that somebody chose for
	 * this phone is kept exactly.
	 */
	dueAt(phone: string, delay: PhoneDelay, since: number): number | null {
		const record = this.#records.get(phone);
		const delayMs = delay === 'answersAfterMs' ? ANSWERS_AFTER_MS : this.part(phone, delay);
		if (delayMs === null) return null;
		const isChosen = delay !== 'answersAfterMs' && record?.chosen[delay] !== undefined;
		const jitterMs = isChosen ? 0 : Math.floor(delayMs * JITTER * chance(this.#seed, phone, delay, since));
		return Math.max(since + delayMs + jitterMs, record?.changedAt ?? 0);
	}

	party(phone: string): InboundParty {
		const lid = lidOf(phone);
		return {
			aliases: [
				{ kind: 'phone', value: phone },
				{ kind: 'lid', value: lid },
			],
			phone: this.spelling(phone),
			name: this.behaviour(phone).name,
			lid,
		};
	}

	#set(phone: string, record: PhoneRecord): void {
		this.#records.set(phone, record);
		this.#unsaved.set(phone, record);
	}
}
