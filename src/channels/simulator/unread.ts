/**
 * What is unread on the instance's side, chat by chat. It changes with every message that comes in, so it is not written down with each: whoever looks
 * at it has it written first (so nobody sees a count go back after a crash), and the end of a process writes the rest.
 */
import type { ChannelStateChange } from '../../ports/channel.ts';
import { UNREAD_PREFIX, type UnreadRecord } from './society-records.ts';

/** Unread messages of a chat that are remembered by id; older ones are counted. In memory there may be up to twice as many, so that not each one that comes moves the others. */
const IDS_MAX = 32;

interface Tally {
	ids: string[];
	more: number;
	lastAt: number;
}

export class Unread {
	readonly #tallies: Map<string, Tally>;
	#unsaved: Set<string> = new Set();

	constructor(records: Map<string, UnreadRecord>) {
		this.#tallies = new Map([...records].map(([address, { ids, ...rest }]) => [address, { ids: [...ids], ...rest }]));
	}

	count(address: string): number {
		const tally = this.#tallies.get(address);
		return tally === undefined ? 0 : tally.ids.length + tally.more;
	}

	/** When somebody last wrote in a chat; undefined: nobody ever did. */
	lastAt(address: string): number | undefined {
		return this.#tallies.get(address)?.lastAt;
	}

	/** A message that was not there before. */
	arrived(address: string, whatsappId: string, at: number): void {
		const tally = this.#changed(address);
		tally.ids.push(whatsappId);
		tally.lastAt = at;
		if (tally.ids.length > 2 * IDS_MAX) tally.more += tally.ids.splice(0, tally.ids.length - IDS_MAX).length;
	}

	/** Whoever reads a message has read those before it. One that is not unread changes nothing. */
	readUpTo(address: string, whatsappId: string): void {
		const tally = this.#tallies.get(address);
		const place = tally?.ids.indexOf(whatsappId) ?? -1;
		if (place < 0) return;
		const changed = this.#changed(address);
		changed.ids.splice(0, place + 1);
		changed.more = 0;
	}

	readAll(address: string): void {
		if (this.count(address) === 0) return;
		const tally = this.#changed(address);
		tally.ids = [];
		tally.more = 0;
	}

	/** Something was said that nobody has to read. */
	said(address: string, at: number): void {
		this.#changed(address).lastAt = at;
	}

	/** What is not written down yet; where writing it fails, give it back. */
	take(): { readonly changes: readonly ChannelStateChange[]; giveBack(): void } {
		const taken = this.#unsaved;
		this.#unsaved = new Set();
		const changes = [...taken].map((address) => ({ key: UNREAD_PREFIX + address, value: this.#recordOf(address) }));
		return {
			changes,
			giveBack: () => {
				for (const address of taken) this.#unsaved.add(address);
			},
		};
	}

	#recordOf(address: string): UnreadRecord {
		const { ids, more, lastAt } = this.#tallies.get(address) ?? { ids: [], more: 0, lastAt: 0 };
		const forgotten = Math.max(0, ids.length - IDS_MAX);
		return { ids: ids.slice(forgotten), more: more + forgotten, lastAt };
	}

	#changed(address: string): Tally {
		this.#unsaved.add(address);
		const known = this.#tallies.get(address);
		if (known !== undefined) return known;
		const tally = { ids: [], more: 0, lastAt: 0 };
		this.#tallies.set(address, tally);
		return tally;
	}
}
