/**
 * Writes an instance's channel state: what is put down in the same turn, or while a write is under way, goes as one write. Writes follow
 * each other, so what was put down earlier is durable earlier.
 */
import { RecadoError } from '../../errors.ts';
import type { ChannelState, ChannelStateChange } from '../../ports/channel.ts';

export class Notebook {
	readonly #state: ChannelState;
	readonly #instanceId: string;
	#pages: Page[] = [];
	#writing: Promise<void> | undefined;
	#isClosed = false;

	constructor(state: ChannelState, instanceId: string) {
		this.#state = state;
		this.#instanceId = instanceId;
	}

	/**
	 * Resolves when the changes are durable. Where the store fails, all that went into the same write is rejected, and none of it happened. Throws
	 * shutting_down where it is closed: what is written is read by another one from then on.
	 */
	async put(changes: readonly ChannelStateChange[]): Promise<void> {
		if (changes.length === 0) return;
		if (this.#isClosed) throw new RecadoError('shutting_down');
		const page = { changes, done: Promise.withResolvers<void>() };
		this.#pages.push(page);
		this.#writing ??= this.#write();
		await page.done.promise;
	}

	/** Takes nothing more, and waits for the writes under way. */
	async [Symbol.asyncDispose](): Promise<void> {
		this.#isClosed = true;
		await this.#writing;
	}

	async #write(): Promise<void> {
		// One turn of the microtask queue: what the same turn puts down goes along.
		await Promise.resolve();
		while (this.#pages.length > 0) {
			const pages = this.#pages;
			this.#pages = [];
			try {
				await this.#state.write(this.#instanceId, lastOfEachKey(pages));
				for (const page of pages) page.done.resolve();
			} catch (error) {
				for (const page of pages) page.done.reject(error);
			}
		}
		this.#writing = undefined;
	}
}

interface Page {
	readonly changes: readonly ChannelStateChange[];
	readonly done: PromiseWithResolvers<void>;
}

function lastOfEachKey(pages: readonly Page[]): readonly ChannelStateChange[] {
	const changes = new Map<string, ChannelStateChange>();
	for (const page of pages) for (const change of page.changes) changes.set(change.key, change);
	return [...changes.values()];
}
