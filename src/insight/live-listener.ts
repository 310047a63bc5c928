/**
 * One who listens: what it is to be told, as a stream that its response reads. What it does not read in time is not queued without end: beyond the bound it
 * misses what comes, is told how much as soon as it reads again, and is let go when it does not.
 */
import { Readable } from 'node:stream';
import type { EncodeLive, LiveKind, LiveWish } from './live.ts';

/** What waits for one who reads slowly: some seconds of a busy gateway. */
const WAITING_BYTES_MAX = 512 * 1_024;
/** Then who does not read is let go. */
const STUCK_MS = 30_000;

/** What is the same for all who asked for the same. */
export interface Frame {
	readonly kind: LiveKind;
	readonly bytes: Buffer;
	/** How many deliveries or events are in it, and how many were left out. */
	readonly told: number;
}

export class LiveListener extends Readable {
	readonly wish: LiveWish;
	/** The same for all who wish for the same. */
	readonly key: string;
	readonly #encode: EncodeLive;
	readonly #missed = { deliveries: 0, events: 0 };
	#stuckSince: number | undefined;
	#isEnding = false;
	/** When it was last looked whether it may listen. */
	admittedAt: number;

	constructor(wish: LiveWish, encode: EncodeLive, now: number) {
		super({ highWaterMark: WAITING_BYTES_MAX, read: () => undefined });
		this.wish = wish;
		this.key = JSON.stringify([wish.kinds, wish.filter, wish.isOperator]);
		this.#encode = encode;
		this.admittedAt = now;
	}

	get isOver(): boolean {
		return this.destroyed || this.readableEnded || this.#isEnding;
	}

	/** Where there is room for it. */
	tell({ kind, bytes, told }: Frame, now: number): void {
		if (this.isOver) return;
		// One that is too long by itself is for whoever has read all that was before it.
		if (this.readableLength > 0 && this.readableLength + bytes.length > WAITING_BYTES_MAX) {
			this.#stuckSince ??= now;
			if (kind === 'deliveries' || kind === 'events') this.#missed[kind] += told;
			return;
		}
		this.#stuckSince = undefined;
		for (const missed of ['deliveries', 'events'] as const) {
			const skipped = this.#missed[missed];
			this.#missed[missed] = 0;
			if (skipped > 0) this.push(this.#encode({ kind: missed, items: [], skipped }));
		}
		this.push(bytes);
	}

	/** What belongs to the stream itself: a comment, a place. */
	say(line: string): void {
		if (!this.isOver && this.readableLength < WAITING_BYTES_MAX) this.push(`${line}\n\n`);
	}

	isStuck(now: number): boolean {
		return this.#stuckSince !== undefined && now - this.#stuckSince >= STUCK_MS;
	}

	/** The response ends when it has read what waits. */
	finish(): void {
		if (this.isOver) return;
		this.#isEnding = true;
		this.push(null);
	}
}
