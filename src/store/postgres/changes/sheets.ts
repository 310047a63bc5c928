/** The sheets that most records are written with: rows that are inserted, replaced, put or deleted by their id. */

import type { CommitConflict } from '../../../ports/write-unit.ts';
import type { Batch, Cell, Column, Phase, Sheet } from '../batch.ts';
import { statement } from '../statement.ts';

/** Where and when rows are written: the columns in the order of the row's cells. */
export interface TableSheet {
	readonly phase: Phase;
	readonly table: string;
	readonly columns: Readonly<Record<string, Column>>;
}

const ARRAY_TYPES: Readonly<Record<Column, string>> = { text: 'text[]', int: 'int8[]', bool: 'bool[]', bytes: 'bytea[]' };

/** The rows of a sheet as SQL reads them: `unnest($1::text[], $2::int8[], …)`. */
export function unnested(columns: Readonly<Record<string, Column>>): string {
	return `unnest(${Object.values(columns)
		.map((column, index) => `$${index + 1}::${ARRAY_TYPES[column]}`)
		.join(', ')})`;
}

/** Refuses the group unless all rows of the sheet were `written`. Its first column is one of text. */
export function refusedUnlessWritten(what: CommitConflict['what']): string {
	return `SELECT refuse_unless((SELECT count(*) FROM written), cardinality($1::text[]), '${what}')`;
}

/** `what` where anything unique is there already. */
export function insertion({ phase, table, columns }: TableSheet, what: CommitConflict['what']): Sheet {
	const text = `WITH written AS (
		INSERT INTO ${table} (${Object.keys(columns).join(', ')}) SELECT * FROM ${unnested(columns)} ON CONFLICT DO NOTHING RETURNING 1
	) ${refusedUnlessWritten(what)}`;
	return { phase, statement: statement(`${table}_insert`, text), columns: Object.values(columns) };
}

/** Writes whole rows over the old ones; `missing` where there is none. */
export function replacement({ phase, table, columns }: TableSheet): Sheet {
	const names = Object.keys(columns);
	const text = `WITH written AS (
		UPDATE ${table} SET ${assignments(names, 'given')} FROM ${unnested(columns)} AS given (${names.join(', ')})
		WHERE ${table}.id = given.id RETURNING 1
	) ${refusedUnlessWritten('missing')}`;
	return { phase, statement: statement(`${table}_replace`, text), columns: Object.values(columns) };
}

/** Inserts rows, or writes them over the old ones. */
export function putting(sheet: TableSheet): Sheet {
	return { phase: sheet.phase, statement: statement(`${sheet.table}_put`, puttingText(sheet)), columns: Object.values(sheet.columns) };
}

export function puttingText({ table, columns }: TableSheet): string {
	const names = Object.keys(columns);
	return `INSERT INTO ${table} (${names.join(', ')}) SELECT * FROM ${unnested(columns)}
		ON CONFLICT (id) DO UPDATE SET ${assignments(names, 'excluded')}`;
}

/** By id; what is not there is no conflict. */
export function deletion({ phase, table }: Pick<TableSheet, 'phase' | 'table'>): Sheet {
	const text = `DELETE FROM ${table} WHERE id = ANY ($1::text[])`;
	return { phase, statement: statement(`${table}_delete`, text), columns: ['text'] };
}

function assignments(names: readonly string[], from: string): string {
	return names
		.filter((name) => name !== 'id')
		.map((name) => `${name} = ${from}.${name}`)
		.join(', ');
}

/** Adds a row that changes what others may change at the same time, in whatever process: nobody else does until the group is committed. */
export function addLocked(batch: Batch, sheet: Sheet, row: readonly Cell[], ...keys: readonly string[]): void {
	for (const key of keys) batch.lock(key);
	batch.add(sheet, row, keys);
}
