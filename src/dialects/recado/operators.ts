/** Operators: the people who attend, with their role, their departments and whether they are there. */
import { type TOptional, type TSchema, type TString, type TUnsafe, Type } from 'typebox';
import { OPERATOR_ROLES, type Operator } from '../../domain/account.ts';
import type { Credential } from '../../ports/dialect.ts';
import type { StaffMember } from '../../service-desk/staff-services.ts';
import { createOnce, listOf, Nothing, ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { mayConfigure, operatorOf } from './desk-input.ts';
import { foundAccount } from './found.ts';
import { IdParams, MemberParams, nameText, notBlank, only } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { operatorView } from './views/account.ts';
import { colleagueView, staffMemberView } from './views/desk.ts';
import { oneOf, type View } from './views/view.ts';

const tags = ['Operators'];
const OPERATORS = `${ROOT}/accounts/:id/operators`;
const Name = nameText('As customers read it');
const KEYS = ['name', 'active', 'role', 'email', 'login', 'password', 'departmentIds', 'attendancesMax'] as const;
const WORD_LENGTH_MAX = 200;
const Login = Type.String({ ...notBlank, maxLength: WORD_LENGTH_MAX, description: 'Unique in the account' });
export const Password: TString = Type.String({ minLength: 8, maxLength: WORD_LENGTH_MAX, description: 'Never shown again' });

const Email = Type.String({ format: 'email', maxLength: WORD_LENGTH_MAX });
const AttendancesMax = Type.Integer({ minimum: 1, maximum: 100, description: 'How many they take at once where those are dealt out' });

const wishProperties = {
	active: Type.Optional(Type.Boolean({ description: 'Who is not attends nothing and cannot sign in' })),
	role: Type.Optional(
		oneOf(OPERATOR_ROLES, 'What they see at the desk: everything; their departments; what is theirs. `agent` if never given'),
	),
	email: Type.Optional(Email),
	login: Type.Optional(Login),
	password: Type.Optional(Password),
	departmentIds: Type.Optional(Type.Array(Type.String(), { maxItems: 200 })),
	attendancesMax: Type.Optional(AttendancesMax),
};

const changeProperties = {
	...wishProperties,
	email: clearable<string>(Email, 'null: none'),
	login: clearable<string>(Login, 'Unique in the account; null: none'),
	attendancesMax: clearable<number>(AttendancesMax, 'How many they take at once where those are dealt out; null: any number'),
};

export function operatorRoutes(scope: Scope, deps: RecadoDeps): void {
	creating(scope, deps);
	showing(scope, deps);
	changing(scope, deps);
	beingThere(scope, deps);
	signingIn(scope, deps);
}

function creating(scope: Scope, { directory }: RecadoDeps): void {
	scope.post(
		OPERATORS,
		{
			schema: {
				tags,
				summary: 'Create an operator',
				params: IdParams,
				body: Type.Object({ name: Name, ...wishProperties }),
				response: replies({ 201: ref('Operator') }),
			},
		},
		async (request, reply) => {
			const wish = only(request.body, KEYS);
			const { status, body } = await createOnce(
				request,
				(operator: Operator) => ({ status: 201, body: operatorView(operator) }),
				(idempotency) => directory.createOperator(request.params.id, wish, idempotency),
			);
			return reply.code(status).send(body);
		},
	);
}

function showing(scope: Scope, { serviceDesk: { staff }, store }: RecadoDeps): void {
	scope.get(
		OPERATORS,
		{
			config: { operators: 'all' },
			schema: {
				tags,
				summary: 'List operators, oldest first',
				description: 'E-mails and logins are told to who may change them.',
				params: IdParams,
				response: replies({ 200: listOf('StaffMember') }),
			},
		},
		async ({ params, credential }) => {
			const account = await foundAccount(store, params.id);
			return { items: (await staff.list(account.id)).map((member) => viewFor(credential, member)) };
		},
	);
	scope.get(
		`${OPERATORS}/:memberId`,
		{
			config: { operators: 'all' },
			schema: { tags, summary: 'Show an operator', params: MemberParams, response: replies({ 200: ref('StaffMember') }) },
		},
		async ({ params, credential }) => viewFor(credential, await staff.member(params.id, params.memberId)),
	);
}

function viewFor(credential: Credential | undefined, member: StaffMember): View {
	return mayConfigure(credential) || credential?.id === member.operator.id ? staffMemberView(member) : colleagueView(member);
}

function changing(scope: Scope, { directory, serviceDesk: { staff } }: RecadoDeps): void {
	scope.patch(
		`${OPERATORS}/:memberId`,
		{
			schema: {
				tags,
				summary: 'Change an operator',
				params: MemberParams,
				body: Type.Object({ name: Type.Optional(Name), ...changeProperties }),
				response: replies({ 200: ref('StaffMember') }),
			},
		},
		async (request) => {
			const { id, memberId } = request.params;
			await directory.updateOperator(id, memberId, only(request.body, KEYS));
			return staffMemberView(await staff.member(id, memberId));
		},
	);
	scope.delete(
		`${OPERATORS}/:memberId`,
		{ schema: { tags, summary: 'Delete an operator', params: MemberParams, response: replies({ 204: Nothing }) } },
		async (request, reply) => {
			await directory.deleteOperator(request.params.id, request.params.memberId);
			return reply.code(204).send();
		},
	);
}

function beingThere(scope: Scope, { serviceDesk: { staff } }: RecadoDeps): void {
	scope.put(
		`${OPERATORS}/:memberId/state`,
		{
			config: { operators: 'all' },
			schema: {
				tags,
				summary: 'Say whether an operator is there',
				params: MemberParams,
				body: Type.Object({ state: oneOf(['online', 'offline'], 'Only who is online is dealt attendances') }),
				response: replies({ 200: ref('StaffMember') }),
			},
		},
		async ({ params: { id, memberId }, body, credential }) => {
			operatorOf(credential, memberId);
			return staffMemberView(await staff.setState(id, memberId, body.state));
		},
	);
}

function signingIn(scope: Scope, { directory, serviceDesk: { staff }, store }: RecadoDeps): void {
	scope.post(
		`${ROOT}/accounts/:id/sign-in`,
		{
			schema: {
				tags,
				summary: 'Sign an operator in',
				description:
					'Answers their access token, which is valid for 12 hours at the desk, while they are active, and until their password changes or they sign out.',
				params: IdParams,
				body: Type.Object({ login: Login, password: Type.String({ maxLength: WORD_LENGTH_MAX }) }),
				response: replies({ 200: ref('SignedIn') }),
			},
		},
		async ({ params, body }) => {
			const account = await foundAccount(store, params.id);
			const { member, token } = await staff.signIn(account.id, body.login, body.password);
			return { token, operator: staffMemberView(member) };
		},
	);
	scope.post(
		`${OPERATORS}/:memberId/sign-out`,
		{
			config: { operators: 'all' },
			schema: { tags, summary: 'End all access tokens of an operator', params: MemberParams, response: replies({ 204: Nothing }) },
		},
		async ({ params: { id, memberId }, credential }, reply) => {
			operatorOf(credential, memberId);
			await directory.signOutOperator(id, memberId);
			return reply.code(204).send();
		},
	);
}

function clearable<T>(schema: TSchema, description: string): TOptional<TUnsafe<T | null>> {
	return Type.Optional(Type.Unsafe<T | null>(Type.Union([schema, Type.Null()], { description })));
}
