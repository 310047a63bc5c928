/** How customers rated their attendances: by number, by time, by operator. Times are epoch milliseconds; both ends are included. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { RecadoError } from '../../../errors.ts';
import type { Page, PageRequest } from '../../../ports/pages.ts';
import type { RatedAttendance } from '../../../service-desk/answering-services.ts';
import { ACCOUNT_PATH, type AccountPath, ownedId } from '../authentication.ts';
import type { PlugchatPartnerDeps } from '../deps.ts';
import { ratedAttendance } from '../views/rated-attendance.ts';

const PATH = `${ACCOUNT_PATH}/satisfaction`;

/** The documents know no pages; of a span with more than this it is told that it is too long. */
const RATED_MAX = 10_000;
const PAGE = 200;

const span = { start: Type.Number(), end: Type.Number() };
const TicketBody = Type.Object({ ticket: Type.Integer({ minimum: 1, description: 'Number of the attendance' }) });
const DateBody = Type.Object(span);
const OperatorBody = Type.Object({ ...span, operatorId: Type.String({ minLength: 1 }) });

export function satisfactionRoutes(scope: FastifyInstance, deps: PlugchatPartnerDeps): void {
	const { surveys, staff } = deps.serviceDesk;
	scope.post<AccountPath & { Body: Static<typeof TicketBody> }>(`${PATH}/by-ticket`, { schema: { body: TicketBody } }, async (request) => {
		const rated = await surveys.byTicket(await ownedId(request, deps), request.body.ticket);
		if (!rated) throw new RecadoError('not_there', { details: { what: 'rated attendance' } });
		return { success: true, data: ratedAttendance(rated) };
	});

	scope.post<AccountPath & { Body: Static<typeof DateBody> }>(`${PATH}/by-date`, { schema: { body: DateBody } }, async (request) => {
		const accountId = await ownedId(request, deps);
		const { start: from, end: to } = request.body;
		return answer(await allOf((page) => surveys.byDate(accountId, { from, to }, page)));
	});

	scope.post<AccountPath & { Body: Static<typeof OperatorBody> }>(
		`${PATH}/by-operator`,
		{ schema: { body: OperatorBody } },
		async (request) => {
			const accountId = await ownedId(request, deps);
			const { start: from, end: to, operatorId } = request.body;
			const { operator } = await staff.member(accountId, operatorId);
			return answer(await allOf((page) => surveys.byOperator(accountId, operator.id, { from, to }, page)));
		},
	);
}

function answer(rated: readonly RatedAttendance[]): object {
	return { success: true, data: rated.map(ratedAttendance) };
}

/** Throws invalid_request where there are too many. */
async function allOf(read: (page: PageRequest) => Promise<Page<RatedAttendance>>): Promise<readonly RatedAttendance[]> {
	const all: RatedAttendance[] = [];
	let cursor: string | undefined;
	do {
		const page = await read({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
		all.push(...page.items);
		cursor = page.next;
		if (all.length > RATED_MAX) throw tooMany();
	} while (cursor !== undefined);
	return all;
}

function tooMany(): RecadoError {
	return new RecadoError('invalid_request', {
		faults: [
			{
				path: 'end',
				en: `must be nearer to start: there are more than ${RATED_MAX} ratings between them`,
				pt: `deve estar mais perto de start: há mais de ${RATED_MAX} avaliações no período`,
			},
		],
	});
}
