/** Tells the other processes, with the commit itself, which record of those that everybody keeps in memory has changed. */
import { fromJson } from '../../shared/row-values.ts';
import type { Batch, Sheet } from '../batch.ts';
import { RECORDS_CHANNEL } from '../peers/postgres-peers.ts';
import type { RecordName } from '../reads/read-cache.ts';
import { statement } from '../statement.ts';

const TELL: Sheet = {
	phase: 'last',
	statement: statement('records_tell', `SELECT pg_notify('${RECORDS_CHANNEL}', payload) FROM unnest($1::text[]) AS payload`),
	columns: ['text'],
};

export function tellRecord(batch: Batch, record: RecordName): void {
	batch.add(TELL, [JSON.stringify(record)]);
}

/** What was told, here or in another process. */
export function toldRecord(payload: string): RecordName {
	return fromJson<RecordName>(payload);
}
