/**
 * Whom a message reaches, and when. In a chat of two that is one phone. In a group it is everybody else in it: a message is received when all have it,
 * read when all have read it, and a phone that is off, or reads nothing, keeps it from being so. A status reaches those of the address book who are
 * there: it is received, and read, with the first.
 */
import { contactsOf } from './address-book.ts';
import type { PhoneDelay, Phones } from './phones.ts';
import type { Society } from './society.ts';

export const STATUS_ADDRESS = 'status@broadcast';

type Delay = 'receivesAfterMs' | 'readsAfterMs';

export class Audience {
	readonly #phones: Phones;
	readonly #society: Society;

	constructor(society: Society) {
		this.#phones = society.phones;
		this.#society = society;
	}

	/** The phones behind an address: one, or all that a message to it is for. */
	of(address: string): readonly string[] {
		if (isPhone(address)) return [address];
		if (address === STATUS_ADDRESS) return contactsOf(this.#society);
		const group = this.#society.groups.get(address);
		return group === undefined ? [] : group.members.flatMap(({ phone }) => (phone === this.#society.self ? [] : phone));
	}

	/** Nobody is there to receive anything. */
	isEmpty(address: string): boolean {
		return !isPhone(address) && this.of(address).length === 0;
	}

	/** Whether nothing is received for now. */
	isOff(address: string): boolean {
		return this.#delay(address, 'receivesAfterMs') === null;
	}

	isRead(address: string): boolean {
		return this.#delay(address, 'readsAfterMs') !== null;
	}

	/** Those who answer a message. */
	answering(address: string): readonly string[] {
		if (isPhone(address)) return this.#phones.part(address, 'repliesWith') === null ? [] : [address];
		if (!address.endsWith('-group')) return [];
		return this.of(address).filter(
			(phone) => this.#phones.part(phone, 'answersInGroups') && this.#phones.part(phone, 'repliesWith') !== null,
		);
	}

	/** When the next thing happens to a message whose last step was at `since`; null: it does not. */
	dueAt(address: string, delay: PhoneDelay, since: number): number | null {
		if (isPhone(address)) return this.#phones.dueAt(address, delay, since);
		if (delay === 'answersAfterMs') return this.#latest(this.answering(address), delay, since);
		const phones = this.of(address);
		return address === STATUS_ADDRESS ? this.#earliest(phones, delay, since) : this.#latest(phones, delay, since);
	}

	#delay(address: string, delay: Delay): number | null {
		if (isPhone(address)) return this.#phones.part(address, delay);
		const delays = this.of(address).map((phone) => this.#phones.part(phone, delay));
		const counts = address === STATUS_ADDRESS ? delays.some((one) => one !== null) : delays.every((one) => one !== null);
		return counts ? 0 : null;
	}

	#latest(phones: readonly string[], delay: PhoneDelay, since: number): number | null {
		let latest: number | null = since;
		for (const phone of phones) {
			const at = this.#phones.dueAt(phone, delay, since);
			if (at === null) return null;
			latest = Math.max(latest, at);
		}
		return latest;
	}

	#earliest(phones: readonly string[], delay: PhoneDelay, since: number): number | null {
		let earliest: number | null = null;
		for (const phone of phones) {
			const at = this.#phones.dueAt(phone, delay, since);
			if (at !== null && (earliest === null || at < earliest)) earliest = at;
		}
		return earliest;
	}
}

/** Digits: a person's phone. Called for each step of each message, so it looks at the end alone: addresses of other kinds end in a letter. */
export function isPhone(address: string): boolean {
	const last = address.charCodeAt(address.length - 1);
	return last >= 48 && last <= 57;
}
