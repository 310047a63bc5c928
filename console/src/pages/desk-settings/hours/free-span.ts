/** Times of a day that could come to those that it has. */

export interface Span {
	readonly from: string;
	readonly to: string;
}

export const END_OF_DAY = '24:00';

const DAY_MINUTES = 24 * 60;
const USUAL: Span = { from: '08:00', to: '18:00' };
/** Between the last times and those after them. */
const REST_MINUTES = 60;
const LENGTH_MINUTES_MAX = 4 * 60;

/** An hour after the last one ends where there is room for it, and else in the longest time that is free; undefined where the day is full. */
export function freeSpan(spans: readonly Span[]): Span | undefined {
	const taken = spans.map(({ from, to }) => [minutesOf(from), minutesOf(to)] as const).filter(([from, to]) => from < to);
	if (taken.length === 0) return USUAL;
	const begin = Math.max(...taken.map(([, to]) => to)) + REST_MINUTES;
	if (begin + REST_MINUTES <= DAY_MINUTES) return spanOf(begin, Math.min(begin + LENGTH_MINUTES_MAX, DAY_MINUTES));
	const [longest] = gapsBetween(taken).toSorted((one, other) => lengthOf(other) - lengthOf(one));
	return longest && spanOf(...longest);
}

type Gap = readonly [from: number, to: number];

function gapsBetween(taken: readonly Gap[]): readonly Gap[] {
	const gaps: Gap[] = [];
	let end = 0;
	for (const [from, to] of taken.toSorted(([one], [other]) => one - other)) {
		if (from > end) gaps.push([end, from]);
		end = Math.max(end, to);
	}
	return end < DAY_MINUTES ? [...gaps, [end, DAY_MINUTES]] : gaps;
}

function lengthOf([from, to]: Gap): number {
	return to - from;
}

/** Of what is being written and no time yet: NaN, which lies nowhere. */
function minutesOf(time: string): number {
	const [hour = '', minute = ''] = time.split(':');
	return hour === '' ? Number.NaN : Number(hour) * 60 + Number(minute);
}

function spanOf(from: number, to: number): Span {
	return { from: timeOf(from), to: timeOf(to) };
}

function timeOf(minutes: number): string {
	const two = (number: number): string => `${number}`.padStart(2, '0');
	return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
