/** How long a claim takes in a store that no gateway has open: through the store port, as the dispatcher does it, in a process of its own. */
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import { systemClock } from '../../src/system/system-clock.ts';
import { answerOrders } from './child.ts';
import { median, round } from './percentiles.ts';

export interface ClaimOrder {
	readonly file: string;
	/** Everything is looked at as if it were this much later: what waits for its next attempt is due then. */
	readonly laterMs: number;
}

export interface ClaimTimes {
	/** Of one claim, the median. */
	readonly claimMs: number;
	/** To find out which webhooks have work: once a start. */
	readonly dueWebhooksMs: number;
	/** Deliveries taken by all claims. */
	readonly taken: number;
}

const CLAIMS = 20;
/** As many as the dispatcher has room for, of each webhook. */
const ROOM_PER_WEBHOOK = 32;
const BYTES_MAX = 64 * 1_048_576;

answerOrders<ClaimOrder>(async ({ file, laterMs }): Promise<ClaimTimes> => {
	await using store = new SqliteStore({ file, clock: systemClock });
	await store.open();
	const lookedAt = performance.now();
	const due = await store.deliveries.dueWebhooks();
	const dueWebhooksMs = round(performance.now() - lookedAt);
	const wants = new Map([...due.keys()].map((webhookId) => [webhookId, ROOM_PER_WEBHOOK]));
	const times: number[] = [];
	let taken = 0;
	for (let n = 0; n < CLAIMS; n += 1) {
		const startedAt = performance.now();
		const claimed = await store.deliveries.claimDue({ now: systemClock.now() + laterMs, wants, bytesMax: BYTES_MAX });
		times.push(performance.now() - startedAt);
		taken += claimed.deliveries.length;
	}
	return { claimMs: round(median(times)), dueWebhooksMs, taken };
});
