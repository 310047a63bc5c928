/** Holds the lists of the gateway against the diaries: surveys by account, operator, date and ticket, transfers, who waits at the end, and what belongs to another account. */
import type { Api } from './api.ts';
import { ApiError } from './api.ts';
import { ratingsIn } from './audit-attendances.ts';
import { compare } from './audit-messages.ts';
import type { Books, Fault } from './books.ts';
import type { Company } from './company.ts';

interface Rated {
	readonly answer: {
		readonly attendanceNumber: number;
		readonly rating: number;
		readonly observation?: string;
		readonly answeredAt: string;
	};
}

interface Ticket {
	readonly attendance: { readonly number: number; readonly status: string };
	readonly transfers: readonly { readonly reason?: string }[];
	readonly answer?: Rated['answer'];
}

export async function auditLists(recado: Api, company: Company, books: Books): Promise<readonly Fault[]> {
	const parts = await Promise.all([
		auditSurveys(recado, company, books),
		auditTickets(recado, company, books),
		auditDesk(recado, company, books),
	]);
	return parts.flat();
}

async function auditSurveys(recado: Api, { key, id, operators }: Company, { diary }: Books): Promise<readonly Fault[]> {
	const answers = `/accounts/${id}/survey/answers`;
	const all = await recado.all<Rated>(answers);
	const faults = [...compare(`${key} survey`, ratingsIn(diary.visits).sort(), all.map(written).sort())];
	for (const operator of operators) {
		const theirs = diary.closings.filter(({ operatorId }) => operatorId === operator.id).map(({ number }) => number);
		const expected = ratingsIn(diary.visits.filter(({ number }) => theirs.includes(number)));
		const told = await recado.all<Rated>(`${answers}?operatorId=${operator.id}`);
		faults.push(...compare(`${key} survey of ${operator.name}`, expected.sort(), told.map(written).sort()));
	}
	// Two spans that meet have everything, and nothing twice.
	const middle = all[Math.floor(all.length / 2)]?.answer.answeredAt;
	if (middle !== undefined) {
		const halves = await Promise.all(
			['until', 'since'].map((edge) => recado.all<Rated>(`${answers}?${edge}=${encodeURIComponent(middle)}`)),
		);
		faults.push(...compare(`${key} survey by date`, all.map(written).sort(), halves.flat().map(written).sort()));
	}
	return faults.map(({ detail }): Fault => ({ what: 'survey', detail }));
}

function written({ answer }: Rated): string {
	return `${answer.attendanceNumber}: ${answer.rating} ${answer.observation ?? ''}`;
}

/** By number: finished, handed over as noted, rated as noted. */
async function auditTickets(recado: Api, { key, id }: Company, { diary }: Books): Promise<readonly Fault[]> {
	const faults: Fault[] = [];
	for (const visit of diary.visits) {
		const where = `${key} ticket ${visit.number}`;
		const ticket = await recado.ask<Ticket>('GET', `/accounts/${id}/tickets/${visit.number}`);
		if (ticket.attendance.status !== 'finished') faults.push({ what: 'attendance', detail: `${where} is ${ticket.attendance.status}` });
		const reasons = diary.transfers.filter(({ number }) => number === visit.number).map(({ reason }) => reason);
		const told = ticket.transfers.map(({ reason }) => reason ?? '');
		if (reasons.join() !== told.join()) faults.push({ what: 'transfer', detail: `${where} has "${told.join()}" for "${reasons.join()}"` });
		const rated = ticket.answer ? [written({ answer: ticket.answer })] : [];
		faults.push(...compare(where, ratingsIn([visit]), rated).map(({ detail }): Fault => ({ what: 'survey', detail })));
	}
	return faults;
}

/** Who came late waits, and nobody else; nothing is left open; and a colleague of another company sees nothing. */
async function auditDesk(recado: Api, { key, id }: Company, { diary }: Books): Promise<readonly Fault[]> {
	const waiting = await recado.all<{ phone: string }>(`/accounts/${id}/desk/waiting`);
	const open = await recado.all<{ number: number }>(`/accounts/${id}/desk/attending`);
	const closed = await recado.all<{ number: number }>(`/accounts/${id}/desk/closed`);
	const phones = waiting.map(({ phone }) => phone).sort();
	const numbers = closed.map(({ number }) => String(number)).sort();
	return [
		...compare(`${key} waiting`, [...diary.latecomers].sort(), phones),
		...compare(
			`${key} open`,
			[],
			open.map(({ number }) => String(number)),
		),
		...compare(`${key} closed`, diary.closings.map(({ number }) => String(number)).sort(), numbers),
	].map(({ detail }): Fault => ({ what: 'desk', detail }));
}

/** An operator of one company asks for what is another's. */
export async function auditWalls(recado: Api, one: Company, other: Company): Promise<readonly Fault[]> {
	const [stranger] = one.operators;
	const isRefused = await recado.ask('GET', `/accounts/${other.id}/desk/closed?asOperatorId=${stranger.id}`).then(
		() => false,
		(error: unknown) => error instanceof ApiError && error.status >= 400 && error.status < 500,
	);
	return isRefused ? [] : [{ what: 'of another account', detail: `${stranger.name} of ${one.key} sees the desk of ${other.key}` }];
}
