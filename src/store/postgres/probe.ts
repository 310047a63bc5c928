/** Finds out whether a write can be made durable: by one, with everything else that is written. */
import type { Sheet } from './batch.ts';
import type { GroupWriter } from './group-writer.ts';
import { statement } from './statement.ts';

const WRITE_PROBE: Sheet = {
	phase: 'last',
	statement: statement(
		'probe_write',
		'INSERT INTO probe (id, at) SELECT 1, max(at) FROM unnest($1::int8[]) AS at ON CONFLICT (id) DO UPDATE SET at = excluded.at',
	),
	columns: ['int'],
};

export function probe(writer: GroupWriter, now: number): Promise<void> {
	return writer.submit({
		write: (batch) => {
			batch.add(WRITE_PROBE, [now]);
			return () => undefined;
		},
	});
}
