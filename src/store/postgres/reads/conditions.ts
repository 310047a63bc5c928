/** The conditions of a filter: those that are given, as SQL with its values. Statements are named by them, so that there are finitely many to prepare. */
import type { SqlValue } from '../statement.ts';

export class Conditions {
	readonly #names: string[] = [];
	readonly #terms: string[] = [];
	readonly #values: SqlValue[] = [];

	/** Each `$` in the term stands for the next of the values; where one of them is undefined there is no condition. */
	where(name: string, term: string, ...values: readonly (SqlValue | undefined)[]): this {
		const given = values.filter((value) => value !== undefined);
		if (given.length < values.length) return this;
		this.#names.push(name);
		let place = this.#values.push(...given) - given.length;
		this.#terms.push(term.replace(/\$/g, () => `$${++place}`));
		return this;
	}

	/** `instance_chat_since`. */
	get name(): string {
		return this.#names.join('_');
	}

	/** All of them, joined by AND. */
	get text(): string {
		return this.#terms.join(' AND ');
	}

	get values(): readonly SqlValue[] {
		return this.#values;
	}
}
