/**
 * Looks through a stretch of deliveries for an instance, an event type, a text: one statement, of which what fits comes back, and the last that was looked
 * at. Bodies are read by number, once the stretch is cut: of many webhooks each gives a whole one, of which most is left out.
 */
import { type Looked, spellingsOf } from '../../shared/delivery-search.ts';
import { storable } from '../arrays.ts';
import type { Queries } from '../database.ts';
import { type Bound, type SqlValue, statement } from '../statement.ts';
import { type DeliveryWalk, deliveriesQuery, type ListedRow } from './deliveries-query.ts';

interface LookedRow extends ListedRow {
	readonly is_hit: boolean;
	readonly looked: number;
}

/** @param hitsMax no more of them come back. */
export async function lookThrough(db: Queries, walk: DeliveryWalk, hitsMax: number): Promise<Looked<ListedRow>> {
	const query = lookQuery(walk, hitsMax);
	const rows = await db.query<LookedRow>(query.statement, query.values);
	const last = rows.at(-1);
	return { hits: rows.filter(({ is_hit }) => is_hit).slice(0, hitsMax), looked: last?.looked ?? 0, last };
}

/** Planned anew each time, as the walk is. */
export function lookQuery(walk: DeliveryWalk, hitsMax: number): Bound {
	const { filter } = walk;
	// A walk reads one row more than it is asked for.
	const base = deliveriesQuery({ ...walk, limit: walk.limit - 1 });
	const values: SqlValue[] = [...base.values];
	const bind = (value: SqlValue): string => `$${values.push(value)}`;
	const fits = [
		...(filter.instanceId === undefined ? [] : [`stretch.instance_id = ${bind(filter.instanceId)}`]),
		...(filter.eventType === undefined ? [] : [`stretch.event_type = ${bind(filter.eventType)}`]),
	];
	const holds = filter.text === undefined ? 'true' : textQuery(filter.text, bind);
	// A row is looked into only where the rest fits; of the last nothing is asked but where it is.
	const text = `
		WITH stretch AS MATERIALIZED (${base.statement.text}),
		looked AS (
			SELECT stretch.*, coalesce(CASE WHEN ${fits.join(' AND ') || 'true'} THEN ${holds} END, false) AS is_hit,
				row_number() OVER (ORDER BY key DESC, seq DESC) AS ordinal, count(*) OVER () AS looked
			FROM stretch
		),
		numbered AS (
			SELECT looked.*, count(*) FILTER (WHERE is_hit) OVER (ORDER BY ordinal) AS hits FROM looked
		)
		SELECT * FROM numbered WHERE (is_hit AND hits <= ${bind(hitsMax)}) OR ordinal = looked ORDER BY ordinal`;
	return { statement: statement('', text), values };
}

/** In small letters of all scripts, whatever the database's own locale is. */
function textQuery(text: string, bind: (value: SqlValue) => string): string {
	const spellings = spellingsOf(text).map((spelling) => `position(${bind(storable(spelling))}::text in small) > 0`);
	return `(
		SELECT ${spellings.join(' OR ')}
		FROM (SELECT lower(deliveries.body COLLATE "und-x-icu") AS small FROM deliveries WHERE deliveries.seq = stretch.seq OFFSET 0) AS payload
	)`;
}
