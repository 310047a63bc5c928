/** What a turn of the live stream says to whoever wished for this: what fits, as bytes. */

import { CHANGED, type EncodeLive, fitsDelivery, fitsEvent, type Hint, type LiveKind, type LiveMessage, type LiveWish } from './live.ts';
import type { Frame } from './live-listener.ts';
import type { Told, Wants } from './live-tail.ts';
import type { BacklogSample, Counts } from './series.ts';

/** One turn. */
export interface Turn {
	readonly told: Told;
	/** Gathered over some turns; none in most. */
	readonly hints: readonly Hint[];
	/** Where whoever was told all this is. */
	readonly place: string;
	readonly figures?: {
		readonly at: number;
		/** By account; of the gateway by the empty one. */
		readonly rates: ReadonlyMap<string, Counts>;
		readonly processes: number;
		readonly inFlight: number;
		readonly backlog: BacklogSample | undefined;
	};
}

/** With more, who hears of it looks at all. */
const IDS_MAX = 50;

/** What has to be read for these. */
export function wantsOf(kinds: readonly LiveKind[]): Wants {
	return { events: kinds.includes('events') || kinds.includes('changed'), deliveries: kinds.includes('deliveries') };
}

export function framesOf(wish: LiveWish, turn: Turn, encode: EncodeLive): readonly Frame[] {
	return wish.kinds.flatMap((kind) => messagesOf(kind, wish, turn)).map((message) => frameOf(message, turn.place, encode));
}

function messagesOf(kind: LiveKind, wish: LiveWish, turn: Turn): readonly LiveMessage[] {
	switch (kind) {
		case 'deliveries': {
			const { items, leftOut: skipped } = turn.told.deliveries;
			const fitting = items.filter((delivery) => fitsDelivery(wish.filter, delivery));
			return fitting.length + skipped === 0 ? [] : [{ kind, items: fitting, skipped }];
		}
		case 'events': {
			const { items, leftOut: skipped } = turn.told.events;
			const fitting = items.filter((event) => fitsEvent(wish.filter, event));
			return fitting.length + skipped === 0 ? [] : [{ kind, items: fitting, skipped }];
		}
		case 'figures':
			return figuresOf(wish.filter.accountId, turn.figures);
		case 'changed':
			return changesOf(wish, turn.hints);
	}
}

function figuresOf(accountId: string | undefined, figures: Turn['figures']): readonly LiveMessage[] {
	const perSecond = figures?.rates.get(accountId ?? '');
	// None in this turn; or of one who came while they were read.
	if (!figures || !perSecond) return [];
	const { at, processes, inFlight, backlog } = figures;
	const told = { at, perSecond, processes };
	const gateway = { inFlight, ...(backlog === undefined ? {} : { backlog }) };
	return [{ kind: 'figures', figures: accountId === undefined ? { ...told, ...gateway } : told }];
}

function changesOf({ filter: { accountId }, isOperator }: LiveWish, hints: readonly Hint[]): readonly LiveMessage[] {
	const heard = hints.filter((hint) => accountId === undefined || hint.accountId === undefined || hint.accountId === accountId);
	return CHANGED.flatMap((what): readonly LiveMessage[] => {
		// Of what is of no account, or of one that is not known, who is of one hears that it changed, and not what it is.
		const of = heard
			.filter((hint) => hint.what === what)
			.map((hint) => (accountId !== undefined && hint.accountId === undefined ? { ...hint, id: undefined } : hint));
		if (of.length === 0) return [];
		// Which chat it is would tell operators of chats that they may not see.
		if (isOperator) return what === 'desk' ? [{ kind: 'changed', what, ids: [] }] : [];
		return [{ kind: 'changed', what, ids: idsOf(of) }];
	});
}

/** None, where it is not known of one which it is, or where there are many. */
function idsOf(hints: readonly Hint[]): readonly string[] {
	const ids = new Set(hints.map(({ id }) => id));
	return ids.has(undefined) || ids.size > IDS_MAX ? [] : [...ids].filter((id) => id !== undefined);
}

function frameOf(message: LiveMessage, place: string, encode: EncodeLive): Frame {
	const isNumbered = message.kind === 'deliveries' || message.kind === 'events';
	const bytes = Buffer.from(encode(message, isNumbered ? place : undefined));
	return { kind: message.kind, bytes, told: isNumbered ? message.items.length + message.skipped : 0 };
}
