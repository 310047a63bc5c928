/** Who hears how the store commits, so that its engine needs to know nothing of metrics. Called once a group, not once an operation. */
export interface StoreWatch {
	/** A group of operations became durable with one sync; `durationMs` is from its begin to the end of its commit. */
	groupCommitted(operations: number, durationMs: number): void;
	/** The store could not write: nothing of the group happened. */
	groupRefused(operations: number): void;
}
