/** Deliveries enter: into a free lane each starts as it was planned, in a busy one it waits. */
import type { ClaimedDelivery, NewDelivery } from '../../../domain/delivery.ts';
import type { Committed } from '../../../ports/write-unit.ts';
import { storable } from '../arrays.ts';
import type { Batch, BatchResults, Sheet } from '../batch.ts';
import { statement } from '../statement.ts';
import { requireMember, type Taker } from './require-member.ts';

/** Answers a row for each, in the order given. */
const INSERT: Sheet = {
	phase: 'deliveries',
	statement: statement(
		'deliveries_insert',
		`SELECT seq, is_taken, due_at FROM insert_deliveries($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
			$8::text[], $9::bigint[], $10::text[], $11::text[], $12::bigint[], $13::bigint[])`,
	),
	columns: ['text', 'text', 'text', 'text', 'text', 'text', 'text', 'text', 'int', 'text', 'text', 'int', 'int'],
};

interface InsertedRow {
	readonly seq: number;
	readonly is_taken: boolean;
	readonly due_at: number | null;
}

export type Entered = Omit<Committed, 'kind'>;

/** Where the process is no member nothing is taken: what was to be is due. Answers how to read what became of them. */
export function addDeliveries(
	batch: Batch,
	deliveries: readonly NewDelivery[],
	now: number,
	{ token }: Taker,
): (results: BatchResults) => Entered {
	const places = deliveries.map((delivery) => {
		const taker = delivery.start === 'take' ? token : undefined;
		if (taker !== undefined) requireMember(batch, taker);
		if (delivery.lane !== undefined) batch.lock(storable(delivery.lane));
		return batch.add(INSERT, cellsOf(delivery, taker, now));
	});
	return (results) =>
		readEntered(
			results.of<InsertedRow>(INSERT),
			deliveries.map((delivery, index) => [delivery, places[index] ?? 0]),
		);
}

function cellsOf(delivery: NewDelivery, taker: number | undefined, now: number): Parameters<Batch['add']>[1] {
	return [
		delivery.id,
		delivery.eventId,
		delivery.eventType,
		delivery.accountId,
		delivery.webhookId,
		delivery.instanceId,
		delivery.chatId,
		delivery.lane,
		delivery.createdAt,
		delivery.traceparent,
		delivery.body,
		taker,
		now,
	];
}

function readEntered(rows: readonly InsertedRow[], placed: readonly (readonly [NewDelivery, number])[]): Entered {
	const taken: ClaimedDelivery[] = [];
	const due: Committed['due'][number][] = [];
	for (const [delivery, place] of placed) {
		const row = rows[place];
		if (row?.is_taken) taken.push(toTaken(delivery, row.seq));
		if (row !== undefined && row.due_at !== null) due.push({ webhookId: delivery.webhookId, dueAt: row.due_at });
	}
	return { taken, due };
}

function toTaken(delivery: NewDelivery, seq: number): ClaimedDelivery {
	return {
		id: delivery.id,
		seq,
		eventType: delivery.eventType,
		webhookId: delivery.webhookId,
		body: delivery.body,
		createdAt: delivery.createdAt,
		attempts: 0,
		isOvertaken: false,
		isReplay: false,
		...(delivery.lane === undefined ? {} : { lane: delivery.lane }),
		...(delivery.traceparent === undefined ? {} : { traceparent: delivery.traceparent }),
	};
}
