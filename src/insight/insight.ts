/** Builds what tells of the gateway: what counts was made before, with the observer; here is what keeps, reads and streams it. */
import type { Webhook } from '../domain/webhook.ts';
import type { Observer } from '../observe/observer.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Sealer } from '../ports/secrets.ts';
import type { Store } from '../ports/store.ts';
import { AttentionList } from './attention.ts';
import { BacklogSampler } from './backlog-sampler.ts';
import { FigureKeeper } from './figure-keeper.ts';
import { FigureReader } from './figures.ts';
import type { SettingsLog } from './hints.ts';
import type { EncodeLive } from './live.ts';
import { LiveFeed } from './live-feed.ts';
import type { Insight } from './services.ts';
import type { Tally } from './tally.ts';

export interface InsightParts {
	readonly tally: Tally;
	readonly store: Store;
	readonly outbox: Outbox;
	/** All there are, as this process knows them. */
	readonly webhooks: () => Iterable<Webhook>;
	/** Attempts under way. */
	readonly inFlight: () => number;
	readonly settings: SettingsLog;
	readonly encode: EncodeLive;
	readonly sealer: Sealer;
	readonly clock: Clock;
	readonly ids: Ids;
	readonly observer: Observer;
	readonly options: InsightOptions;
}

export interface InsightOptions {
	/** Live streams served at once. */
	readonly streamsMax: number;
	/** Of one credential. */
	readonly streamsOfOneMax: number;
}

export interface BuiltInsight extends Insight {
	/** Start it; what it counted last is written when it is disposed. */
	readonly keeper: FigureKeeper;
	readonly live: LiveFeed;
}

export function createInsight(parts: InsightParts): BuiltInsight {
	const { store, clock, ids, options } = parts;
	const process = ids.nextToken();
	const backlog = new BacklogSampler({ store, clock });
	const { peers } = store;
	const keeper = new FigureKeeper({ ...parts, process, peers, backlog: () => backlog.sample() });
	return {
		keeper,
		figures: new FigureReader({ store, process, held: () => keeper.held, clock }),
		attention: new AttentionList(parts),
		live: new LiveFeed({ ...parts, peers, backlog, listenersMax: options.streamsMax, listenersOfOneMax: options.streamsOfOneMax }),
	};
}
