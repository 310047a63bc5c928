/**
 * Whether anything in the journal of an instance waits for its message. Nearly always nothing does, and each message asks. One process owns the file, so
 * whatever begins to wait comes by here, when it is applied: no read comes in between, because a group is written in one go.
 */
import type { Change } from '../../../ports/changes.ts';

/** Where more instances than this are asked about, it begins anew. */
const INSTANCES_MAX = 10_000;

export class WaitingInstances {
	readonly #known: Map<string, boolean> = new Map();

	has(instanceId: string, read: () => boolean): boolean {
		const known = this.#known.get(instanceId);
		if (known !== undefined) return known;
		const found = read();
		if (this.#known.size >= INSTANCES_MAX) this.#known.clear();
		this.#known.set(instanceId, found);
		return found;
	}

	/** To be called where the change is applied. */
	noteChange(change: Change): void {
		if (change.kind === 'journal.insert' && change.entry.state === 'waiting') this.#known.delete(change.entry.instanceId);
		// It does not say of which instance: the last one that waited may be done.
		else if (change.kind === 'journal.settle') this.#known.clear();
	}
}
