/**
 * Replaying or discarding many deliveries, and erasing what is kept about a contact. Jobs are kept in the store and go on a batch at a time, the oldest job first and one at a time, so that
 * whatever else wants to write has its turns in between. A job that a crash or a stop interrupts goes on at the next start where it was. Of the
 * processes that share a store one goes on with them; everybody may make them and change them.
 */
import type { DeliveryState } from '../domain/delivery.ts';
import { RecadoError } from '../errors.ts';
import type { Observer } from '../observe/observer.ts';
import type { Clock, Ids, Timer } from '../ports/clock.ts';
import type { IdempotencyRecord } from '../ports/idempotency.ts';
import type { Job, JobListFilter, JobState } from '../ports/jobs.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Page, PageRequest } from '../ports/pages.ts';
import type { Peers } from '../ports/peers.ts';
import type { ErasureStep } from '../ports/personal-data.ts';
import type { Sealer } from '../ports/secrets.ts';
import type { Store } from '../ports/store.ts';
import { Chores } from './chores.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { DeliveryJobs, JobIdempotency, JobWish } from './services.ts';
import type { WebhookRegistry } from './webhook-registry.ts';

export interface JobOptions {
	/** Deliveries in one write. */
	readonly batch: number;
	/** Between two batches; 0: the next turn of the event loop. */
	readonly pauseMs: number;
}

/** Pause before an erasure looks again whether what is being sent is settled. */
const SENDING_MS = 500;
/** Pause before what the store refused is tried again. */
const STORE_RETRY_MS = 1_000;

/** What may become of a job's deliveries, by what it does. */
const STATES_OF: Readonly<Record<JobWish['kind'], readonly DeliveryState[]>> = {
	replay: ['delivered', 'dead', 'cancelled'],
	discard: ['pending', 'dead'],
};

export interface JobServiceParts {
	readonly store: { readonly accounts: Pick<Store['accounts'], 'account'>; readonly jobs: Store['jobs'] };
	readonly outbox: Outbox;
	readonly registry: Pick<WebhookRegistry, 'get'>;
	readonly dispatcher: Pick<Dispatcher, 'offer'>;
	readonly peers: Peers;
	readonly sealer: Pick<Sealer, 'seal'>;
	readonly clock: Clock;
	readonly ids: Ids;
	readonly observer: Observer;
	/** The next batch of a job of the kind `erase`. */
	readonly erase: (job: Job, limit: number) => Promise<ErasureStep | undefined>;
	readonly options: JobOptions;
}

export class JobService implements DeliveryJobs, AsyncDisposable {
	readonly #parts: JobServiceParts;
	readonly #chores: Chores;
	#state: 'new' | 'running' | 'stopping' = 'new';
	#working: Promise<void> | undefined;
	/** There may be a job that goes on by itself. */
	#isWanted = false;
	#endPause: (() => void) | undefined;

	constructor(parts: JobServiceParts) {
		this.#parts = parts;
		this.#chores = new Chores(parts.peers);
	}

	/** Goes on with what was interrupted. */
	resumeAll(): void {
		if (this.#state !== 'new') return;
		this.#state = 'running';
		this.wake();
	}

	/** There may be a job that goes on by itself. */
	wake(): void {
		if (this.#state !== 'running') return;
		this.#isWanted = this.#chores.areOurs;
		if (this.#isWanted) this.#begin();
		else this.#chores.tell();
	}

	async start(wish: JobWish, idempotency?: JobIdempotency): Promise<Job> {
		const { store, outbox, clock, ids, observer } = this.#parts;
		await this.#check(wish);
		const { kind, states, ...filter } = wish;
		const now = clock.now();
		const job: Job = {
			id: ids.next('job'),
			kind,
			filter: { ...filter, states: states ?? ['dead'], seqMax: await store.jobs.newestSeq() },
			state: 'counting',
			total: 0,
			done: 0,
			skipped: 0,
			cursor: 0,
			createdAt: now,
			updatedAt: now,
		};
		const record = idempotency && this.#record(idempotency, job);
		const conflict = await outbox.commit({
			changes: [{ kind: 'job.insert', job }],
			events: [],
			...(record === undefined ? {} : { idempotency: record }),
		});
		if (conflict) throw new RecadoError(conflict.what === 'idempotency' ? 'idempotency_raced' : 'conflict');
		observer.jobChanged(job);
		this.wake();
		return job;
	}

	job(id: string): Promise<Job | undefined> {
		return this.#parts.store.jobs.job(id);
	}

	list(filter: JobListFilter, page: PageRequest): Promise<Page<Job>> {
		return this.#parts.store.jobs.list(filter, page);
	}

	pause(id: string): Promise<Job> {
		return this.#change(id, (job) => (job.state === 'paused' ? undefined : { from: [job.state], state: 'paused' }));
	}

	/** One that was still counting counts on: the store knows. */
	resume(id: string): Promise<Job> {
		return this.#change(id, (job) => (job.state === 'paused' ? { from: ['paused'], state: 'running' } : undefined));
	}

	cancel(id: string): Promise<Job> {
		return this.#change(id, (job) => ({ from: [job.state], state: 'cancelled' }));
	}

	/** The batch under way is finished. */
	async [Symbol.asyncDispose](): Promise<void> {
		this.#state = 'stopping';
		this.#endPause?.();
		await this.#working;
	}

	/** Decides on the job as it is; where it has changed meanwhile, again. `decide` answers undefined where it is as wished. */
	async #change(
		id: string,
		decide: (job: Job) => { readonly from: readonly JobState[]; readonly state: JobState } | undefined,
	): Promise<Job> {
		const { outbox, clock, observer } = this.#parts;
		for (;;) {
			const job = await this.#existing(id);
			if (job.state === 'done' || job.state === 'cancelled') throw new RecadoError('job_finished');
			const change = decide(job);
			if (!change) return job;
			const conflict = await outbox.commit({ changes: [{ kind: 'job.state', id, ...change, at: clock.now() }], events: [] });
			if (conflict) continue;
			const changed = await this.#existing(id);
			observer.jobChanged(changed);
			this.wake();
			return changed;
		}
	}

	async #existing(id: string): Promise<Job> {
		const job = await this.job(id);
		if (!job) throw new RecadoError('not_there', { details: { what: 'job' } });
		return job;
	}

	async #check({ kind, accountId, webhookId, states, since, until }: JobWish): Promise<void> {
		const { store, registry } = this.#parts;
		const possible = STATES_OF[kind];
		const names = possible.join(', ');
		if (states && (states.length === 0 || !states.every((state) => possible.includes(state)))) {
			throw faulty('states', { en: `must be of ${names}`, pt: `deve ter apenas ${names}` });
		}
		if (since !== undefined && until !== undefined && since >= until) {
			throw faulty('until', { en: 'must be after since', pt: 'deve ser depois de since' });
		}
		if (accountId !== undefined && !(await store.accounts.account(accountId))) {
			throw new RecadoError('not_there', { details: { what: 'account' } });
		}
		if (webhookId === undefined) return;
		const webhook = registry.get(webhookId)?.webhook;
		if (!webhook || webhook.ending === 'cancel') throw new RecadoError('not_there', { details: { what: 'webhook' } });
	}

	#record(idempotency: JobIdempotency, job: Job): IdempotencyRecord {
		const { status, body } = idempotency.answer(job);
		const { sealer } = this.#parts;
		return { ...idempotency.request, status, sealedBody: sealer.seal(JSON.stringify(body)), createdAt: job.createdAt };
	}

	get #mayGoOn(): boolean {
		return this.#state === 'running' && this.#chores.areOurs;
	}

	#begin(): void {
		this.#working ??= this.#work().finally(() => {
			this.#working = undefined;
			if (this.#isWanted && this.#mayGoOn) this.#begin();
		});
	}

	async #work(): Promise<void> {
		while (this.#isWanted && this.#mayGoOn) {
			this.#isWanted = false;
			try {
				for (let next = await this.#goOn(); next; next = this.#mayGoOn && (await this.#goOn())) {
					await this.#pause(next === 'waits' ? SENDING_MS : this.#parts.options.pauseMs);
				}
			} catch (error) {
				this.#parts.observer.background('jobs.step', error);
				this.#isWanted = true;
				await this.#pause(STORE_RETRY_MS);
			}
		}
	}

	/** One batch of the oldest job; false where there is none that goes on by itself, `waits` where it has to wait for what is being sent. */
	async #goOn(): Promise<boolean | 'waits'> {
		const { store, dispatcher, clock, observer, options, erase } = this.#parts;
		const [before] = await store.jobs.unfinished();
		if (!before) return false;
		const isErasure = before.kind === 'erase';
		const stepped = isErasure ? await erase(before, options.batch) : await store.jobs.step(before.id, options.batch, clock.now());
		if (!stepped) return true;
		const { job, webhookIds } = stepped;
		for (const webhookId of webhookIds) dispatcher.offer(webhookId);
		const batch = { done: job.done - before.done, skipped: job.skipped - before.skipped };
		if (batch.done + batch.skipped > 0) observer.jobProgressed(job, batch);
		if (job.state !== before.state) observer.jobChanged(job);
		return 'isWaiting' in stepped && stepped.isWaiting === true ? 'waits' : true;
	}

	#pause(ms: number): Promise<void> {
		if (ms === 0 || this.#state !== 'running') return new Promise((resolve) => setImmediate(resolve));
		return new Promise((resolve) => {
			const timer: Timer = this.#parts.clock.schedule(ms, resolve);
			this.#endPause = () => {
				timer.cancel();
				resolve();
			};
		});
	}
}

function faulty(path: string, words: { readonly en: string; readonly pt: string }): RecadoError {
	return new RecadoError('invalid_request', { faults: [{ path, ...words }] });
}
