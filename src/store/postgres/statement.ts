/** A statement that each connection prepares once, under its name. */

export interface Statement {
	/** Unique among all statements of the store: PostgreSQL knows it by this. */
	readonly name: string;
	readonly text: string;
}

export function statement(name: string, text: string): Statement {
	return { name, text };
}

/** A statement with what stands for its `$1`, `$2`, …: numbers, strings, booleans, null, and arrays as `arrays.ts` writes them. */
export interface Bound {
	readonly statement: Statement;
	readonly values: readonly SqlValue[];
}

export type SqlValue = string | number | boolean | null | Uint8Array;
