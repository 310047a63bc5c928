/** Lists that are paged by number: what comes before a page is walked past, and what there is in all is counted, so both have a limit. */
import { RecadoError } from '../../errors.ts';
import { LISTED_MAX } from '../../ports/pages.ts';

/** How many rows come before the page. Throws `invalid_request` where that is more than a list is walked. */
export function boundedOffset(offset: number): number {
	if (offset < LISTED_MAX) return offset;
	const fault = {
		path: 'page',
		en: `must be within the first ${LISTED_MAX} of the list`,
		pt: `deve estar entre os primeiros ${LISTED_MAX} da lista`,
	};
	throw new RecadoError('invalid_request', { faults: [fault] });
}

/** Counts from 1. */
export function offsetOfPage(page: number, limit: number): number {
	return boundedOffset((page - 1) * limit);
}
