/** `GET /api/integrations/departments`: the account's departments, oldest first. */
import type { FastifyInstance } from 'fastify';
import { accountOf } from '../authentication.ts';
import type { PlugchatDeps } from '../deps.ts';

export function departmentRoutes(scope: FastifyInstance, deps: PlugchatDeps): void {
	scope.get('/api/integrations/departments', async (request) => {
		const departments = await deps.accounts.departments(accountOf(request).id);
		return departments.map(({ active, id, name, createdAt }) => ({ active, id, name, createdAt }));
	});
}
