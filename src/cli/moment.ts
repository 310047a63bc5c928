/** A time as a person writes it: a date, or how long ago. */
import { UsageError } from './failure.ts';

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `2026-01-31T08:00:00Z`, `2026-01-31T08:00` (of this machine's zone), `90m`, `3d`. Throws UsageError, naming the option. */
export function momentBefore(text: string, option: string, now: number): Date {
	const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
	const moment = new Date(count === undefined ? Date.parse(text) : now - Number(count) * (UNIT_MS[unit] ?? 0));
	if (/^\d+$/.test(text) || Number.isNaN(moment.getTime())) {
		throw new UsageError(`${option} must be a time like 2026-01-31T08:00:00Z, or 30m, 2h, 3d for so long ago, not "${text}"`);
	}
	return moment;
}
