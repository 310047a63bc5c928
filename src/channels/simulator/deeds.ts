/** Runs deeds one after the other: what a deed changed and what the gateway is told of it become durable in one write; where that fails, nothing happened. */
import { Serial } from '../../domain/serial.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Letters } from './letters.ts';
import type { Notebook } from './notebook.ts';
import { Deed, type Society } from './society.ts';

export interface DeedsParts {
	readonly clock: Clock;
	readonly society: Society;
	readonly notebook: Notebook;
	readonly letters: Letters;
	/** Who is in which group may have changed. */
	readonly onDone: () => void;
}

export class Deeds {
	readonly #parts: DeedsParts;
	readonly #serial = new Serial();

	constructor(parts: DeedsParts) {
		this.#parts = parts;
	}

	async run<T>(work: (deed: Deed) => T): Promise<T> {
		return await this.#serial.run('deeds', () => this.#run(work));
	}

	/** Makes durable what is unread, before somebody sees it. */
	async keepUnread(): Promise<void> {
		const { society, notebook } = this.#parts;
		const unread = society.unread.take();
		try {
			await notebook.put(unread.changes);
		} catch (error) {
			unread.giveBack();
			throw error;
		}
	}

	async #run<T>(work: (deed: Deed) => T): Promise<T> {
		const { clock, society, onDone } = this.#parts;
		const deed = new Deed(society, clock.now());
		const answer = await this.#kept(deed, work);
		for (const afterwards of deed.afterwards) afterwards();
		if (deed.afterwards.length > 0) await this.keepUnread();
		onDone();
		return answer;
	}

	async #kept<T>(deed: Deed, work: (deed: Deed) => T): Promise<T> {
		const { society, notebook, letters } = this.#parts;
		try {
			const answer = work(deed);
			const phones = [...deed.phones].map((phone) => ({ phone, changes: society.phones.unsaved(phone) }));
			const changes = [...society.changes(), ...phones.flatMap((one) => one.changes)];
			await letters.leave(deed.told, deed.at, (told) => notebook.put([...changes, ...told]));
			for (const one of phones) society.phones.saved(one.phone, one.changes);
			society.keep();
			return answer;
		} catch (error) {
			society.undo();
			throw error;
		}
	}
}
