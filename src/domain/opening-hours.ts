/**
 * When an account is open: a plan of the week in a time zone, and holidays on which another plan, or none, holds. Whatever is not open is a closed
 * time; it ends when the next open span begins.
 */

export const WEEKDAYS: readonly ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] = [
	'sunday',
	'monday',
	'tuesday',
	'wednesday',
	'thursday',
	'friday',
	'saturday',
];
export type Weekday = (typeof WEEKDAYS)[number];

/** Of a day, `HH:MM`. `to` is excluded, may be `24:00`, and lies after `from`: a night is two spans, one on each day. Those of one day do not overlap. */
export interface DaySpan {
	readonly from: string;
	readonly to: string;
}

export interface Holiday {
	/** `YYYY-MM-DD` in the time zone; no two holidays are on one. */
	readonly date: string;
	readonly name?: string;
	/** Open all the same at these times; none: closed all day. */
	readonly spans: readonly DaySpan[];
}

export interface OpeningHours {
	readonly active: boolean;
	/** IANA name, `America/Sao_Paulo`. */
	readonly timeZone: string;
	/** A day that is missing is closed. */
	readonly week: Readonly<Partial<Record<Weekday, readonly DaySpan[]>>>;
	readonly holidays: readonly Holiday[];
	/** Told to who writes while it is closed. */
	readonly awayMessage: string;
}

export type Opening =
	| { readonly isOpen: true }
	| {
			readonly isOpen: false;
			/** The same for each moment of one closed time; not where its beginning or end falls into the hour by which clocks are changed. */
			readonly closedTime: string;
	  };

/** How many days back a closed time is looked for its beginning; one that is older is called `always`. */
const DAYS_LOOKED_BACK = 400;

const MINUTES_PER_DAY = 24 * 60;
const MS_PER_DAY = MINUTES_PER_DAY * 60_000;

/** Whether it is open at a time, and if not, which closed time it is: `2026-01-30 18:00`, the local end of the last open span. */
export function openingAt(hours: OpeningHours, at: number): Opening {
	const local = localTime(hours.timeZone, at);
	if (spansOn(hours, local.date).some((span) => minutes(span.from) <= local.minute && local.minute < minutes(span.to)))
		return { isOpen: true };
	return { isOpen: false, closedTime: lastOpenEnd(hours, local) };
}

function lastOpenEnd(hours: OpeningHours, now: LocalTime): string {
	// Closed for good, it would be looked for through all those days with each message.
	const isEverOpen = [...Object.values(hours.week), ...hours.holidays.map(({ spans }) => spans)].some((spans) => spans.length > 0);
	if (!isEverOpen) return 'always';
	const today = Date.parse(`${now.date}T00:00:00Z`);
	for (let back = 0; back <= DAYS_LOOKED_BACK; back += 1) {
		const date = new Date(today - back * MS_PER_DAY).toISOString().slice(0, 10);
		const before = back === 0 ? now.minute : MINUTES_PER_DAY;
		const ends = spansOn(hours, date)
			.map((span) => span.to)
			.filter((to) => minutes(to) <= before);
		const last = ends.sort((a, b) => minutes(b) - minutes(a))[0];
		if (last !== undefined) return `${date} ${last}`;
	}
	return 'always';
}

function spansOn(hours: OpeningHours, date: string): readonly DaySpan[] {
	const holiday = hours.holidays.find((one) => one.date === date);
	if (holiday) return holiday.spans;
	const weekday = WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()];
	return (weekday && hours.week[weekday]) ?? [];
}

interface LocalTime {
	readonly date: string;
	/** Since midnight by the wall clock there. */
	readonly minute: number;
}

/** Making a format costs a hundred times what using it does. */
const formats = new Map<string, Intl.DateTimeFormat>();

function localTime(timeZone: string, at: number): LocalTime {
	let format = formats.get(timeZone);
	if (!format) {
		// Swedish writes dates as ISO 8601 does.
		format = new Intl.DateTimeFormat('sv-SE', {
			...{ timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
		});
		formats.set(timeZone, format);
	}
	const [date = '', time = ''] = format.format(at).split(' ');
	return { date, minute: minutes(time) };
}

/** Of `HH:MM`. */
function minutes(time: string): number {
	const [hour = '0', minute = '0'] = time.split(':');
	return Number(hour) * 60 + Number(minute);
}

export interface HoursFault {
	/** `week.monday[0]`, `timeZone`. */
	readonly path: string;
	readonly en: string;
	readonly pt: string;
}

const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;
const END_OF_DAY = '24:00';

/** What is wrong with a plan, by its places; empty if nothing. */
export function faultsOfHours(hours: OpeningHours): readonly HoursFault[] {
	const faults: HoursFault[] = [];
	if (!isTimeZone(hours.timeZone)) faults.push({ path: 'timeZone', en: 'is no time zone', pt: 'não é um fuso horário' });
	for (const day of WEEKDAYS) faults.push(...faultsOfSpans(hours.week[day] ?? [], `week.${day}`));
	hours.holidays.forEach((holiday, index) => {
		const path = `holidays[${index}].date`;
		if (!isDate(holiday.date)) faults.push({ path, en: 'is no date', pt: 'não é uma data' });
		// Told of the later one, as with times.
		else if (hours.holidays.slice(0, index).some(({ date }) => date === holiday.date))
			faults.push({ path, en: 'is the date of another holiday', pt: 'já é a data de outro feriado' });
		faults.push(...faultsOfSpans(holiday.spans, `holidays[${index}].spans`));
	});
	return faults;
}

function faultsOfSpans(spans: readonly DaySpan[], path: string): HoursFault[] {
	const isFaulty = ({ from, to }: DaySpan): boolean =>
		!TIME_OF_DAY.test(from) || !(TIME_OF_DAY.test(to) || to === END_OF_DAY) || minutes(from) >= minutes(to);
	return spans.flatMap((span, index) => {
		const place = `${path}[${index}]`;
		if (isFaulty(span)) return [{ path: place, en: 'must end after it begins', pt: 'deve terminar depois de começar' }];
		// Told of the later one: that was written last.
		if (spans.slice(0, index).some((other) => !isFaulty(other) && overlap(span, other)))
			return [{ path: place, en: 'overlaps with other times of the day', pt: 'se sobrepõe a outro horário do dia' }];
		return [];
	});
}

function overlap(one: DaySpan, other: DaySpan): boolean {
	return minutes(one.from) < minutes(other.to) && minutes(other.from) < minutes(one.to);
}

function isTimeZone(name: string): boolean {
	try {
		new Intl.DateTimeFormat('en', { timeZone: name });
		return true;
	} catch {
		return false; // a RangeError: it knows no such zone
	}
}

function isDate(date: string): boolean {
	const time = Date.parse(`${date}T00:00:00Z`);
	return /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}
