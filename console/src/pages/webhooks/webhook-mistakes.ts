/** What is typed into the form of a webhook that the gateway need not be asked about, or would never see. */
import { readDuration, readSchedule } from './durations.ts';
import { type HeaderDraft, isBlank, type WebhookDraft } from './webhook-draft.ts';

export type MistakeKind = 'nameless' | 'misnamed' | 'twice' | 'valueless' | 'unfit' | 'schedule' | 'patience' | 'rate';

export interface Mistake {
	/** As the gateway says of which field a fault is; of a header by the key of its row, for its name may be what is wrong. */
	readonly path: string;
	readonly kind: MistakeKind;
}

/** As the gateway has it. */
export const RATE_BOUNDS = { min: 0.001, max: 10_000 } as const;

const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const VALUE = /^[\t -~]*$/;

/** In the order of the form. */
export function mistakesOf({ headers, schedule, patience, ratePerSecond }: WebhookDraft): readonly Mistake[] {
	return [
		...headers.flatMap((header) => ofHeader(header, headers)),
		...(isRate(ratePerSecond) ? [] : [{ path: 'ratePerSecond', kind: 'rate' } as const]),
		...(schedule.trim() === '' || readSchedule(schedule) ? [] : [{ path: 'scheduleMs', kind: 'schedule' } as const]),
		...(patience.trim() === '' || readDuration(patience) !== undefined ? [] : [{ path: 'patienceMs', kind: 'patience' } as const]),
	];
}

function ofHeader(header: HeaderDraft, all: readonly HeaderDraft[]): readonly Mistake[] {
	if (isBlank(header)) return [];
	const { key } = header;
	const name = ofName(header, all);
	const value = ofValue(header);
	return [...(name ? [{ path: nameAt(key), kind: name }] : []), ...(value ? [{ path: valueAt(key), kind: value }] : [])];
}

function ofName(header: HeaderDraft, all: readonly HeaderDraft[]): MistakeKind | undefined {
	const name = header.name.trim();
	if (name === '') return 'nameless';
	if (!NAME.test(name)) return 'misnamed';
	// Of two the later one is too many.
	const isBefore = all.slice(0, all.indexOf(header)).some((other) => other.name.trim().toLowerCase() === name.toLowerCase());
	return isBefore ? 'twice' : undefined;
}

function ofValue({ value, isKept }: HeaderDraft): MistakeKind | undefined {
	if (value === '') return isKept ? undefined : 'valueless';
	return VALUE.test(value) ? undefined : 'unfit';
}

export function nameAt(key: number): string {
	return `headers[${key}].name`;
}

export function valueAt(key: number): string {
	return `headers[${key}].value`;
}

function isRate(typed: string | number): boolean {
	return typed === '' || (Number(typed) >= RATE_BOUNDS.min && Number(typed) <= RATE_BOUNDS.max);
}
