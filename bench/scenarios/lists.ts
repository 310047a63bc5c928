/**
 * Pages of lists (chats, messages, attendances, deliveries, documents) with a million rows of each in the embedded store, as the port reads them: the
 * median and the slowest of each, and the memory of the process. Seeded by SQL, without a gateway (see harness/lists-process.ts).
 */
import { join } from 'node:path';
import { Child } from '../harness/child.ts';
import type { ListsMeasured, ListsOrder } from '../harness/lists-process.ts';
import { round } from '../harness/percentiles.ts';
import type { Bench, Figures } from '../harness/scenario.ts';
import { databaseIn } from '../harness/seeding.ts';

const ROWS = 1_000_000;

export async function lists({ workspace, say }: Bench): Promise<Figures> {
	const directory = await workspace.room('lists');
	await using child = new Child(join(import.meta.dirname, '..', 'harness', 'lists-process.ts'));
	const {
		lists: times,
		fillSeconds,
		...measured
	} = await child.ask<ListsMeasured>({
		file: databaseIn(directory),
		count: ROWS,
	} satisfies ListsOrder);
	const [slowest = 'none', slowestTime] = Object.entries(times).sort(([, a], [, b]) => b.maxMs - a.maxMs)[0] ?? [];
	say(`pages of ${Object.keys(times).length} lists: the slowest took ${slowestTime?.maxMs} ms (${slowest})`);
	const column = (of: 'p50Ms' | 'maxMs'): Figures => Object.fromEntries(Object.entries(times).map(([name, time]) => [name, time[of]]));
	return {
		rows: ROWS,
		slowest,
		slowestMs: slowestTime?.maxMs,
		fillSeconds: round(fillSeconds),
		...measured,
		p50Ms: column('p50Ms'),
		maxMs: column('maxMs'),
	};
}
