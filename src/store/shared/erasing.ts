/** One batch of an erasure. */
import type { ErasureRules } from '../../ports/personal-data.ts';

export interface Erasing {
	/** How many records at most. */
	readonly limit: number;
	readonly at: number;
	readonly rules: ErasureRules;
}

export interface AboutErased {
	readonly erased: number;
	/** Something is being sent this moment. */
	readonly isWaiting: boolean;
	readonly webhookIds: readonly string[];
}
