/**
 * The live stream: one tail of the store for all who listen, and only while somebody does. Four times a second it reads what was committed since, by whatever
 * process, and tells it to each who asked for it; those who asked for the same get the same bytes. It reads no more than so much a turn, and says how much it
 * left out, so that what it costs does not grow with the load.
 *
 * A listener is *joining* until the next turn tells it where it is, and what came since the place that it was at before; then it is told what comes, until it
 * goes, does not read, may not listen any more, or the gateway stops.
 */
import { RecadoError } from '../errors.ts';
import type { Observer } from '../observe/observer.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { InsightReads } from '../ports/insight.ts';
import type { Peers } from '../ports/peers.ts';
import type { Sealer } from '../ports/secrets.ts';
import type { Store } from '../ports/store.ts';
import type { BacklogSampler } from './backlog-sampler.ts';
import { hintsOf, JobHints, SettingHints, type SettingsLog } from './hints.ts';
import type { EncodeLive, Hint, LiveWish } from './live.ts';
import { discreet, LivePlaces } from './live-discretion.ts';
import { framesOf, type Turn, wantsOf } from './live-frames.ts';
import { LiveListener } from './live-listener.ts';
import { LiveRates } from './live-rates.ts';
import { LiveTail, type Told } from './live-tail.ts';
import type { Tally } from './tally.ts';

const TURN_MS = 250;
/** After a turn that the store refused. */
const RETRY_MS = 1_000;
/** Turns between two figures, and two looks at settings and jobs. */
const SECOND = 4;
/** Turns over which hints are gathered: whoever hears of one asks for whole lists. */
const HINTS_EVERY = 2;
/** A stream without a word is cut by proxies, and nobody notices that it is dead. */
const HEARTBEAT_TURNS = 60;
/** Between two looks whether a listener still may listen. */
const ADMISSION_MS = 30_000;
/** Told to readers: how long they wait before they come again. */
const RETRY_LINE = 'retry: 2000';
const HEARTBEAT_LINE = ':';
/** Told with a refusal: a stream that was left is noticed about then. */
const RETRY_AFTER_SECONDS = 30;
const NOTHING: Told = { events: { items: [], leftOut: 0 }, deliveries: { items: [], leftOut: 0 } };

export interface LiveFeedParts {
	readonly store: { readonly insight: InsightReads; readonly jobs: Pick<Store['jobs'], 'list'> };
	/** What somebody changed. */
	readonly settings: SettingsLog;
	readonly tally: Tally;
	readonly backlog: BacklogSampler;
	readonly inFlight: () => number;
	readonly peers: Pick<Peers, 'members'>;
	readonly clock: Clock;
	readonly observer: Pick<Observer, 'background'>;
	readonly encode: EncodeLive;
	readonly sealer: Pick<Sealer, 'seal' | 'unseal'>;
	readonly listenersMax: number;
	/** Of these so many may be one credential's. */
	readonly listenersOfOneMax: number;
}

/** What is there while somebody listens. */
interface Running {
	readonly tail: LiveTail;
	readonly rates: LiveRates;
	readonly settings: SettingHints;
	readonly jobs: JobHints;
	/** Gathered since they were told. */
	hints: Hint[];
	turns: number;
	timer: Timer;
}

export class LiveFeed implements AsyncDisposable {
	readonly #parts: LiveFeedParts;
	readonly #places: LivePlaces;
	readonly #listeners = new Set<LiveListener>();
	readonly #joining = new Set<LiveListener>();
	#running: Running | undefined;
	#turning: Promise<void> = Promise.resolve();
	#isFailing = false;
	#isClosed = false;

	constructor(parts: LiveFeedParts) {
		this.#parts = parts;
		this.#places = new LivePlaces(parts.sealer);
	}

	/** Throws streams_full, streams_too_many and shutting_down. */
	listen(wish: LiveWish): LiveListener {
		const { clock, encode } = this.#parts;
		if (this.#isClosed) throw new RecadoError('shutting_down');
		this.#assertRoom(wish.credentialId);
		const listener = new LiveListener(wish, encode, clock.now());
		listener.say(RETRY_LINE);
		listener.once('close', () => this.#left(listener));
		this.#listeners.add(listener);
		this.#joining.add(listener);
		this.#running ??= this.#start();
		return listener;
	}

	/** Of the two limits a credential's own is told first: it can do something about it. */
	#assertRoom(credentialId: string): void {
		const { listenersMax, listenersOfOneMax } = this.#parts;
		const own = [...this.#listeners].filter(({ wish }) => wish.credentialId === credentialId).length;
		if (own >= listenersOfOneMax) {
			throw new RecadoError('streams_too_many', { details: { limit: listenersOfOneMax }, retryAfterSeconds: RETRY_AFTER_SECONDS });
		}
		if (this.#listeners.size >= listenersMax) throw new RecadoError('streams_full', { details: { limit: listenersMax } });
	}

	/** Ends every stream now. Safe when called twice. */
	async close(): Promise<void> {
		this.#isClosed = true;
		for (const listener of this.#listeners) listener.finish();
		this.#stop();
		await this.#turning;
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.close();
	}

	#left(listener: LiveListener): void {
		this.#listeners.delete(listener);
		this.#joining.delete(listener);
		if (this.#listeners.size === 0) this.#stop();
	}

	#start(): Running {
		const { store, settings, tally, clock } = this.#parts;
		const now = clock.now();
		return {
			tail: new LiveTail(store.insight),
			rates: new LiveRates(tally, now),
			settings: new SettingHints(settings, now),
			jobs: new JobHints(store.jobs),
			hints: [],
			turns: 0,
			timer: clock.schedule(0, () => this.#go()),
		};
	}

	#stop(): void {
		this.#running?.timer.cancel();
		this.#running = undefined;
	}

	#go(): void {
		const running = this.#running;
		if (!running) return;
		this.#turning = this.#turn(running).then((wasGood) => {
			if (this.#running === running) running.timer = this.#parts.clock.schedule(wasGood ? TURN_MS : RETRY_MS, () => this.#go());
		});
	}

	/** False where the store refused: what it would have told is told by the next. */
	async #turn(running: Running): Promise<boolean> {
		const now = this.#parts.clock.now();
		try {
			await this.#tell(running, now);
			this.#isFailing = false;
		} catch (error) {
			if (!this.#isFailing) this.#parts.observer.background('live.turn', error);
			this.#isFailing = true;
		}
		running.turns += 1;
		for (const listener of this.#listeners) this.#look(listener, running, now);
		return !this.#isFailing;
	}

	async #tell(running: Running, now: number): Promise<void> {
		const { tail } = running;
		const wishes = [...this.#listeners].map(({ wish }) => wish);
		await tail.want(wantsOf(wishes.flatMap(({ kinds }) => kinds)));
		for (const listener of [...this.#joining]) await this.#join(listener, running);
		const isSecond = running.turns % SECOND === 0;
		const wanted = new Set(wishes.flatMap(({ kinds }) => kinds));
		if (isSecond && wanted.has('changed')) running.hints.push(...(await running.settings.next(now)), ...(await running.jobs.next()));
		const figures = isSecond && wanted.has('figures') ? await this.#figures(running, wishes, now) : undefined;
		// Nothing is waited for from here on: what was read is told.
		const told = await tail.next(now);
		if (wanted.has('changed')) running.hints.push(...hintsOf(told.events));
		const hints = running.turns % HINTS_EVERY === 0 ? running.hints.splice(0) : [];
		this.#distribute({ told, hints, place: this.#places.seal(tail.place), ...(figures === undefined ? {} : { figures }) }, now);
	}

	/** What came while it was away, and where it is now. */
	async #join(listener: LiveListener, { tail }: Running): Promise<void> {
		const { wish } = listener;
		const after = wish.after === undefined ? undefined : this.#places.read(wish.after);
		const told = after === undefined ? NOTHING : await tail.since(after, wantsOf(wish.kinds));
		this.#joining.delete(listener);
		const turn: Turn = { told, hints: hintsOf(told.events), place: this.#places.seal(tail.place) };
		for (const frame of framesOf(wish, discreet(turn, wish), this.#parts.encode)) listener.tell(frame, this.#parts.clock.now());
		listener.say(`id: ${turn.place}`);
	}

	async #figures({ rates }: Running, wishes: readonly LiveWish[], now: number): Promise<NonNullable<Turn['figures']>> {
		const { backlog, inFlight, peers } = this.#parts;
		const accountIds = new Set(wishes.flatMap(({ filter }) => filter.accountId ?? []));
		const gateway = { inFlight: inFlight(), backlog: await backlog.recent() };
		const processes = peers.members.length;
		return { at: now, rates: rates.next(accountIds, now), processes, ...gateway };
	}

	/** Those who asked for the same get the same bytes. */
	#distribute(turn: Turn, now: number): void {
		const groups = Map.groupBy(this.#listeners, ({ key }) => key);
		for (const [, listeners] of groups) {
			const [first] = listeners;
			if (!first) continue;
			for (const frame of framesOf(first.wish, discreet(turn, first.wish), this.#parts.encode)) {
				for (const listener of listeners) if (!this.#joining.has(listener)) listener.tell(frame, now);
			}
		}
	}

	#look(listener: LiveListener, { turns }: Running, now: number): void {
		if (listener.isStuck(now)) listener.destroy();
		else if (turns % HEARTBEAT_TURNS === 0) listener.say(HEARTBEAT_LINE);
		if (now - listener.admittedAt < ADMISSION_MS) return;
		listener.admittedAt = now;
		void this.#admit(listener);
	}

	/** Where it cannot be found out it goes on until the next look. */
	async #admit(listener: LiveListener): Promise<void> {
		try {
			if (!(await listener.wish.isAdmitted())) listener.finish();
		} catch (error) {
			this.#parts.observer.background('live.admission', error);
		}
	}
}
