/**
 * Errands are rows: the sender writes one for the owner of an instance, who runs it and writes its result into it; each tells the other that there is
 * something to read. The sender waits for so long, and removes the row.
 */
import type { Errand, Errands } from '../../../ports/peers.ts';
import { ints } from '../arrays.ts';
import type { Database } from '../database.ts';
import { type Statement, statement } from '../statement.ts';
import { storeUnavailable } from '../store-fault.ts';
import { Alarm } from './alarm.ts';
import { answered, read, thrown } from './errand-result.ts';
import type { Membership } from './membership.ts';
import type { NewsExchange } from './news.ts';
import type { PostgresOwnership } from './ownership.ts';
import type { OnTrouble } from './trouble.ts';
import { NEWS_CHANNEL } from './words.ts';

const SEND: Statement = statement(
	'peers_errand_send',
	`WITH sent AS (
		INSERT INTO errands (instance_id, name, args, state, token)
		SELECT $1, $2, $3, 'sent', owned.token
		FROM instance_owners AS owned JOIN processes ON processes.token = owned.token AND lease_until > clock_timestamp()
		WHERE owned.instance_id = $1
		RETURNING id, token
	)
	SELECT id, token, pg_notify('${NEWS_CHANNEL}', $4 || ' errands:' || token) FROM sent`,
);
/** What its sender has given up is left. */
const TAKE: Statement = statement(
	'peers_errand_take',
	`UPDATE errands SET state = 'running'
	WHERE token = $1 AND state = 'sent' AND at > clock_timestamp() - $2::bigint * interval '1 millisecond'
	RETURNING id, instance_id, name, args`,
);
const ANSWER: Statement = statement(
	'peers_errand_answer',
	`UPDATE errands SET state = 'done', result = $2 WHERE id = $1 AND state = 'running'`,
);
/** A row that is not there was removed with its owner. */
const COLLECT: Statement = statement(
	'peers_errand_collect',
	`WITH done AS (DELETE FROM errands WHERE id = ANY ($1::bigint[]) AND state = 'done' RETURNING id, result)
	SELECT id, result FROM done UNION ALL SELECT id, NULL FROM errands WHERE id = ANY ($1::bigint[]) AND state <> 'done'`,
);
const REMOVE: Statement = statement('peers_errand_remove', 'DELETE FROM errands WHERE id = $1 RETURNING id, result');

/** How often whoever waits looks where nobody can be heard. */
const LOOK_MS = 250;

interface SentRow {
	readonly id: number;
	readonly token: number;
}

interface TakenRow {
	readonly id: number;
	readonly instance_id: string;
	readonly name: string;
	readonly args: string;
}

interface EndedRow {
	readonly id: number;
	readonly result: string | null;
}

interface Waiting {
	readonly deadline: Alarm;
	readonly resolve: (value: unknown) => void;
	readonly reject: (reason: unknown) => void;
}

export interface ErrandsParts {
	readonly db: Pick<Database, 'pipeline'>;
	readonly membership: Pick<Membership, 'token'>;
	readonly ownership: Pick<PostgresOwnership, 'isOurs'>;
	readonly news: Pick<NewsExchange, 'told' | 'teller'>;
	readonly isHearing: () => boolean;
	/** So long the sender waits. */
	readonly deadlineMs: number;
	readonly onTrouble: OnTrouble;
}

export class PostgresErrands implements Errands {
	readonly #parts: ErrandsParts;
	readonly #waiting = new Map<number, Waiting>();
	readonly #poll = new Alarm();
	#run: ((instanceId: string, errand: Errand) => Promise<unknown>) | undefined;
	/** How many are being written down, and which were answered before that was known here. */
	#sending = 0;
	readonly #early = new Set<number>();

	constructor(parts: ErrandsParts) {
		this.#parts = parts;
	}

	serve(run: (instanceId: string, errand: Errand) => Promise<unknown>): void {
		this.#run = run;
		void this.work();
	}

	async send(instanceId: string, errand: Errand): Promise<unknown> {
		if (this.#run && this.#parts.ownership.isOurs(instanceId)) return this.#run(instanceId, errand);
		const sent = await this.#send(instanceId, errand);
		return new Promise((resolve, reject) => {
			const deadline = new Alarm();
			this.#waiting.set(sent.id, { deadline, resolve, reject });
			deadline.set(this.#parts.deadlineMs, () => void this.#giveUp(sent.id));
			if (sent.isAnswered) void this.collect();
			else this.#pollSoon();
			// The owner by its row, though it does not know it yet: nobody else tells it.
			if (sent.token === this.#parts.membership.token) void this.work();
		});
	}

	/** An errand of somebody has its result. */
	answered(errandId: number): void {
		if (this.#waiting.has(errandId)) void this.collect();
		else if (this.#sending > 0) this.#early.add(errandId);
	}

	/** Runs what was sent to this process. Never rejects. */
	async work(): Promise<void> {
		const { db, membership, deadlineMs, onTrouble } = this.#parts;
		const { token } = membership;
		const run = this.#run;
		if (!run || token === undefined) return;
		try {
			const [taken = []] = await db.pipeline([{ statement: TAKE, values: [token, deadlineMs] }]);
			await Promise.all((taken as readonly TakenRow[]).map((row) => this.#answer(row, run)));
		} catch (error) {
			onTrouble('peers.errands', error);
		}
	}

	/** Reads the results of what this process sent, as far as they are there. Never rejects. */
	async collect(): Promise<void> {
		const ids = [...this.#waiting.keys()];
		if (ids.length === 0) return;
		try {
			const [rows = []] = await this.#parts.db.pipeline([{ statement: COLLECT, values: [ints(ids)] }]);
			const left = new Map((rows as readonly EndedRow[]).map(({ id, result }) => [id, result]));
			for (const id of ids) {
				const result = left.get(id);
				if (result !== null) this.#end(id, result);
			}
		} catch (error) {
			this.#parts.onTrouble('peers.errands', error);
		}
	}

	/** Whoever waits is told that nobody answers. */
	close(): void {
		this.#poll.cancel();
		for (const id of [...this.#waiting.keys()]) this.#end(id, undefined);
	}

	async #send(instanceId: string, { name, args }: Errand): Promise<SentRow & { readonly isAnswered: boolean }> {
		const { db, news } = this.#parts;
		this.#sending += 1;
		let isAnswered = false;
		try {
			const [rows = []] = await db.pipeline([{ statement: SEND, values: [instanceId, name, JSON.stringify(args), news.teller] }]);
			const [row] = rows as readonly SentRow[];
			if (row === undefined) throw storeUnavailable(new Error(`nobody owns ${instanceId}`));
			isAnswered = this.#early.has(row.id);
			return { ...row, isAnswered };
		} finally {
			this.#sending -= 1;
			if (this.#sending === 0) this.#early.clear();
		}
	}

	async #answer(row: TakenRow, run: (instanceId: string, errand: Errand) => Promise<unknown>): Promise<void> {
		const { db, news } = this.#parts;
		const result = await this.#resultOf(row, run);
		await db.pipeline([{ statement: ANSWER, values: [row.id, result] }, news.told([{ kind: 'answered', errandId: row.id }])]);
	}

	async #resultOf(row: TakenRow, run: (instanceId: string, errand: Errand) => Promise<unknown>): Promise<string> {
		try {
			if (!this.#parts.ownership.isOurs(row.instance_id)) throw storeUnavailable(new Error(`${row.instance_id} is owned here no more`));
			return answered(await run(row.instance_id, { name: row.name, args: JSON.parse(row.args) as readonly unknown[] }));
		} catch (error) {
			return thrown(error);
		}
	}

	/** What was answered at the last moment counts. */
	async #giveUp(id: number): Promise<void> {
		try {
			const [rows = []] = await this.#parts.db.pipeline([{ statement: REMOVE, values: [id] }]);
			const [row] = rows as readonly EndedRow[];
			this.#end(id, row?.result ?? undefined);
		} catch {
			this.#end(id, undefined);
		}
	}

	#end(id: number, result: string | undefined): void {
		const waiting = this.#waiting.get(id);
		if (!waiting) return;
		this.#waiting.delete(id);
		waiting.deadline.cancel();
		try {
			if (result === undefined) throw storeUnavailable(new Error('the process that owns the instance did not answer'));
			waiting.resolve(read(result));
		} catch (error) {
			waiting.reject(error);
		}
	}

	#pollSoon(): void {
		if (this.#parts.isHearing()) return;
		this.#poll.set(LOOK_MS, () => {
			void this.collect().then(() => {
				if (this.#waiting.size > 0) this.#pollSoon();
			});
		});
	}
}
