/** Operators of an account, with the tokens with which they sign in elsewhere. Nobody is deleted here, only deactivated, as documented. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import type { Operator } from '../../../domain/account.ts';
import type { OperatorWish } from '../../../messaging/directory-services.ts';
import { given } from '../../callbacks/given.ts';
import { ACCOUNT_PATH, type AccountPath, ownedId } from '../authentication.ts';
import type { PlugchatPartnerDeps } from '../deps.ts';

const PATH = `${ACCOUNT_PATH}/operators`;

const fields = {
	name: Type.String({ minLength: 1 }),
	active: Type.Boolean(),
	departments: Type.Array(Type.String({ description: 'Id' })),
	login: Type.Optional(Type.String({ minLength: 1 })),
	password: Type.Optional(Type.String({ minLength: 1 })),
	/** A boolean where operators are made, a string where they are changed; either is taken. */
	isAdmin: Type.Optional(Type.Union([Type.Boolean(), Type.Literal('true'), Type.Literal('false')])),
};
const CreateBody = Type.Object(fields);
const UpdateBody = Type.Object({ id: Type.String({ minLength: 1 }), ...fields });

export function operatorRoutes(scope: FastifyInstance, deps: PlugchatPartnerDeps): void {
	const { directory, serviceDesk } = deps;
	const answer = (operator: Operator, generation: number): object => ({
		success: true,
		id: operator.id,
		accessToken: serviceDesk.staff.accessToken(operator, generation),
	});

	scope.get<AccountPath>(PATH, async (request) => {
		const members = await serviceDesk.staff.list(await ownedId(request, deps));
		return members.map(({ operator, departments, tokenGeneration }) => ({
			accessToken: serviceDesk.staff.accessToken(operator, tokenGeneration),
			id: operator.id,
			name: operator.name,
			active: operator.active,
			departments: departments.map(({ id }) => id),
			createdAt: operator.createdAt,
		}));
	});

	scope.post<AccountPath & { Body: Static<typeof CreateBody> }>(PATH, { schema: { body: CreateBody } }, async (request) => {
		const operator = await directory.createOperator(
			await ownedId(request, deps),
			wishOf(request.body),
			request.idempotent && { request: request.idempotent, answer: (made) => ({ status: 200, body: answer(made, 0) }) },
		);
		return answer(operator, 0);
	});

	scope.put<AccountPath & { Body: Static<typeof UpdateBody> }>(PATH, { schema: { body: UpdateBody } }, async (request) => {
		const accountId = await ownedId(request, deps);
		const { id } = await directory.updateOperator(accountId, request.body.id, wishOf(request.body));
		const { operator, tokenGeneration } = await serviceDesk.staff.member(accountId, id);
		return answer(operator, tokenGeneration);
	});
}

/** Without `isAdmin` a role stays as it is; an agent it is at first. */
function wishOf({ name, active, departments, login, password, isAdmin }: Static<typeof CreateBody>): OperatorWish {
	const role = isAdmin === undefined ? undefined : String(isAdmin) === 'true' ? ('admin' as const) : ('agent' as const);
	return { name, active, departmentIds: departments, ...given({ login, password, role }) };
}
