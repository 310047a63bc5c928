/** How many pages of tables and indexes PostgreSQL touches for an answer: what shows whether it walked an index or everything. */
import assert from 'node:assert/strict';
import type pg from 'pg';
import type { SqlValue } from '../../src/store/postgres/statement.ts';

export interface ReadsLittle {
	readonly label: string;
	readonly text: string;
	readonly values: readonly SqlValue[];
	/** Pages. */
	readonly most: number;
}

export async function assertReadsLittle(client: pg.Client, { label, text, values, most }: ReadsLittle): Promise<void> {
	const { rows } = await client.query({ text: `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, values: [...values] });
	const [{ Plan: plan }] = rows[0]['QUERY PLAN'] as [{ Plan: Record<string, number> }];
	const pages = (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0);
	assert.ok(pages <= most, `${label}: ${pages} pages\n${JSON.stringify(plan, null, 1)}`);
}
