/** A scenario: one kind of fault, what is promised under it, and how it is brought about. It answers the lines of the ledger's table. */
import type { Random } from '../../src/ports/clock.ts';
import type { Figures } from './ledger.ts';

export interface Scenario {
	readonly name: string;
	/** One sentence for the table of docs/reliability.md. */
	readonly promise: string;
	run(context: Context): Promise<readonly Line[]>;
}

export interface Context {
	readonly random: Random;
	/** Part of every test run, or the whole that takes minutes. */
	readonly size: 'quick' | 'whole';
}

export interface Line extends Figures {
	readonly fault: string;
	/** How often the fault was brought about. */
	readonly rounds: number;
	readonly peakMiB: number;
	readonly seconds: number;
	/** What went wrong, in words; empty where everything was kept. */
	readonly faults: readonly string[];
	/** Why it could not be tried here. */
	readonly skipped?: string;
}

/** So many rounds, by how much is wanted. */
export function rounds(context: Context, { quick, whole }: { readonly quick: number; readonly whole: number }): number {
	return context.size === 'quick' ? quick : whole;
}

/** A whole number from `min` to `max`, both included. */
export function between(random: Random, min: number, max: number): number {
	return min + Math.floor(random.next() * (max - min + 1));
}

export function skippedLine(fault: string, why: string): Line {
	return {
		fault,
		rounds: 0,
		accepted: 0,
		arrived: 0,
		duplicates: 0,
		outOfOrder: 0,
		lost: 0,
		peakMiB: 0,
		seconds: 0,
		faults: [],
		skipped: why,
	};
}
