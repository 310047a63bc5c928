/** Operators: the people who attend. */
import { Type } from 'typebox';
import type { Operator } from '../../domain/account.ts';
import { createOnce, listOf, Nothing, ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { foundAccount } from './found.ts';
import { IdParams, MemberParams, nameText, only } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { operatorView } from './views/account.ts';

const tags = ['Operators'];
const Name = nameText('As customers read it');

export function operatorRoutes(scope: Scope, deps: RecadoDeps): void {
	creating(scope, deps);
	scope.get(
		`${ROOT}/accounts/:id/operators`,
		{ schema: { tags, summary: 'List operators', params: IdParams, response: replies({ 200: listOf('Operator') }) } },
		async (request) => {
			const account = await foundAccount(deps.store, request.params.id);
			return { items: (await deps.store.accounts.operators(account.id)).map(operatorView) };
		},
	);
	scope.patch(
		`${ROOT}/accounts/:id/operators/:memberId`,
		{
			schema: {
				tags,
				summary: 'Change an operator',
				params: MemberParams,
				body: Type.Object({ name: Type.Optional(Name), active: Type.Optional(Type.Boolean()) }),
				response: replies({ 200: ref('Operator') }),
			},
		},
		async (request) => {
			const { id, memberId } = request.params;
			return operatorView(await deps.directory.updateOperator(id, memberId, only(request.body, ['name', 'active'])));
		},
	);
	scope.delete(
		`${ROOT}/accounts/:id/operators/:memberId`,
		{ schema: { tags, summary: 'Delete an operator', params: MemberParams, response: replies({ 204: Nothing }) } },
		async (request, reply) => {
			await deps.directory.deleteOperator(request.params.id, request.params.memberId);
			return reply.code(204).send();
		},
	);
}

function creating(scope: Scope, { directory }: RecadoDeps): void {
	scope.post(
		`${ROOT}/accounts/:id/operators`,
		{
			schema: {
				tags,
				summary: 'Create an operator',
				params: IdParams,
				body: Type.Object({ name: Name }),
				response: replies({ 201: ref('Operator') }),
			},
		},
		async (request, reply) => {
			const wish = only(request.body, ['name']);
			const { status, body } = await createOnce(
				request,
				(operator: Operator) => ({ status: 201, body: operatorView(operator) }),
				(idempotency) => directory.createOperator(request.params.id, wish, idempotency),
			);
			return reply.code(status).send(body);
		},
	);
}
