/** The audit log: who changed what. */
import { Type } from 'typebox';
import { listOf, pageOf, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { only, pageOfQuery, pageProperties, spanOfQuery, spanProperties, strict } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { auditEntryView } from './views/access.ts';

export function auditRoutes(scope: Scope, { access }: RecadoDeps): void {
	scope.get(
		`${ROOT}/audit`,
		{
			schema: {
				tags: ['Audit'],
				summary: 'Who changed what, newest first',
				description:
					'Changing requests of this API but for messages and simulated phones, those of partners, and the configuration of webhooks in every dialect. Never secrets, never contents. A method and a route are looked for in the newest 10,000 entries that the rest of the filter leaves.',
				querystring: Type.Object(
					{
						accountId: Type.Optional(Type.String()),
						actorId: Type.Optional(Type.String({ description: '`admin`, or the id of a token, an account, an instance' })),
						method: Type.Optional(Type.String({ description: '`POST`' })),
						route: Type.Optional(Type.String({ description: '`/recado/v1/webhooks/:id`' })),
						...spanProperties,
						...pageProperties,
					},
					strict,
				),
				response: replies({ 200: pageOf('AuditEntry') }),
			},
		},
		async (request) => {
			const filter = { ...only(request.query, ['accountId', 'actorId', 'method', 'route']), ...spanOfQuery(request.query) };
			const page = await access.audit.list(filter, pageOfQuery(request.query));
			return { items: page.items.map(auditEntryView), next: page.next };
		},
	);
	scope.get(
		`${ROOT}/audit/routes`,
		{
			config: { tells: 'own-account' },
			schema: {
				tags: ['Audit'],
				summary: 'What can be in the log',
				description: 'Each method and route, of every API, that an entry can have: what `GET /audit` can be asked for.',
				response: replies({ 200: listOf('AuditRoute') }),
			},
		},
		() => ({ items: scope.notedRoutes() }),
	);
}
