/** How many deliveries a filter meets, as far as a person needs it before sending them all again: counted by reading their lists, and bounded as these are. */
import { setImmediate } from 'node:timers/promises';
import type { DeliveryState } from '../../domain/delivery.ts';
import { DELIVERIES_LOOKED_AT_MAX, type DeliveryFilter, type DeliveryReads } from '../../ports/deliveries.ts';

/** More are not counted: beyond it nobody decides otherwise. */
export const DELIVERIES_COUNTED_MAX = 1_000;
/** Read in one go; between two of them the embedded store does what else there is to do. */
const PAGE = 200;

export interface DeliveryCount {
	readonly count: number;
	/** There may be more: as many were counted, or looked at, as are at most. */
	readonly isAtLeast: boolean;
}

/** One state after the other: what is left of the bounds is left for the next. */
export async function countDeliveries(
	deliveries: Pick<DeliveryReads, 'list'>,
	filter: Omit<DeliveryFilter, 'state'>,
	states: readonly DeliveryState[],
): Promise<DeliveryCount> {
	let [count, scanned] = [0, 0];
	for (const state of states) {
		let cursor: string | undefined;
		do {
			if (count >= DELIVERIES_COUNTED_MAX || scanned >= DELIVERIES_LOOKED_AT_MAX) return { count, isAtLeast: true };
			const limit = Math.min(PAGE, DELIVERIES_COUNTED_MAX - count);
			const page = await deliveries.list({ ...filter, state }, { limit, ...(cursor === undefined ? {} : { cursor }) });
			count += page.items.length;
			scanned += page.scanned ?? 0;
			cursor = page.next;
			await setImmediate();
		} while (cursor !== undefined);
	}
	return { count, isAtLeast: false };
}
