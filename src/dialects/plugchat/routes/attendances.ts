/** `POST /api/integrations/start-attendance`, `finish-attendance` and `change-department`. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import type { Attendance, CategoryChosen } from '../../../domain/attendance.ts';
import { RecadoError } from '../../../errors.ts';
import { given } from '../../callbacks/given.ts';
import { instanceOf } from '../authentication.ts';
import type { PlugchatDeps } from '../deps.ts';

const StartBody = Type.Object({
	phone: Type.String(),
	operators: Type.Array(Type.String()),
	departmentId: Type.Optional(Type.String()),
});

/**
 * `operatorReport`, `ratingObservation` and the categories are this gateway's additions: the webhook of seed 002 tells them, and no documented
 * call carries them. `autoTransfer` is listed as required; without it the chat stays where it is.
 */
const FinishBody = Type.Object({
	phone: Type.String(),
	operatorId: Type.String(),
	autoTransfer: Type.Optional(Type.Boolean()),
	operatorReport: Type.Optional(Type.String()),
	ratingObservation: Type.Optional(Type.String()),
	attendanceCategory: Type.Optional(Type.String({ description: 'Id of a category' })),
	attendanceCategories: Type.Optional(Type.Array(Type.Object({ categoryId: Type.String(), itemId: Type.String() }))),
});

/** The table of the page calls the key `departamentId`, its example `departmentId`. */
const ChangeBody = Type.Object({
	phone: Type.String(),
	departmentId: Type.Optional(Type.String()),
	departamentId: Type.Optional(Type.String()),
});

export function attendanceRoutes(scope: FastifyInstance, deps: PlugchatDeps): void {
	const { attending, directory } = deps;

	scope.post<{ Body: Static<typeof StartBody> }>('/api/integrations/start-attendance', { schema: { body: StartBody } }, async (request) => {
		const { phone, operators, departmentId } = request.body;
		const started = await attending.start({
			instance: await instanceOf(request, directory),
			phone,
			operatorIds: operators,
			...given({
				departmentId,
				idempotency: request.idempotent && {
					request: request.idempotent,
					answer: (result: Started) => ({ status: 200, body: startAnswer(result) }),
				},
			}),
		});
		return startAnswer(started);
	});

	scope.post<{ Body: Static<typeof FinishBody> }>(
		'/api/integrations/finish-attendance',
		{ schema: { body: FinishBody } },
		async (request) => {
			const { phone, operatorId, autoTransfer, operatorReport, ratingObservation } = request.body;
			const finished = await attending.finish({
				instance: await instanceOf(request, directory),
				phone,
				operatorId,
				autoTransfer: autoTransfer ?? false,
				...given({
					report: operatorReport,
					ratingObservation,
					category: categoryChosen(request.body),
					idempotency: request.idempotent && {
						request: request.idempotent,
						answer: (result: Finished) => ({ status: 200, body: finishAnswer(result) }),
					},
				}),
			});
			return finishAnswer(finished);
		},
	);

	scope.post<{ Body: Static<typeof ChangeBody> }>(
		'/api/integrations/change-department',
		{ schema: { body: ChangeBody } },
		async (request) => {
			const { phone, departmentId, departamentId } = request.body;
			const id = departmentId ?? departamentId;
			if (id === undefined) {
				throw new RecadoError('invalid_request', { faults: [{ path: 'departmentId', en: 'is required', pt: 'é obrigatório' }] });
			}
			await attending.changeDepartment(await instanceOf(request, directory), phone, id);
			return true;
		},
	);
}

interface Started {
	readonly isNew: boolean;
	readonly attendance: Attendance;
}

/** `true` where it started; what is open already is told, not an error. */
function startAnswer({ isNew, attendance }: Started): unknown {
	if (isNew) return true;
	return {
		status: 'progress',
		message: 'chat is already in service',
		attendanceNumber: attendance.number,
		operators: attendance.operators.map(({ id, name }) => ({ id, name })),
	};
}

interface Finished {
	readonly found: boolean;
}

/** A chat without an open attendance is an answer too (`chatFounded` false), with the status 200 of the documented one. */
function finishAnswer({ found }: Finished): object {
	return { success: found, message: found ? 'Ticket closed successfully' : 'No open ticket found', chatFounded: found };
}

/** The list wins where both are given. */
function categoryChosen(body: Static<typeof FinishBody>): CategoryChosen | undefined {
	if (body.attendanceCategories !== undefined && body.attendanceCategories.length > 0) return { items: body.attendanceCategories };
	if (body.attendanceCategory !== undefined && body.attendanceCategory !== '') return { categoryId: body.attendanceCategory };
	return undefined;
}
