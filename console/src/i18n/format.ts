/** Numbers, times and lengths of time, as the chosen language writes them. */
import { locale } from './language.ts';

export function count(value: number): string {
	return new Intl.NumberFormat(locale()).format(value);
}

/** `1.2k`; for what is looked at, and not calculated with. */
export function roughly(value: number): string {
	return new Intl.NumberFormat(locale(), { notation: 'compact', maximumFractionDigits: 1 }).format(value);
}

/** @param share 0 to 1 */
export function percent(share: number): string {
	return new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: share > 0.99 && share < 1 ? 2 : 1 }).format(share);
}

export function dateTime(at: string | number): string {
	return new Intl.DateTimeFormat(locale(), { dateStyle: 'short', timeStyle: 'medium' }).format(new Date(at));
}

/** Without seconds. */
export function dateMinute(at: string | number): string {
	return new Intl.DateTimeFormat(locale(), { dateStyle: 'short', timeStyle: 'short' }).format(new Date(at));
}

export function timeOfDay(at: string | number): string {
	return new Intl.DateTimeFormat(locale(), { timeStyle: 'short' }).format(new Date(at));
}

const STEPS = [
	['day', 86_400_000],
	['hour', 3_600_000],
	['minute', 60_000],
	['second', 1_000],
] as const;

/** `3 minutes ago`, `in 2 hours`. */
export function ago(at: string | number, now: number = Date.now(), style: 'long' | 'narrow' = 'long'): string {
	const ms = new Date(at).getTime() - now;
	const [unit, size] = STEPS.find(([, length]) => Math.abs(ms) >= length) ?? (['second', 1_000] as const);
	return new Intl.RelativeTimeFormat(locale(), { numeric: 'auto', style }).format(Math.round(ms / size), unit);
}

/** `420 ms`, `1.3 s`, `4 min`. */
export function lasting(ms: number): string {
	const [unit, value] =
		ms < 1_000
			? (['millisecond', Math.round(ms * 10) / 10] as const)
			: ms < 60_000
				? (['second', Math.round(ms / 100) / 10] as const)
				: ms < 3_600_000
					? (['minute', Math.round(ms / 60_000)] as const)
					: (['hour', Math.round(ms / 360_000) / 10] as const);
	return new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(value);
}

const KILO = 1_000;

/** `820 kB`, `2.4 MB`. `roundingMode`: of two sizes that are compared, the larger is not to look smaller; then with a decimal always. */
export function fileSize(bytes: number, roundingMode?: 'ceil' | 'floor'): string {
	const [unit, value] =
		bytes < KILO
			? (['byte', bytes] as const)
			: bytes < KILO ** 2
				? (['kilobyte', bytes / KILO] as const)
				: (['megabyte', bytes / KILO ** 2] as const);
	return new Intl.NumberFormat(locale(), {
		style: 'unit',
		unit,
		unitDisplay: 'short',
		maximumFractionDigits: value < 10 || roundingMode !== undefined ? 1 : 0,
		...(roundingMode === undefined ? {} : { roundingMode }),
	}).format(value);
}
