/** Where the numbers of deliveries and events stand in the tables, and their folding (`seq-fold.ts`). */
import type { JobFilter } from '../../../ports/jobs.ts';
import type { TransferRow } from '../../../ports/transfer.ts';
import { fromJson } from '../../shared/row-values.ts';
import type { Queries } from '../database.ts';
import { type Statement, statement } from '../statement.ts';
import { type PartitionTop, SeqFold } from './seq-fold.ts';

export interface FoldedNumbers {
	/** As it is told. */
	folded(table: string, row: TransferRow): TransferRow;
	/** The numbers of its key as they are in the database. */
	unfolded(table: string, row: TransferRow): TransferRow;
}

/** What a job has noted may be pruned by now, its partition with it. */
const DELIVERY_TOPS: Statement = statement(
	'transfer_delivery_tops',
	`SELECT ordinal, max(top) AS top FROM (
		SELECT ordinal, (SELECT max(seq) FROM deliveries WHERE seq >= ordinal << 36 AND seq < (ordinal + 1) << 36) AS top FROM partitions
		UNION ALL
		SELECT ordinal, (SELECT max(delivery_seq) FROM attempts WHERE delivery_seq >= ordinal << 36 AND delivery_seq < (ordinal + 1) << 36)
		FROM partitions
		UNION ALL
		SELECT delivery_seq >> 36, max(delivery_seq) FROM job_deliveries GROUP BY delivery_seq >> 36
	) AS tops WHERE top IS NOT NULL GROUP BY ordinal`,
);
const EVENT_TOPS: Statement = statement(
	'transfer_event_tops',
	`SELECT ordinal, top FROM (
		SELECT ordinal, (SELECT max(seq) FROM events WHERE seq >= ordinal << 36 AND seq < (ordinal + 1) << 36) AS top FROM partitions
	) AS tops WHERE top IS NOT NULL`,
);

export async function readFoldedNumbers(db: Queries): Promise<FoldedNumbers> {
	const deliveries = new SeqFold(await db.query<PartitionTop>(DELIVERY_TOPS));
	const events = new SeqFold(await db.query<PartitionTop>(EVENT_TOPS));
	return {
		folded: (table, row) => {
			if (table === 'jobs') return foldedJob(row, deliveries, events);
			return mapped(table, row, (fold, seq) => fold.fold(seq));
		},
		unfolded: (table, row) => mapped(table, row, (fold, seq) => fold.unfold(seq)),
	};

	function mapped(table: string, row: TransferRow, map: (fold: SeqFold, seq: number) => number): TransferRow {
		switch (table) {
			case 'deliveries':
				return { ...row, seq: map(deliveries, Number(row['seq'])) };
			case 'attempts':
			case 'job_deliveries':
				return { ...row, delivery_seq: map(deliveries, Number(row['delivery_seq'])) };
			case 'events':
				return { ...row, seq: map(events, Number(row['seq'])) };
			default:
				return row;
		}
	}
}

/** A job that counts the deliveries of a chat goes by its events. */
function foldedJob(row: TransferRow, deliveries: SeqFold, events: SeqFold): TransferRow {
	const filter = fromJson<JobFilter>(String(row['filter']));
	const walked = row['phase'] === 'counting' && filter.chatId !== undefined ? events : deliveries;
	const folded: JobFilter = { ...filter, seqMax: deliveries.fold(filter.seqMax) };
	return { ...row, filter: JSON.stringify(folded), place: walked.fold(Number(row['place'])) };
}
