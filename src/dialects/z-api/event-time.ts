/** When an event starts: ISO 8601, whose offset is in the time itself or, as documented, in `timeZone` (`UTC-3`). */
import { fault } from './faults.ts';

const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?(Z|[+-]\d{2}:?\d{2})?$/i;
const OFFSET = /^(?:UTC|GMT)(?:([+-])(\d{1,2})(?::?([0-5]\d))?)?$/i;

const MINUTE_MS = 60_000;

/** Epoch milliseconds; a time without an offset and without a zone is UTC. Throws invalid_request. */
export function eventTime({ dateTime, timeZone = 'UTC' }: { readonly dateTime: string; readonly timeZone?: string }): number {
	const [, day, time = '00:00', offset] = ISO.exec(dateTime.trim()) ?? [];
	const asUtc = Date.parse(`${day}T${time}${offset ?? 'Z'}`);
	if (Number.isNaN(asUtc)) throw fault('event.dateTime', 'must be a time as ISO 8601', 'deve ser uma data ISO 8601');
	// A zone that nobody has is wrong even where it is not needed.
	const ahead = aheadOfUtc(timeZone.trim(), asUtc);
	return offset === undefined ? asUtc - ahead : asUtc;
}

/** Milliseconds. */
function aheadOfUtc(timeZone: string, at: number): number {
	const written = OFFSET.exec(timeZone);
	if (!written) return aheadInZone(timeZone, at);
	const [, sign, hours = '0', minutes = '0'] = written;
	return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
}

/** By the local time that the zone's clocks show then; of an hour that they show twice or never, either answer is one. */
function aheadInZone(timeZone: string, at: number): number {
	const shown = (instant: number): number => {
		const parts = Object.fromEntries(
			formatOf(timeZone)
				.formatToParts(instant)
				.map(({ type, value }) => [type, Number(value)]),
		);
		const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
		return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
	};
	return shown(at - shown(at));
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
	try {
		return new Intl.DateTimeFormat('en-US', {
			...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric' },
			...{ day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
		});
	} catch {
		throw fault('event.timeZone', 'must be like UTC-3 or America/Sao_Paulo', 'deve ser como UTC-3 ou America/Sao_Paulo');
	}
}
