/**
 * What the lines of a transfer file are: a header, a line for each row, and a trailer, which says that nothing is missing. A change of it, or of
 * the tables' common form, has another version.
 */
import type { TransferRow } from '../ports/transfer.ts';
import type { TableRow } from './all-rows.ts';
import type { TableSum } from './table-sums.ts';
import { TransferFault } from './transfer-fault.ts';

const FORMAT = 'recado-transfer';
const VERSION = 2;

export type Sums = Readonly<Record<string, TableSum>>;

export type Line =
	| { readonly kind: 'header'; readonly counts: Readonly<Record<string, number>> }
	| ({ readonly kind: 'row' } & TableRow)
	| { readonly kind: 'trailer'; readonly sums: Sums };

export function headerLine(counts: ReadonlyMap<string, number>): string {
	return JSON.stringify({ format: FORMAT, version: VERSION, counts: Object.fromEntries(counts) });
}

/** Of a row as JSON. */
export function rowLine(table: string, row: string): string {
	return `{"table":${JSON.stringify(table)},"row":${row}}`;
}

export function trailerLine(sums: Sums): string {
	return JSON.stringify({ sums });
}

/** Throws TransferFault where it is none of these, or of another version. */
export function parseLine(text: string): Line {
	const line = parseObject(text);
	if (typeof line['table'] === 'string' && isObject(line['row']))
		return { kind: 'row', table: line['table'], row: line['row'] as TransferRow };
	if (isObject(line['sums'])) return { kind: 'trailer', sums: line['sums'] as Sums };
	if (line['format'] !== FORMAT || !isObject(line['counts'])) throw new TransferFault('this is no file that recado export wrote');
	if (line['version'] !== VERSION) {
		throw new TransferFault(`the file has the format ${String(line['version'])}, of another version of recado; this one knows ${VERSION}`);
	}
	return { kind: 'header', counts: line['counts'] as Readonly<Record<string, number>> };
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch (cause) {
		throw new TransferFault('the file is damaged: a line is no JSON', { cause });
	}
	if (!isObject(parsed)) throw new TransferFault('the file is damaged: a line is no object');
	return parsed;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return value !== null && typeof value === 'object' && !Array.isArray(value);
}
