/** How many rows a table has and the SHA-256 of them, in their order: what two copies of it have in common. */
import { createHash, type Hash } from 'node:crypto';

export interface TableSum {
	readonly count: number;
	readonly sha256: string;
}

export class TableSums {
	readonly #tables: Map<string, { count: number; readonly hash: Hash }> = new Map();

	/** Tables without rows have sums too. */
	constructor(tables: readonly string[]) {
		for (const table of tables) this.#tables.set(table, { count: 0, hash: createHash('sha256') });
	}

	/** One more row, as JSON. */
	add(table: string, row: string): void {
		const sum = this.#tables.get(table);
		if (!sum) throw new Error(`there is no table ${table}`);
		sum.count += 1;
		sum.hash.update(row).update('\n');
	}

	/** Can be asked for once. */
	end(): Readonly<Record<string, TableSum>> {
		return Object.fromEntries([...this.#tables].map(([table, { count, hash }]) => [table, { count, sha256: hash.digest('hex') }]));
	}
}

/** The tables whose sums are not equal. */
export function differing(a: Readonly<Record<string, TableSum>>, b: Readonly<Record<string, TableSum>>): readonly string[] {
	return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
		(table) => a[table]?.count !== b[table]?.count || a[table]?.sha256 !== b[table]?.sha256,
	);
}
