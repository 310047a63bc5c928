/**
 * A question that every message asks, gathered: what is asked in one turn of the event loop, and while the database answers what was asked before, goes as
 * one statement. Alone it goes at once; under load a round trip, and the server's work to begin and end a statement, are shared by all who wait anyway.
 */
import type { Queries } from '../database.ts';
import type { SqlValue, Statement } from '../statement.ts';

/** A row names the question it answers: its place among those that were put together, counted from 1 as `WITH ORDINALITY` counts. */
export interface Answer {
	readonly asked: number;
}

interface Waiting<Question, Row> {
	readonly question: Question;
	readonly resolve: (rows: readonly Row[]) => void;
	readonly reject: (reason: unknown) => void;
}

/** More at a time saves nothing worth telling, and makes the first wait for the last. */
const QUESTIONS_MAX = 128;

export class Gathering<Question, Row extends Answer> {
	readonly #db: Queries;
	readonly #statement: Statement;
	readonly #columnsOf: (questions: readonly Question[]) => readonly SqlValue[];
	#waiting: Waiting<Question, Row>[] = [];
	#isAsking = false;

	/** `columnsOf`: the values of the statement for all of these questions. */
	constructor(db: Queries, statement: Statement, columnsOf: (questions: readonly Question[]) => readonly SqlValue[]) {
		this.#db = db;
		this.#statement = statement;
		this.#columnsOf = columnsOf;
	}

	/** The rows of this question, in the statement's order. Sees every commit that was answered before. Rejects with `store_unavailable`. */
	ask(question: Question): Promise<readonly Row[]> {
		return new Promise((resolve, reject) => {
			this.#waiting.push({ question, resolve, reject });
			if (this.#isAsking) return;
			this.#isAsking = true;
			setImmediate(() => void this.#askAll());
		});
	}

	/** Never rejects: each is told how it went. */
	async #askAll(): Promise<void> {
		while (this.#waiting.length > 0) {
			const together = this.#waiting.slice(0, QUESTIONS_MAX);
			this.#waiting = this.#waiting.slice(QUESTIONS_MAX);
			try {
				const answers = await this.#put(together.map(({ question }) => question));
				for (const [index, { resolve }] of together.entries()) resolve(answers.get(index + 1) ?? []);
			} catch (error) {
				for (const { reject } of together) reject(error);
			}
		}
		this.#isAsking = false;
	}

	async #put(questions: readonly Question[]): Promise<ReadonlyMap<number, readonly Row[]>> {
		const rows = await this.#db.query<Row>(this.#statement, this.#columnsOf(questions));
		return Map.groupBy(rows, ({ asked }) => asked);
	}
}
