/**
 * How figures are kept: a document for each hour of each process, and one for each of its busiest accounts in that hour. A process has an id of its own in
 * each life, so none ever writes over what another one counted; who reads adds them up.
 */
import { type Collection, collection, type DocumentDelete, type DocumentPut } from '../ports/documents.ts';
import type { Row } from './series.ts';
import { HOUR_MS } from './tally.ts';

export interface KeptHour {
	readonly process: string;
	readonly rows: readonly Row[];
	/** Of a total: there were more accounts than are kept, and the figures of the others are in it alone. */
	readonly isCrowded?: boolean;
}

export const FIGURES: Collection<KeptHour> = collection('figures');

/** The account of what is nobody's alone: the total. */
export const ALL_ACCOUNTS = '';

/** Figures are kept for so long: a day more than the longest window. */
export const FIGURES_KEPT_MS: number = 8 * 24 * HOUR_MS;

/** Of one hour and process. */
interface Place {
	readonly hour: number;
	readonly process: string;
	/** Or `ALL_ACCOUNTS`. */
	readonly accountId: string;
}

export function putHour(place: Place, kept: Omit<KeptHour, 'process'>): DocumentPut {
	const { hour, process, accountId } = place;
	return FIGURES.put({ id: idOf(place), accountId, at: hour * HOUR_MS, value: { process, ...kept } });
}

export function deleteHour(place: Place): DocumentDelete {
	return FIGURES.delete(idOf(place));
}

function idOf({ hour, process, accountId }: Place): string {
	return `${hour}/${process}/${accountId}`;
}
