/** Lengths of time as people type them: `5m`, `1h30m`, `0`; and back. */

const UNITS = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const;
const PART = /(\d+(?:[.,]\d+)?)(ms|s|m|h|d)/g;

/** Undefined where it is none. A bare number is seconds. */
export function readDuration(text: string): number | undefined {
	const given = text.trim().toLowerCase().replace(/\s+/g, '');
	if (/^\d+$/.test(given)) return Number(given) * UNITS.s;
	const parts = [...given.matchAll(PART)];
	if (parts.length === 0 || parts.map(([part]) => part).join('') !== given) return undefined;
	const ms = parts.reduce((sum, [, value = '', unit]) => sum + Number(value.replace(',', '.')) * UNITS[unit as keyof typeof UNITS], 0);
	return Math.round(ms);
}

export function writeDuration(ms: number): string {
	if (ms === 0) return '0s';
	let left = ms;
	return Object.entries(UNITS)
		.map(([unit, size]) => {
			const whole = Math.floor(left / size);
			left -= whole * size;
			return whole === 0 ? '' : `${whole}${unit}`;
		})
		.join('');
}

/** Undefined where one of them is no length of time. */
export function readSchedule(text: string): readonly number[] | undefined {
	const steps = text.split(/[;,]\s*|\s+/).filter((step) => step !== '');
	const read = steps.flatMap((step) => readDuration(step) ?? []);
	return read.length === steps.length && read.length > 0 ? read : undefined;
}

export function writeSchedule(steps: readonly number[]): string {
	return steps.map(writeDuration).join(', ');
}
