/** Figures over a real store, by a clock that the test owns: processes that count, and what is read of them. */
import { countingObserver } from '../../src/insight/counting-observer.ts';
import { FigureKeeper } from '../../src/insight/figure-keeper.ts';
import { FigureReader } from '../../src/insight/figures.ts';
import type { BacklogSample } from '../../src/insight/series.ts';
import { Tally } from '../../src/insight/tally.ts';
import { type Observer, silentObserver } from '../../src/observe/observer.ts';
import type { Outbox } from '../../src/ports/outbox.ts';
import type { Store } from '../../src/ports/store.ts';
import { unit } from '../suites/store-fixtures.ts';
import { openSqlite } from '../suites/store-on-sqlite.ts';
import type { FakeClock } from '../support/fake-clock.ts';

export interface CountingProcess extends AsyncDisposable {
	readonly observer: Observer;
	readonly figures: FigureReader;
	readonly keeper: FigureKeeper;
}

export interface FigureRig extends AsyncDisposable {
	readonly store: Store;
	readonly clock: FakeClock;
	/** What the store has waiting, where it is asked. */
	backlog: BacklogSample;
	/** Every commit is refused while this is so. */
	isRefusing: boolean;
	readonly background: string[];
	process(name: string): CountingProcess;
}

export async function startFigures(): Promise<FigureRig> {
	const opened = await openSqlite();
	const { store, clock } = opened;
	const outbox: Outbox = {
		commit: async ({ changes }) => {
			if (rig.isRefusing) throw new Error('refused');
			await store.commit(unit({ changes }));
			return undefined;
		},
	};
	const rig: FigureRig = {
		store,
		clock,
		backlog: { pending: 0, sending: 0, dead: 0, oldestWaitingMs: 0 },
		isRefusing: false,
		background: [],
		process(name) {
			const tally = new Tally(clock.now());
			const observer = { ...silentObserver, background: (where: string) => void rig.background.push(where) };
			const parts = { tally, process: name, store, outbox, peers: store.peers, clock, observer };
			const keeper = new FigureKeeper({ ...parts, backlog: async () => rig.backlog });
			keeper.start();
			return {
				keeper,
				observer: countingObserver(silentObserver, tally),
				figures: new FigureReader({ store, process: name, held: () => keeper.held, clock }),
				[Symbol.asyncDispose]: () => keeper[Symbol.asyncDispose](),
			};
		},
		[Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
	};
	return rig;
}
