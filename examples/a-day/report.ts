/** The table at the end of the day, and below it what is off. */
import type { Day } from './audit.ts';
import type { Fault } from './books.ts';
import type { Ledger } from './ledger.ts';

/** Of each kind of fault; the rest is counted. */
const SHOWN_MAX = 5;

export interface Reported {
	readonly days: readonly Day[];
	readonly ledger: Ledger;
	readonly faults: readonly Fault[];
	readonly seconds: number;
}

export function reportOf(reported: Reported): string {
	const rows = rowsOf(reported);
	const width = Math.max(...rows.map(([name]) => name.length));
	const table = rows.map(([name, value]) => `${name.padEnd(width)}  ${String(value).padStart(8)}`);
	return [...table, '', ...faultLines(reported.faults)].join('\n');
}

function rowsOf({ days, ledger, faults, seconds }: Reported): readonly (readonly [string, string | number])[] {
	const arrivals = days.flatMap(({ company }) => Object.values(company.paths).flatMap((path) => ledger.arrivalsAt(path)));
	const taken = arrivals.filter(({ isTaken }) => isTaken);
	const sum = (of: (day: Day) => number): number => days.reduce((total, day) => total + of(day), 0);
	const messages = (fromMe: boolean): number =>
		sum(({ books }) => [...books.screens.values()].flat().filter((message) => message.fromMe === fromMe).length);
	return [
		['customers', sum(({ books }) => books.screens.size)],
		['operators', sum(({ company }) => company.operators.length)],
		['messages of customers', messages(true)],
		['messages to customers', messages(false)],
		['webhooks taken', taken.length],
		['webhooks refused', arrivals.length - taken.length],
		['duplicates', taken.length - new Set(taken.map(({ path, webhookId }) => `${path} ${webhookId}`)).size],
		['out of order', faults.filter(({ what }) => what === 'out of order').length],
		['attendances', sum(({ books }) => books.diary.closings.length)],
		['transfers', sum(({ books }) => books.diary.transfers.length)],
		['surveys', sum(({ books }) => books.diary.visits.filter(({ rating }) => rating !== undefined).length)],
		['after hours', sum(({ books }) => books.diary.latecomers.length)],
		['seconds', seconds.toFixed(1)],
	];
}

function faultLines(faults: readonly Fault[]): readonly string[] {
	if (faults.length === 0) return ['Everything is as promised.'];
	const kinds = Map.groupBy(faults, ({ what }) => what);
	return [...kinds].flatMap(([what, some]) => [
		`${what}: ${some.length}`,
		...some.slice(0, SHOWN_MAX).map(({ detail }) => `  ${detail}`),
		...(some.length > SHOWN_MAX ? ['  …'] : []),
	]);
}
