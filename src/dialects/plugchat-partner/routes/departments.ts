/** Departments of an account. Those that are changed are named in the body, as documented. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { ACCOUNT_PATH, type AccountPath, ownedId } from '../authentication.ts';
import type { PlugchatPartnerDeps } from '../deps.ts';

const PATH = `${ACCOUNT_PATH}/departments`;

const name = Type.String({ minLength: 1 });
const active = Type.Boolean();
const CreateBody = Type.Object({ name, active });
const UpdateBody = Type.Object({ id: Type.String({ minLength: 1 }), name, active });

export function departmentRoutes(scope: FastifyInstance, deps: PlugchatPartnerDeps): void {
	const { directory, accounts } = deps;
	scope.get<AccountPath>(PATH, async (request) => {
		const departments = await accounts.departments(await ownedId(request, deps));
		return departments.map((department) => ({
			name: department.name,
			id: department.id,
			createdAt: department.createdAt,
			active: department.active,
		}));
	});

	scope.post<AccountPath & { Body: Static<typeof CreateBody> }>(PATH, { schema: { body: CreateBody } }, async (request) => {
		const answer = (id: string): object => ({ success: true, id });
		const { name: called, active: isActive } = request.body;
		const { id } = await directory.createDepartment(
			await ownedId(request, deps),
			{ name: called, active: isActive },
			request.idempotent && { request: request.idempotent, answer: (made) => ({ status: 200, body: answer(made.id) }) },
		);
		return answer(id);
	});

	scope.put<AccountPath & { Body: Static<typeof UpdateBody> }>(PATH, { schema: { body: UpdateBody } }, async (request) => {
		const { id, name: called, active: isActive } = request.body;
		await directory.updateDepartment(await ownedId(request, deps), id, { name: called, active: isActive });
		return { success: true, id };
	});

	// What is in it is the default department's from then on.
	scope.delete<{ Params: AccountPath['Params'] & { departmentId: string } }>(`${PATH}/:departmentId`, async (request) => {
		await directory.deleteDepartment(await ownedId(request, deps), request.params.departmentId);
		return { success: true };
	});
}
