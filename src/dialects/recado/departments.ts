/** Departments of the customer service: who of an account looks after a chat. */
import { Type } from 'typebox';
import type { Department } from '../../domain/account.ts';
import { createOnce, listOf, Nothing, ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { foundAccount } from './found.ts';
import { IdParams, MemberParams, nameText, only } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { departmentView } from './views/account.ts';

const tags = ['Departments'];
const Name = nameText('As customers read it');
const IsDefault = Type.Optional(Type.Boolean({ description: 'Takes the place of the one that was the default' }));

export function departmentRoutes(scope: Scope, deps: RecadoDeps): void {
	creating(scope, deps);
	scope.get(
		`${ROOT}/accounts/:id/departments`,
		{
			config: { operators: 'all' },
			schema: { tags, summary: 'List departments', params: IdParams, response: replies({ 200: listOf('Department') }) },
		},
		async (request) => {
			const account = await foundAccount(deps.store, request.params.id);
			return { items: (await deps.store.accounts.departments(account.id)).map(departmentView) };
		},
	);
	scope.patch(
		`${ROOT}/accounts/:id/departments/:memberId`,
		{
			schema: {
				tags,
				summary: 'Change a department',
				params: MemberParams,
				body: Type.Object({ name: Type.Optional(Name), active: Type.Optional(Type.Boolean()), isDefault: IsDefault }),
				response: replies({ 200: ref('Department') }),
			},
		},
		async (request) => {
			const { id, memberId } = request.params;
			return departmentView(await deps.directory.updateDepartment(id, memberId, only(request.body, ['name', 'active', 'isDefault'])));
		},
	);
	scope.delete(
		`${ROOT}/accounts/:id/departments/:memberId`,
		{ schema: { tags, summary: 'Delete a department', params: MemberParams, response: replies({ 204: Nothing }) } },
		async (request, reply) => {
			await deps.directory.deleteDepartment(request.params.id, request.params.memberId);
			return reply.code(204).send();
		},
	);
}

function creating(scope: Scope, { directory }: RecadoDeps): void {
	scope.post(
		`${ROOT}/accounts/:id/departments`,
		{
			schema: {
				tags,
				summary: 'Create a department',
				params: IdParams,
				body: Type.Object({ name: Name, isDefault: IsDefault }),
				response: replies({ 201: ref('Department') }),
			},
		},
		async (request, reply) => {
			const wish = only(request.body, ['name', 'isDefault']);
			const { status, body } = await createOnce(
				request,
				(department: Department) => ({ status: 201, body: departmentView(department) }),
				(idempotency) => directory.createDepartment(request.params.id, wish, idempotency),
			);
			return reply.code(status).send(body);
		},
	);
}
