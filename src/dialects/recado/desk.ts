/** The desk: what waits, who takes it, and what becomes of it. */
import { Type } from 'typebox';
import { RecadoError } from '../../errors.ts';
import type { ChatView } from '../../ports/chats.ts';
import type { Asker, Desk } from '../../service-desk/services.ts';
import { listOf, Nothing, pageOf, ref, replies } from './answering.ts';
import { CategoryChoice, chosenCategory, REPORT_LENGTH_MAX } from './attendances.ts';
import type { RecadoDeps } from './deps.ts';
import { AskerQuery, askerOf, askerProperties, operatorOf } from './desk-input.ts';
import { found, foundAccount } from './found.ts';
import { IdParams, MemberParams, only, pageOfQuery, pageProperties, strict } from './inputs.ts';
import { attendancesShown, chatsShown, latestProperty } from './latest-of.ts';
import { ROOT, type Scope } from './scope.ts';
import { attendanceView, transferView } from './views/attendance.ts';
import { DESK_COUNTED_MAX, waitingCountView } from './views/chat.ts';
import { ticketView } from './views/desk.ts';

const tags = ['Desk'];
const DESK = `${ROOT}/accounts/:id/desk`;
const Department = Type.Optional(Type.String({ description: 'All that the asker sees if missing' }));
/** Of lists of attendances. */
const attendanceProperties = {
	departmentId: Department,
	ofOperatorId: Type.Optional(Type.String({ description: 'Those that this operator is in' })),
};
/** What one writes into a box. */
const REASON_LENGTH_MAX = 2_000;
const OPERATORS_MAX = 100;

export function deskRoutes(scope: Scope, deps: RecadoDeps): void {
	waitingRoutes(scope, deps);
	listRoutes(scope, deps);
	attendingCountRoute(scope, deps);
	takingRoutes(scope, deps);
	handOverRoutes(scope, deps);
	finishingRoute(scope, deps);
	operatorRoutes(scope, deps);
	ticketRoute(scope, deps);
}

function waitingRoutes(scope: Scope, { serviceDesk: { desk }, store }: RecadoDeps): void {
	scope.get(
		`${DESK}/waiting`,
		{
			schema: {
				tags,
				summary: 'List chats that wait, who waits longest first',
				params: IdParams,
				querystring: Type.Object({ departmentId: Department, ...latestProperty, ...askerProperties, ...pageProperties }, strict),
				response: replies({ 200: pageOf('Chat') }),
			},
		},
		async ({ params, query, credential }) => {
			const { id } = await foundAccount(store, params.id);
			const page = await desk.waiting(askerOf(credential, id, query), only(query, ['departmentId']), pageOfQuery(query));
			return { items: await chatsShown(store, page.items, query), next: page.next };
		},
	);
	scope.get(
		`${DESK}/waiting/count`,
		{
			schema: {
				tags,
				summary: 'Count chats that wait',
				description: `Those of the list, up to ${DESK_COUNTED_MAX}.`,
				params: IdParams,
				querystring: Type.Object({ departmentId: Department, ...askerProperties }, strict),
				response: replies({ 200: ref('DeskCount') }),
			},
		},
		async ({ params, query, credential }) => {
			const { id } = await foundAccount(store, params.id);
			const asker = askerOf(credential, id, query);
			// One more than is told: whether there are more.
			return waitingCountView(await desk.waitingCount(asker, only(query, ['departmentId']), DESK_COUNTED_MAX + 1));
		},
	);
}

function listRoutes(scope: Scope, { serviceDesk: { desk }, store }: RecadoDeps): void {
	const lists = [
		['attending', 'List open attendances, newest first'],
		['closed', 'List finished attendances, the last to be finished first'],
	] as const;
	for (const [list, summary] of lists) {
		scope.get(
			`${DESK}/${list}`,
			{
				schema: {
					tags,
					summary,
					description: 'A page may be shorter than `limit` where the asker may not see some of it.',
					params: IdParams,
					querystring: Type.Object({ ...attendanceProperties, ...latestProperty, ...askerProperties, ...pageProperties }, strict),
					response: replies({ 200: pageOf('Attendance') }),
				},
			},
			async ({ params, query, credential }) => {
				const { id } = await foundAccount(store, params.id);
				const asker = askerOf(credential, id, query);
				const page = await desk[list](asker, only(query, ['departmentId', 'ofOperatorId']), pageOfQuery(query));
				return { items: await attendancesShown(store, page.items, query, (chatId) => seenChat(desk, asker, chatId)), next: page.next };
			},
		);
	}
}

function attendingCountRoute(scope: Scope, { serviceDesk: { desk }, store }: RecadoDeps): void {
	scope.get(
		`${DESK}/attending/count`,
		{
			schema: {
				tags,
				summary: 'Count open attendances',
				description: `Those of the list that the asker may see, up to ${DESK_COUNTED_MAX}.`,
				params: IdParams,
				querystring: Type.Object({ ...attendanceProperties, ...askerProperties }, strict),
				response: replies({ 200: ref('DeskCount') }),
			},
		},
		async ({ params, query, credential }) => {
			const { id } = await foundAccount(store, params.id);
			const { count, isAtLeast } = await desk.attendingCount(
				askerOf(credential, id, query),
				only(query, ['departmentId', 'ofOperatorId']),
				DESK_COUNTED_MAX,
			);
			return { count, isAtLeast };
		},
	);
}

/** Undefined where the asker may not see it. */
async function seenChat(desk: Desk, asker: Asker, chatId: string): Promise<ChatView | undefined> {
	try {
		return await desk.chat(asker, chatId);
	} catch (error) {
		if (error instanceof RecadoError && error.code === 'not_there') return undefined;
		throw error;
	}
}

function takingRoutes(scope: Scope, { serviceDesk: { desk }, store }: RecadoDeps): void {
	scope.post(
		`${DESK}/next`,
		{
			schema: {
				tags,
				summary: 'Take what comes next',
				description:
					'For an operator the next of their departments; for a department alone, the next of it for its next free operator. 204 where nothing waits or nobody is free.',
				params: IdParams,
				body: Type.Object({ operatorId: Type.Optional(Type.String()), departmentId: Type.Optional(Type.String()) }),
				response: replies({ 200: ref('Attendance', 'Begun, or gone on with'), 204: Nothing }),
			},
		},
		async ({ params, body, credential }, reply) => {
			const { id } = await foundAccount(store, params.id);
			const next = await takeNext(id, operatorOf(credential, body.operatorId), body.departmentId);
			return next ? attendanceView(next) : reply.code(204).send();
		},
	);

	function takeNext(accountId: string, operatorId: string | undefined, departmentId: string | undefined): ReturnType<typeof desk.takeNext> {
		if (operatorId !== undefined) return desk.takeNext(accountId, operatorId, departmentId === undefined ? {} : { departmentId });
		if (departmentId !== undefined) return desk.distribute(accountId, departmentId);
		const fault = { path: 'operatorId', en: 'or departmentId must be given', pt: 'ou departmentId deve ser informado' };
		throw new RecadoError('invalid_request', { faults: [fault] });
	}
}

function handOverRoutes(scope: Scope, { serviceDesk: { desk } }: RecadoDeps): void {
	scope.post(
		`${DESK}/attendances/:memberId/transfer`,
		{
			schema: {
				tags,
				summary: 'Hand an attendance over',
				description: 'To a department alone: it is without an operator until one of that department takes it.',
				params: MemberParams,
				body: Type.Object({
					departmentId: Type.Optional(Type.String()),
					operatorIds: Type.Optional(Type.Array(Type.String(), { minItems: 1, maxItems: OPERATORS_MAX })),
					reason: Type.Optional(Type.String({ maxLength: REASON_LENGTH_MAX })),
					...askerProperties,
				}),
				response: replies({ 200: ref('Attendance') }),
			},
		},
		async ({ params, body, credential }) =>
			attendanceView(
				await desk.transfer(askerOf(credential, params.id, body), params.memberId, only(body, ['departmentId', 'operatorIds', 'reason'])),
			),
	);
	scope.get(
		`${DESK}/attendances/:memberId/transfers`,
		{
			schema: {
				tags,
				summary: 'List how an attendance was handed over, oldest first',
				params: MemberParams,
				querystring: AskerQuery,
				response: replies({ 200: listOf('Transfer') }),
			},
		},
		async ({ params, query, credential }) => ({
			items: (await desk.transfers(askerOf(credential, params.id, query), params.memberId)).map(transferView),
		}),
	);
}

function finishingRoute(scope: Scope, { serviceDesk: { desk } }: RecadoDeps): void {
	scope.post(
		`${DESK}/attendances/:memberId/finish`,
		{
			schema: {
				tags,
				summary: 'Finish an attendance',
				params: MemberParams,
				body: Type.Object({
					operatorId: Type.Optional(Type.String({ description: 'Who finishes it, where the account asks; its first operator if missing' })),
					autoTransfer: Type.Optional(Type.Boolean({ description: 'The chat goes to the default department' })),
					report: Type.Optional(Type.String({ maxLength: REPORT_LENGTH_MAX })),
					ratingObservation: Type.Optional(Type.String({ maxLength: REPORT_LENGTH_MAX })),
					...CategoryChoice,
					...askerProperties,
				}),
				response: replies({ 200: ref('Attendance') }),
			},
		},
		async ({ params, body, credential }) => {
			const category = chosenCategory(body);
			const wish = {
				...only(body, ['operatorId', 'autoTransfer', 'report', 'ratingObservation']),
				...(category === undefined ? {} : { category }),
			};
			return attendanceView(await desk.finish(askerOf(credential, params.id, body), params.memberId, wish));
		},
	);
}

function operatorRoutes(scope: Scope, { serviceDesk: { desk } }: RecadoDeps): void {
	const params = Type.Object({ id: Type.String(), memberId: Type.String(), operatorId: Type.String() });
	scope.put(
		`${DESK}/attendances/:memberId/operators/:operatorId`,
		{
			schema: {
				tags,
				summary: 'Add an operator to an attendance',
				params,
				querystring: AskerQuery,
				response: replies({ 200: ref('Attendance') }),
			},
		},
		async ({ params: { id, memberId, operatorId }, query, credential }) =>
			attendanceView(await desk.join(askerOf(credential, id, query), memberId, operatorId)),
	);
	scope.delete(
		`${DESK}/attendances/:memberId/operators/:operatorId`,
		{
			schema: {
				tags,
				summary: 'Take an operator off an attendance',
				params,
				querystring: AskerQuery,
				response: replies({ 200: ref('Attendance') }),
			},
		},
		async ({ params: { id, memberId, operatorId }, query, credential }) =>
			attendanceView(await desk.leave(askerOf(credential, id, query), memberId, operatorId)),
	);
}

function ticketRoute(scope: Scope, { serviceDesk: { desk, tickets }, store }: RecadoDeps): void {
	scope.get(
		`${ROOT}/accounts/:id/tickets/:number`,
		{
			schema: {
				tags,
				summary: 'Show an attendance by its number, with transcript, transfers and survey',
				params: Type.Object({ id: Type.String(), number: Type.Integer({ minimum: 1 }) }),
				querystring: AskerQuery,
				response: replies({ 200: ref('Ticket') }),
			},
		},
		async ({ params, query, credential }) => {
			const { id } = await foundAccount(store, params.id);
			const asker = askerOf(credential, id, query);
			const ticket = found('ticket', await tickets.byNumber(id, params.number));
			if (asker.operatorId !== undefined) await desk.attendance(asker, ticket.attendance.id);
			return ticketView(ticket);
		},
	);
}
