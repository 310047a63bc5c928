/** Attendances: customer-service sessions on chats. */
import { type TArray, type TObject, type TOptional, type TString, Type } from 'typebox';
import type { Instance } from '../../domain/account.ts';
import type { CategoryChosen } from '../../domain/attendance.ts';
import type { Attending } from '../../messaging/services.ts';
import { createOnce, pageOf, ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { askerOf } from './desk-input.ts';
import { found, foundAccount } from './found.ts';
import { faulty, IdParams, only, pageOfQuery, pageProperties, strict } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { attendanceView } from './views/attendance.ts';
import { oneOf } from './views/view.ts';

const tags = ['Attendances'];
type Started = Awaited<ReturnType<Attending['start']>>;
type Finished = Awaited<ReturnType<Attending['finish']>>;

const InstanceId = Type.Optional(Type.String({ description: 'The oldest instance of the account if missing' }));
export const REPORT_LENGTH_MAX = 10_000;

export function attendanceRoutes(scope: Scope, deps: RecadoDeps): void {
	const { store, serviceDesk } = deps;
	startingRoute(scope, deps);
	finishingRoute(scope, deps);
	scope.get(
		`${ROOT}/accounts/:id/attendances`,
		{
			schema: {
				tags,
				summary: 'List attendances, newest first',
				params: IdParams,
				querystring: Type.Object(
					{
						chatId: Type.Optional(Type.String()),
						status: Type.Optional(oneOf(['progress', 'finished'], 'All if missing')),
						...pageProperties,
					},
					strict,
				),
				response: replies({ 200: pageOf('Attendance') }),
			},
		},
		async (request) => {
			const account = await foundAccount(store, request.params.id);
			const filter = { accountId: account.id, ...only(request.query, ['chatId', 'status']) };
			const page = await store.attendances.list(filter, pageOfQuery(request.query));
			return { items: page.items.map(attendanceView), next: page.next };
		},
	);
	scope.get(
		`${ROOT}/attendances/:id`,
		{
			config: { operators: 'all' },
			schema: { tags, summary: 'Show an attendance', params: IdParams, response: replies({ 200: ref('Attendance') }) },
		},
		async ({ params, credential }) => {
			const attendance = found('attendance', await store.attendances.attendance(params.id));
			const asker = askerOf(credential, attendance.accountId);
			return attendanceView(asker.operatorId === undefined ? attendance : await serviceDesk.desk.attendance(asker, params.id));
		},
	);
}

function startingRoute(scope: Scope, deps: RecadoDeps): void {
	scope.post(
		`${ROOT}/accounts/:id/attendances`,
		{
			schema: {
				tags,
				summary: 'Start an attendance',
				description: 'Where the chat has an open one, that one is answered with 200.',
				params: IdParams,
				body: Type.Object({
					instanceId: InstanceId,
					phone: Type.String({ description: "The customer's number" }),
					operatorIds: Type.Array(Type.String(), { maxItems: 100 }),
					departmentId: Type.Optional(Type.String()),
				}),
				response: replies({ 200: ref('Attendance', 'The open one'), 201: ref('Attendance', 'Started') }),
			},
		},
		async (request, reply) => {
			const { instanceId, phone, operatorIds, departmentId } = request.body;
			const instance = await instanceOf(deps, request.params.id, instanceId);
			const command = { instance, phone, operatorIds, ...(departmentId === undefined ? {} : { departmentId }) };
			const { status, body } = await createOnce(
				request,
				({ isNew, attendance }: Started) => ({ status: isNew ? 201 : 200, body: attendanceView(attendance) }),
				(idempotency) => deps.attending.start({ ...command, ...(idempotency === undefined ? {} : { idempotency }) }),
			);
			return reply.code(status).send(body);
		},
	);
}

/** Spread into bodies that finish an attendance. */
export const CategoryChoice: CategoryProperties = {
	categoryId: Type.Optional(Type.String({ description: 'Where no category of the account has items' })),
	items: Type.Optional(
		Type.Array(Type.Object({ categoryId: Type.String(), itemId: Type.String() }), {
			minItems: 1,
			maxItems: 100,
			description: 'Where categories of the account have items',
		}),
	),
};

interface CategoryProperties {
	readonly categoryId: TOptional<TString>;
	readonly items: TOptional<TArray<TObject<{ categoryId: TString; itemId: TString }>>>;
}

const FinishBody = Type.Object({
	instanceId: InstanceId,
	phone: Type.String({ description: "The customer's number" }),
	operatorId: Type.String({ description: 'Who finishes it' }),
	autoTransfer: Type.Optional(Type.Boolean({ description: 'The chat goes to the default department' })),
	report: Type.Optional(Type.String({ maxLength: REPORT_LENGTH_MAX })),
	ratingObservation: Type.Optional(Type.String({ maxLength: REPORT_LENGTH_MAX })),
	...CategoryChoice,
});

function finishingRoute(scope: Scope, deps: RecadoDeps): void {
	scope.post(
		`${ROOT}/accounts/:id/attendances/finish`,
		{
			schema: {
				tags,
				summary: 'Finish the open attendance of a chat',
				params: IdParams,
				body: FinishBody,
				response: replies({ 200: ref('Attendance') }),
			},
		},
		async (request, reply) => {
			const { instanceId, phone, operatorId, autoTransfer = false, ...more } = request.body;
			const category = chosenCategory(more);
			const command = {
				...{ instance: await instanceOf(deps, request.params.id, instanceId), phone, operatorId, autoTransfer },
				...only(more, ['report', 'ratingObservation']),
				...(category === undefined ? {} : { category }),
			};
			const { status, body } = await createOnce(
				request,
				({ attendance }: Finished) => ({ status: 200, body: attendanceView(found('open attendance', attendance)) }),
				(idempotency) => deps.attending.finish({ ...command, ...(idempotency === undefined ? {} : { idempotency }) }),
			);
			return reply.code(status).send(body);
		},
	);
}

interface CategoryGiven {
	readonly categoryId?: string;
	readonly items?: readonly { readonly categoryId: string; readonly itemId: string }[];
}

export function chosenCategory({ categoryId, items }: CategoryGiven): CategoryChosen | undefined {
	if (categoryId !== undefined && items !== undefined) {
		throw faulty({ path: 'items', en: 'cannot be given together with categoryId', pt: 'não pode vir junto com categoryId' });
	}
	if (items) return { items: items.map((item) => only(item, ['categoryId', 'itemId'])) };
	return categoryId === undefined ? undefined : { categoryId };
}

async function instanceOf({ directory, store }: RecadoDeps, accountId: string, instanceId: string | undefined): Promise<Instance> {
	const account = await foundAccount(store, accountId);
	if (instanceId === undefined) return await directory.firstInstance(account.id);
	const instance = await store.accounts.instance(instanceId);
	return found('instance', instance?.accountId === account.id ? instance : undefined);
}
