/** What the gateway tells about itself, as the dialects get it. Times are epoch milliseconds. */
import type { Readable } from 'node:stream';
import type { LiveWish } from './live.ts';
import type { BacklogSample, Counts } from './series.ts';

export type FigureWindow = '15m' | '1h' | '24h' | '7d';

export interface Latency {
	readonly p50: number;
	readonly p95: number;
	readonly p99: number;
}

/** What was counted in one step of a window. */
export interface FigurePoint extends Counts {
	/** Where it begins. */
	readonly at: number;
	/** From event to delivered, without replays; undefined where nothing was delivered. */
	readonly latency?: Latency;
	/** The last sample in it; undefined where none was taken, and for one account. */
	readonly backlog?: BacklogSample;
}

export interface FiguresTold {
	readonly window: FigureWindow;
	readonly stepMs: number;
	/** Oldest first, without gaps; the last one is not over. */
	readonly points: readonly FigurePoint[];
	readonly totals: Counts & { readonly latency?: Latency };
	/** Of an account: in some of it more accounts were busy than are kept, and it was not among the busiest. */
	readonly isPartial: boolean;
}

export interface Figures {
	/** Of the gateway, all its processes together, or of one account. */
	figures(window: FigureWindow, accountId?: string): Promise<FiguresTold>;
}

export type AttentionKind =
	/** Its circuit is open: it is probed, and what is for it waits. */
	| 'webhook-failing'
	/** The gateway disabled it (its receiver answered 410), or a person did. */
	| 'webhook-disabled'
	| 'instance-disconnected'
	/** Given up; they can be replayed. */
	| 'dead-deliveries'
	/** The oldest delivery of a webhook that is neither disabled nor failing has been due for long. */
	| 'overdue-deliveries'
	/** What a phone told could not be worked out; it is kept, and tried again at the next start. */
	| 'observations-failed';

export type Severity = 'critical' | 'warning' | 'notice';

export interface AttentionItem {
	readonly kind: AttentionKind;
	readonly severity: Severity;
	/** Undefined where that is not known. */
	readonly since?: number;
	readonly accountId: string;
	readonly webhookId?: string;
	readonly instanceId?: string;
	/** How many, where they are counted; `countMax` of them may be more. */
	readonly count?: number;
	/** What else is known, in a word: an error class, a reason, the name of an instance. */
	readonly detail?: string;
}

export interface AttentionPage {
	/** Worst first, of the worst the instances that are disconnected; among equals the oldest. */
	readonly items: readonly AttentionItem[];
	readonly next?: string;
}

export interface Attention {
	/** What needs a person now. Throws invalid_request (cursor). */
	attention(of: { readonly accountId?: string; readonly limit: number; readonly cursor?: string }): Promise<AttentionPage>;
}

export interface Live {
	/** Throws streams_full, shutting_down. The stream ends by itself when the listener may not listen any more, or does not read. */
	listen(wish: LiveWish): Readable;
	/** Ends every stream. */
	close(): Promise<void>;
}

/** All of it, as the dialects get it. */
export interface Insight {
	readonly figures: Figures;
	readonly attention: Attention;
	readonly live: Live;
}
