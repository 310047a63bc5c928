/** What is kept for a time only, and how it goes. */

export interface Retention {
	/**
	 * Deletes settled deliveries (with their attempts) and events that are older than `before`, finished journal entries and answers to idempotent
	 * requests with them: up to `limit` rows. Answers how many; fewer than `limit` means that nothing is left for now.
	 */
	prune(before: number, limit: number): Promise<number>;
}
