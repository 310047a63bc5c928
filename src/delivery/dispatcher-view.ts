/** What is told of the dispatcher: a webhook's circuit to people, and the whole to metrics and `/ready`. */
import type { Line } from './line.ts';
import type { Lines } from './lines.ts';
import type { PaceLimits } from './pace.ts';
import type { CircuitView } from './services.ts';

export interface DispatcherSnapshot {
	/** Attempts under way. */
	readonly inFlight: number;
	/** Deliveries in memory whose attempt has not begun. */
	readonly inHand: number;
	/** Weight of all that is in memory. */
	readonly heldBytes: number;
	/** Webhooks by the state of their circuit; those of which nothing is known are closed. */
	readonly circuits: { readonly open: number; readonly recovering: number };
	/**
	 * Since when the longest-waiting delivery could go; undefined where nothing waits. What a webhook's own limits hold back (it is closed, paused, or
	 * has as much in flight as it may) waits for its receiver, not for the gateway.
	 */
	readonly oldestDueAt?: number;
}

export function viewOf({ circuit, pace }: Line, limits: PaceLimits, now: number): CircuitView {
	const { openSince, nextProbeAt, errorClass, failuresInARow } = circuit;
	return {
		state: circuit.isOpen ? 'open' : pace.isRecovering(limits) ? 'recovering' : 'closed',
		failuresInARow,
		concurrencyNow: circuit.isOpen ? 1 : pace.window(limits),
		...(openSince === undefined ? {} : { failingSince: openSince }),
		...(nextProbeAt === undefined ? {} : { nextProbeAt: Math.max(nextProbeAt, now) }),
		...(errorClass === undefined ? {} : { errorClass }),
		...(pace.pausedUntil > now ? { pausedUntil: pace.pausedUntil } : {}),
	};
}

export function snapshotOf(lines: Lines, now: number): DispatcherSnapshot {
	let [inHand, open, recovering, oldestDueAt] = [0, 0, 0, Number.POSITIVE_INFINITY];
	for (const line of lines.all()) {
		inHand += line.inHand;
		if (line.circuit.isOpen) open += 1;
		else if (line.pace.isRecovering(lines.limitsOf(line.webhookId))) recovering += 1;
		const isAtLimit = line.inFlight >= line.pace.window(lines.limitsOf(line.webhookId));
		if (lines.isClosed(line) || line.pace.readyAt() > now || isAtLimit) continue;
		oldestDueAt = Math.min(oldestDueAt, line.dueAt, line.inHandSince ?? Number.POSITIVE_INFINITY);
	}
	return {
		inFlight: lines.inFlight,
		inHand,
		heldBytes: lines.held.used,
		circuits: { open, recovering },
		...(oldestDueAt <= now ? { oldestDueAt } : {}),
	};
}
