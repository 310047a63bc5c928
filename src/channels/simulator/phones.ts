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
	answersInGroups: false,
	mayBeAdded: true,
	hidesNumber: false,
};

/** WhatsApp's own words for who never said anything of themselves. */
export const USUAL_ABOUT = 'Olá! Eu estou usando o WhatsApp.';

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
	/** Of those that were asked for: each message of a phone tells its LID, and to work it out costs a hash. */
	readonly #lids: Map<string, string> = new Map();

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
		return { name: this.nameOf(phone), ...this.#usual, ...this.#records.get(phone)?.chosen };
	}

	nameOf(phone: string): string {
		return this.#records.get(phone)?.chosen.name ?? this.#usual.name ?? inventedName(phone);
	}

	lidOf(phone: string): string {
		const known = this.#lids.get(phone);
		if (known !== undefined) return known;
		const lid = lidOf(phone);
		this.#lids.set(phone, lid);
		return lid;
	}

	/** One part of it. */
	part<K extends keyof Habits>(phone: string, part: K): Habits[K] {
		const chosen: Habits[K] | undefined = this.#records.get(phone)?.chosen[part];
		return chosen === undefined ? this.#usual[part] : chosen;
	}

	/** What its owner shows of themselves. */
	profile(phone: string): { readonly about: string; readonly photoUrl?: string } {
		const { about = USUAL_ABOUT, photoUrl } = this.#records.get(phone) ?? {};
		return { about, ...(photoUrl !== undefined && { photoUrl }) };
	}

	isKnown(phone: string): boolean {
		return this.#records.has(phone);
	}

	/** Every phone that is set or spelled, or that wrote. */
	known(): MapIterator<[string, PhoneRecord]> {
		return this.#records.entries();
	}

	/** The phone behind a LID, where it was ever heard of. */
	ofLid(lid: string): string | undefined {
		for (const phone of this.#records.keys()) if (this.lidOf(phone) === lid) return phone;
		return undefined;
	}

	/** Its owner wrote to the instance: they are among its contacts from now on. */
	hasWritten(written: string): void {
		const phone = phoneKey(written);
		const record = this.#records.get(phone);
		if (record?.hasWritten !== true) this.#set(phone, { spelling: written, chosen: {}, changedAt: 0, ...record, hasWritten: true });
	}

	changeProfile(written: string, change: { readonly name?: string; readonly about?: string; readonly photoUrl?: string }): void {
		const phone = phoneKey(written);
		const { name, ...shown } = change;
		const record = { spelling: written, chosen: {}, changedAt: 0, ...this.#records.get(phone) };
		this.#set(phone, { ...record, ...shown, chosen: name === undefined ? record.chosen : { ...record.chosen, name } });
	}

	/** Notes that a number is in use, and the name its owner goes by. What is new in that is `unsaved`. */
	register(written: string, name?: string): void {
		const phone = phoneKey(written);
		const record = this.#records.get(phone);
		const hasNewName = name !== undefined && name !== this.nameOf(phone);
		const hasNewSpelling = record === undefined && phoneSpellings(written).length > 1;
		if (!hasNewName && !hasNewSpelling) return;
		this.#set(phone, { spelling: written, changedAt: 0, ...record, chosen: { ...record?.chosen, ...(hasNewName && { name }) } });
	}

	/** Changes how a phone behaves from now on. */
	change(written: string, change: Partial<PhoneBehaviour>, now: number): void {
		const phone = phoneKey(written);
		const record = this.#records.get(phone);
		this.#set(phone, { spelling: written, ...record, chosen: { ...record?.chosen, ...change }, changedAt: now });
	}

	/** What is to be written down of a phone; call `saved` with it when it is durable. Where writing fails, it stays unsaved and goes with what is written next. */
	unsaved(phone: string): readonly ChannelStateChange[] {
		const record = this.#unsaved.get(phone);
		return record === undefined ? [] : [{ key: `${PHONE_PREFIX}${phone}`, value: record }];
	}

	isUnsaved(phone: string): boolean {
		return this.#unsaved.has(phone);
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

	/** What a chat with it is called by: its number, or its LID where its owner hides the number. */
	shownAs(phone: string): string {
		return this.part(phone, 'hidesNumber') ? this.lidOf(phone) : this.spelling(phone);
	}

	party(phone: string): InboundParty {
		const lid = this.lidOf(phone);
		const { photoUrl } = this.profile(phone);
		const number = this.part(phone, 'hidesNumber') ? [] : [{ kind: 'phone' as const, value: phone }];
		return {
			aliases: [...number, { kind: 'lid', value: lid }],
			phone: this.shownAs(phone),
			name: this.nameOf(phone),
			lid,
			...(photoUrl !== undefined && { photoUrl }),
		};
	}

	#set(phone: string, record: PhoneRecord): void {
		this.#records.set(phone, record);
		this.#unsaved.set(phone, record);
	}
}
