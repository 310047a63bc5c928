/**
 * Holds what the webhooks of one path tell of attendances against the diaries: each is started and finished once, numbers have no gaps, the transcript is
 * exactly what stood on the customer's phone from the request to the end, and what was noted is told as it was noted.
 */
import { compare } from './audit-messages.ts';
import type { Books, Fault } from './books.ts';
import type { Closing, Visit } from './diary.ts';
import type { Arrival } from './receiver.ts';
import { type Finished, type Telling, tellingOf } from './telling.ts';

export function auditAttendances(path: string, taken: readonly Arrival[], books: Books): readonly Fault[] {
	const tellings = taken.flatMap((arrival) => tellingOf(arrival) ?? []);
	const finished = tellings.filter((telling) => telling.kind === 'finished');
	return [
		...auditNumbers(path, tellings, books),
		...finished.flatMap((one) => auditFinished(path, one, books)),
		// Plugchat tells neither; there the lists of the gateway are asked.
		...(path.endsWith('/recado') ? [...auditTransfers(path, tellings, books), ...auditRatings(path, tellings, books)] : []),
	];
}

/** From 1 on, one after the other, and each of them noted by the customer and by the operator. */
function auditNumbers(path: string, tellings: readonly Telling[], { diary }: Books): readonly Fault[] {
	const expected = diary.closings.map((_closing, index) => String(index + 1));
	const numbersOf = (kind: 'started' | 'finished'): readonly string[] =>
		tellings.flatMap((telling) => (telling.kind === kind ? [String(telling.number)] : []));
	const sorted = (numbers: readonly (string | number)[]): readonly string[] => numbers.map(String).sort((a, b) => Number(a) - Number(b));
	const lists = {
		started: sorted(numbersOf('started')),
		finished: sorted(numbersOf('finished')),
		'noted by operators': sorted(diary.closings.map(({ number }) => number)),
		'noted by customers': sorted(diary.visits.map(({ number }) => number)),
	};
	return [
		...Object.entries(lists).flatMap(([what, numbers]) => compare(`${path} attendances ${what}`, expected, numbers)),
		...late(path, tellings),
	];
}

/** Finished before it was started. */
function late(path: string, tellings: readonly Telling[]): readonly Fault[] {
	const started = new Set<number>();
	return tellings.flatMap((telling): readonly Fault[] => {
		if (telling.kind === 'started') started.add(telling.number);
		if (telling.kind !== 'finished' || started.has(telling.number)) return [];
		return [{ what: 'out of order', detail: `${path} attendance ${telling.number} was finished before it was started` }];
	});
}

function auditFinished(path: string, told: Finished, { diary }: Books): readonly Fault[] {
	const where = `${path} attendance ${told.number}`;
	const closing = diary.closings.find(({ number }) => number === told.number);
	const visit = diary.visits.find(({ number }) => number === told.number);
	if (!closing || !visit) return [{ what: 'attendance', detail: `${where} is in nobody's diary` }];
	return [...auditClosing(where, told, closing), ...auditTranscript(where, told.transcript, visit)];
}

function auditClosing(where: string, told: Finished, closing: Closing): readonly Fault[] {
	const noted = [closing.phone, closing.operator, closing.report, closing.category];
	const read = [told.phone, told.finishedBy, told.report, told.categories.join(', ')];
	if (noted.every((one, index) => one === read[index])) return [];
	return [{ what: 'attendance', detail: `${where} says ${read.join(' | ')} for ${noted.join(' | ')}` }];
}

/** Each side's messages in their order; between the sides the phone and the gateway may see those that crossed on the way differently. */
function auditTranscript(where: string, told: readonly string[], { mine, theirs }: Visit): readonly Fault[] {
	const isMine = new Set(mine);
	const faults = [
		...compare(
			where,
			mine,
			told.filter((id) => isMine.has(id)),
		),
		...compare(
			where,
			theirs,
			told.filter((id) => !isMine.has(id)),
		),
	];
	return faults.map(({ what, detail }): Fault => ({ what: 'transcript', detail: `${detail} (${what})` }));
}

function auditTransfers(path: string, tellings: readonly Telling[], { diary }: Books): readonly Fault[] {
	const told = tellings.filter((telling) => telling.kind === 'transferred').map(({ number, reason }) => `${number} ${reason}`);
	const made = diary.transfers.map(({ number, reason }) => `${number} ${reason}`);
	return compare(`${path} transfers`, made.sort(), told.sort()).map(({ detail }): Fault => ({ what: 'transfer', detail }));
}

/** Told with the rating, and told again with the observation: the last one counts. */
function auditRatings(path: string, tellings: readonly Telling[], { diary }: Books): readonly Fault[] {
	const told = new Map<number, string>();
	for (const telling of tellings) {
		if (telling.kind === 'rated') told.set(telling.number, `${telling.number}: ${telling.rating} ${telling.observation}`);
	}
	return compare(`${path} ratings`, ratingsIn(diary.visits).sort(), [...told.values()].sort()).map(
		({ detail }): Fault => ({ what: 'survey', detail }),
	);
}

/** As they are compared: number, rating, observation. */
export function ratingsIn(visits: readonly Visit[]): string[] {
	return visits.flatMap(({ number, rating, observation }) => (rating === undefined ? [] : [`${number}: ${rating} ${observation}`]));
}
