/**
 * The numbers of the gateway, in a registry of its own so that two gateways in one process (tests) do not mix theirs. Counters and histograms
 * are fed by the `Observer`; gauges ask their source when somebody reads `/metrics`. Labels have few values: never an id.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Registry } from 'prom-client';
import { Histogram } from './histogram.ts';

/** What waits in the store, as the delivery reads of the store port answer it. */
export interface Backlog {
	readonly pending: number;
	readonly sending: number;
	readonly dead: number;
}

/** What the dispatcher is doing. */
export interface Dispatching {
	/** Attempts under way. */
	readonly inFlight: number;
	/** Deliveries that this process holds, those in flight included, and what they take of the memory budget. */
	readonly inHand: number;
	readonly heldBytes: number;
	/** Webhooks by the state of their circuit. */
	readonly circuits: { readonly closed: number; readonly open: number; readonly recovering: number };
	/** Since when the oldest delivery has been due that nothing but our own pace holds up; undefined where none is due. */
	readonly oldestDueAt?: number;
}

/** An attempt may take as long as its deadline, a delivery as long as its patience (76 h). */
const ATTEMPT_BOUNDS: readonly number[] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30];
const DELIVERY_BOUNDS: readonly number[] = [
	0.002, 0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 300, 1800, 7200, 36_000, 273_600,
];
const REQUEST_BOUNDS: readonly number[] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];
const COMMIT_BOUNDS: readonly number[] = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1];
const GROUP_BOUNDS: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

/** How often it is looked whether the event loop is late. */
const LOOP_LOOK_MS = 10;

export class Metrics implements Disposable {
	readonly #registry = new Registry();
	readonly #histograms: { text(): string }[] = [];
	readonly #loopDelay = monitorEventLoopDelay({ resolution: LOOP_LOOK_MS });

	readonly messagesAccepted: Counter<'kind'> = this.#counter('recado_messages_accepted_total', 'Messages queued durably', ['kind']);
	readonly messagesSent: Counter<'kind'> = this.#counter('recado_messages_sent_total', 'Messages taken by a channel', ['kind']);
	readonly messagesFailed: Counter<'code'> = this.#counter('recado_messages_failed_total', 'Messages that failed for good', ['code']);
	readonly observations: Counter<'kind' | 'outcome'> = this.#counter('recado_observations_total', 'What channels told', [
		'kind',
		'outcome',
	]);
	readonly instanceChanges: Counter<'to'> = this.#counter('recado_instance_changes_total', 'Sessions opened and lost', ['to']);
	readonly attendances: Counter<'step'> = this.#counter('recado_attendances_total', 'Attendances started and finished', ['step']);
	readonly eventsCommitted: Counter = this.#counter('recado_events_committed_total', 'Events made durable', []);
	readonly deliveriesSettled: Counter<'outcome' | 'error_class'> = this.#counter(
		'recado_deliveries_settled_total',
		'Deliveries that ended, by outcome and the class of their last error',
		['outcome', 'error_class'],
	);
	readonly deliveriesOvertaken: Counter = this.#counter('recado_deliveries_overtaken_total', 'Deliveries that left their lane', []);
	readonly deliveriesReplayed: Counter = this.#counter('recado_deliveries_replayed_total', 'Deliveries sent again by a person', []);
	readonly retries: Counter<'error_class'> = this.#counter('recado_delivery_retries_total', 'Attempts that will be repeated', [
		'error_class',
	]);
	readonly circuitChanges: Counter<'to'> = this.#counter('recado_circuit_changes_total', 'Circuits opened and closed', ['to']);
	readonly webhooksDisabled: Counter = this.#counter('recado_webhooks_disabled_total', 'Webhooks disabled by the gateway', []);
	readonly backgroundErrors: Counter<'where'> = this.#counter('recado_background_errors_total', 'Errors without a caller', ['where']);
	readonly deliveriesCreated: Counter = this.#counter('recado_deliveries_created_total', 'Deliveries made durable', []);
	readonly deliveriesDiscarded: Counter = this.#counter('recado_deliveries_discarded_total', 'Deliveries cancelled by a person', []);
	readonly deliveriesEnded: Counter<'outcome' | 'reason'> = this.#counter(
		'recado_deliveries_ended_total',
		'Deliveries that ended without an attempt, by outcome and reason',
		['outcome', 'reason'],
	);
	readonly jobDeliveries: Counter<'kind' | 'result'> = this.#counter('recado_job_deliveries_total', 'Deliveries that jobs worked on', [
		'kind',
		'result',
	]);
	readonly rowsPruned: Counter = this.#counter('recado_store_rows_pruned_total', 'Rows that retention deleted', []);
	readonly commitsRefused: Counter = this.#counter('recado_store_commits_refused_total', 'Groups that the store could not write', []);
	readonly clockStepsBack: Counter = this.#counter('recado_clock_steps_back_total', 'Times that the clock was put back', []);

	readonly attemptSeconds: Histogram<readonly ['outcome', 'error_class']> = this.#histogram(
		'recado_delivery_attempt_seconds',
		'Duration of delivery attempts',
		['outcome', 'error_class'],
		ATTEMPT_BOUNDS,
	);
	readonly deliverySeconds: Histogram<readonly ['outcome']> = this.#histogram(
		'recado_delivery_seconds',
		'From the commit of a delivery to its end',
		['outcome'],
		DELIVERY_BOUNDS,
	);
	readonly requestSeconds: Histogram<readonly ['dialect', 'method', 'route', 'status']> = this.#histogram(
		'recado_http_request_seconds',
		'Duration of answered requests',
		['dialect', 'method', 'route', 'status'],
		REQUEST_BOUNDS,
	);
	readonly commitSeconds: Histogram<readonly []> = this.#histogram(
		'recado_store_commit_seconds',
		'Duration of the commit of a group, its operations included',
		[],
		COMMIT_BOUNDS,
	);
	readonly commitOperations: Histogram<readonly []> = this.#histogram(
		'recado_store_commit_operations',
		'Operations that shared one commit',
		[],
		GROUP_BOUNDS,
	);

	constructor() {
		this.#loopDelay.enable();
		this.#watchProcess();
	}

	/** Shows what waits in the store; `read` is asked at each reading of the metrics. A failing read leaves the gauge as it was. */
	watchBacklog(read: () => Promise<Backlog>): void {
		const backlog = this.#gauge('recado_deliveries_backlog', 'Deliveries in each state that is not the end', ['state'], async () => {
			const found = await read().catch(() => undefined);
			if (found) for (const state of ['pending', 'sending', 'dead'] as const) backlog.set({ state }, found[state]);
		});
	}

	/** Shows what the dispatcher does; `read` is asked once at each reading of the metrics. */
	watchDispatching(read: () => Dispatching, now: () => number): void {
		const inFlight = this.#gauge('recado_delivery_attempts_in_flight', 'Attempts under way', [], () => {
			const found = read();
			inFlight.set(found.inFlight);
			inHand.set(found.inHand);
			heldBytes.set(found.heldBytes);
			for (const state of ['closed', 'open', 'recovering'] as const) circuits.set({ circuit: state }, found.circuits[state]);
			oldest.set(found.oldestDueAt === undefined ? 0 : Math.max(0, now() - found.oldestDueAt) / 1000);
		});
		const none = (): void => {};
		const inHand = this.#gauge('recado_deliveries_in_hand', 'Deliveries held in memory, those in flight included', [], none);
		const heldBytes = this.#gauge('recado_deliveries_in_hand_bytes', 'What they take of the memory budget', [], none);
		const circuits = this.#gauge('recado_webhooks', 'Webhooks by the state of their circuit', ['circuit'], none);
		const oldest = this.#gauge('recado_oldest_due_seconds', 'How long the oldest delivery has been due whose webhook is open', [], none);
	}

	get contentType(): string {
		return this.#registry.contentType;
	}

	/** Everything, in the text format of Prometheus. */
	async text(): Promise<string> {
		return [await this.#registry.metrics(), ...this.#histograms.map((histogram) => histogram.text())].join('\n');
	}

	[Symbol.dispose](): void {
		this.#loopDelay.disable();
		this.#registry.clear();
	}

	#watchProcess(): void {
		const delay = this.#loopDelay;
		const loop = this.#gauge('recado_event_loop_delay_seconds', 'How late the event loop was since the last reading', ['quantile'], () => {
			// It measures from one look to the next: what is beyond the time between them is the delay.
			const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e9 - LOOP_LOOK_MS / 1e3);
			loop.set({ quantile: '0.5' }, late(delay.percentile(50)));
			loop.set({ quantile: '0.99' }, late(delay.percentile(99)));
			loop.set({ quantile: '1' }, late(delay.max));
			delay.reset();
		});
		const memory = this.#gauge('process_resident_memory_bytes', 'Resident memory', [], () => {
			memory.set(process.memoryUsage.rss());
		});
		const heap = this.#gauge('nodejs_heap_size_used_bytes', 'Memory of JavaScript objects', [], () => {
			const { heapUsed, external } = process.memoryUsage();
			heap.set(heapUsed);
			outside.set(external);
		});
		const outside = this.#gauge('nodejs_external_memory_bytes', 'Memory of buffers and the like', [], () => {});
		const started = this.#gauge('process_start_time_seconds', 'When the process began, since the epoch', [], () => {
			started.set(performance.timeOrigin / 1000);
		});
		const cpu = this.#gauge('process_cpu_seconds_total', 'Processor time, user and system', [], () => {
			const { user, system } = process.cpuUsage();
			cpu.set((user + system) / 1e6);
		});
	}

	#counter<T extends string>(name: string, help: string, labelNames: readonly T[]): Counter<T> {
		return new Counter({ name, help, labelNames, registers: [this.#registry] });
	}

	#gauge<T extends string>(name: string, help: string, labelNames: readonly T[], collect: () => void | Promise<void>): Gauge<T> {
		return new Gauge({ name, help, labelNames, collect, registers: [this.#registry] });
	}

	#histogram<const L extends readonly string[]>(name: string, help: string, labels: L, bounds: readonly number[]): Histogram<L> {
		const histogram = new Histogram({ name, help, labels, bounds });
		this.#histograms.push(histogram);
		return histogram;
	}
}
