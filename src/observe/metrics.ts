/**
 * The numbers of the gateway, in a registry of its own so that two gateways in one process (tests) do not mix theirs. Counters and histograms
 * are fed by the `Observer`; gauges ask their source when somebody reads `/metrics`. Labels have few values: never an id.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What waits in the store, as the delivery reads of the store port answer it. */
export interface Backlog {
	readonly pending: number;
	readonly sending: number;
	readonly dead: number;
	readonly oldestDueAt?: number;
}

/** An attempt may take as long as its deadline, a delivery as long as its patience (76 h). */
const ATTEMPT_BUCKETS: number[] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30];
const DELIVERY_BUCKETS: number[] = [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 300, 1800, 7200, 36_000, 273_600];
const REQUEST_BUCKETS: number[] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

export class Metrics implements Disposable {
	readonly #registry = new Registry();
	readonly #loopDelay = monitorEventLoopDelay({ resolution: 10 });

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
	readonly attemptSeconds: Histogram<'outcome' | 'error_class'> = this.#histogram(
		'recado_delivery_attempt_seconds',
		'Duration of delivery attempts',
		['outcome', 'error_class'],
		ATTEMPT_BUCKETS,
	);
	readonly deliverySeconds: Histogram<'outcome'> = this.#histogram(
		'recado_delivery_seconds',
		'From the commit of a delivery to its end',
		['outcome'],
		DELIVERY_BUCKETS,
	);
	readonly requestSeconds: Histogram<'dialect' | 'method' | 'route' | 'status'> = this.#histogram(
		'recado_http_request_seconds',
		'Duration of answered requests',
		['dialect', 'method', 'route', 'status'],
		REQUEST_BUCKETS,
	);

	constructor() {
		this.#loopDelay.enable();
		this.#watchProcess();
	}

	/** Shows what waits in the store; `read` is asked at each reading of the metrics. A failing read leaves the gauges as they were. */
	watchBacklog(read: () => Promise<Backlog>, now: () => number): void {
		// Both gauges are collected in one reading: they share one question.
		let asked: Promise<Backlog | undefined> | undefined;
		const ask = (): Promise<Backlog | undefined> => {
			asked ??= read()
				.catch(() => undefined)
				.finally(() => {
					asked = undefined;
				});
			return asked;
		};
		const oldest = this.#gauge('recado_oldest_due_seconds', 'How long the oldest ready delivery has been due', [], async () => {
			const found = await ask();
			if (found) oldest.set(found.oldestDueAt === undefined ? 0 : Math.max(0, now() - found.oldestDueAt) / 1000);
		});
		const backlog = this.#gauge('recado_deliveries_backlog', 'Deliveries in each unfinished state', ['state'], async () => {
			const found = await ask();
			if (found) for (const state of ['pending', 'sending', 'dead'] as const) backlog.set({ state }, found[state]);
		});
	}

	get contentType(): string {
		return this.#registry.contentType;
	}

	/** Everything, in the text format of Prometheus. */
	text(): Promise<string> {
		return this.#registry.metrics();
	}

	[Symbol.dispose](): void {
		this.#loopDelay.disable();
		this.#registry.clear();
	}

	#watchProcess(): void {
		const delay = this.#loopDelay;
		const loop = this.#gauge('recado_event_loop_delay_seconds', 'Delay of the event loop since the last reading', ['quantile'], () => {
			loop.set({ quantile: '0.5' }, delay.percentile(50) / 1e9);
			loop.set({ quantile: '0.99' }, delay.percentile(99) / 1e9);
			loop.set({ quantile: '1' }, delay.max / 1e9);
			delay.reset();
		});
		const memory = this.#gauge('process_resident_memory_bytes', 'Resident memory', [], () => {
			memory.set(process.memoryUsage.rss());
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

	#histogram<T extends string>(name: string, help: string, labelNames: readonly T[], buckets: number[]): Histogram<T> {
		return new Histogram({ name, help, labelNames, buckets, registers: [this.#registry] });
	}
}
