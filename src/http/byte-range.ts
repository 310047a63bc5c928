/** The header `Range` (RFC 9110, section 14.2). Of several ranges none is answered: whoever asks for them gets all of it. */
import type { ByteRange } from '../ports/blobs.ts';

const ONE_RANGE = /^bytes=(\d*)-(\d*)$/;

/** The part that is asked for; undefined: all of it; `none`: a part that it does not have. */
export function rangeOf(header: string | undefined, size: number): ByteRange | 'none' | undefined {
	const [, first = '', last = ''] = ONE_RANGE.exec(header?.replaceAll(' ', '') ?? '') ?? [];
	if (first === '' && last === '') return undefined;
	if (first === '') return Number(last) === 0 || size === 0 ? 'none' : { first: Math.max(0, size - Number(last)), last: size - 1 };
	const range = { first: Number(first), last: last === '' ? size - 1 : Math.min(Number(last), size - 1) };
	// Written the wrong way round it says nothing.
	if (last !== '' && Number(last) < range.first) return undefined;
	return range.first >= size ? 'none' : range;
}
