/** Which rows a stretch of a chat is: by their numbers, which are given in the order of storing, and by time where a message that bounds it is gone. */
import type { StoredBetween } from '../../ports/messages.ts';

/** WhatsApp keeps what it could not deliver for 30 days: what was stored after a message was written no longer than that before it. */
const LATE_MAX_MS = 30 * 24 * 60 * 60_000;

/** Of the messages that bound it; undefined where there is none, or none any more. */
export interface BoundRow {
	readonly seq: number;
	readonly created_at: number;
}

export interface TranscriptBounds {
	/** Both included. */
	readonly since: number;
	readonly until: number;
	/** Excluded, included. */
	readonly afterSeq: number;
	readonly upToSeq: number;
}

export function transcriptBounds(stored: StoredBetween, after: BoundRow | undefined, upTo: BoundRow | undefined): TranscriptBounds {
	const beginning = stored.after === null ? 0 : stored.since;
	return {
		since: after ? after.created_at - LATE_MAX_MS : beginning,
		until: stored.upTo !== undefined && !upTo ? stored.until : Number.MAX_SAFE_INTEGER,
		afterSeq: after?.seq ?? 0,
		upToSeq: upTo?.seq ?? Number.MAX_SAFE_INTEGER,
	};
}
