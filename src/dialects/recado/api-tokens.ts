/** API tokens: with scopes, an end, and a limit of their own. */
import { Type } from 'typebox';
import type { TokenCreated } from '../../access/services.ts';
import { TOKEN_SCOPES } from '../../ports/dialect.ts';
import { createOnce, pageOf, ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { found } from './found.ts';
import { IdParams, nameText, only, pageOfQuery, pageProperties, strict } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { apiTokenView } from './views/access.ts';
import { oneOf } from './views/view.ts';

const tags = ['API tokens'];

/** A misspelt end or account would make a token that may do more than was meant: what is not documented is refused here. */
const TokenBody = Type.Object(
	{
		name: nameText('Whose it is, for people'),
		scopes: Type.Array(oneOf(TOKEN_SCOPES, 'What it is for; `admin` is all of this API'), { minItems: 1, uniqueItems: true }),
		accountId: Type.Optional(Type.String({ description: 'The account whose things it reaches; all accounts if missing' })),
		partnerId: Type.Optional(
			Type.String({ description: 'With `partner` or `integrator`: the partner that it is another token of; a new one if missing' }),
		),
		expiresAt: Type.Optional(Type.String({ format: 'date-time', description: 'It never expires if missing' })),
		requestsPerSecond: Type.Optional(
			Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'A limit of its own; RECADO_RATE_LIMIT if missing' }),
		),
	},
	strict,
);

export function apiTokenRoutes(scope: Scope, { access }: RecadoDeps): void {
	const { tokens } = access;
	scope.post(
		`${ROOT}/tokens`,
		{ schema: { tags, summary: 'Create an API token', body: TokenBody, response: replies({ 201: ref('ApiTokenCreated') }) } },
		async (request, reply) => {
			const { expiresAt } = request.body;
			const wish = {
				...{ name: request.body.name, scopes: request.body.scopes, createdBy: request.owner },
				...only(request.body, ['accountId', 'partnerId', 'requestsPerSecond']),
				...(expiresAt === undefined ? {} : { expiresAt: Date.parse(expiresAt) }),
			};
			const { status, body } = await createOnce(
				request,
				({ apiToken, token }: TokenCreated) => ({ status: 201, body: { ...apiTokenView(apiToken), token } }),
				(idempotency) => tokens.create(wish, idempotency),
			);
			return reply.code(status).send(body);
		},
	);
	scope.get(
		`${ROOT}/tokens`,
		{
			schema: {
				tags,
				summary: 'List API tokens, newest first',
				querystring: Type.Object(
					{ accountId: Type.Optional(Type.String()), partnerId: Type.Optional(Type.String()), ...pageProperties },
					strict,
				),
				response: replies({ 200: pageOf('ApiToken') }),
			},
		},
		async (request) => {
			const page = await tokens.list(only(request.query, ['accountId', 'partnerId']), pageOfQuery(request.query));
			return { items: page.items.map(apiTokenView), next: page.next };
		},
	);
	scope.get(
		`${ROOT}/tokens/:id`,
		{ schema: { tags, summary: 'Show an API token', params: IdParams, response: replies({ 200: ref('ApiToken') }) } },
		async (request) => apiTokenView(found('token', await tokens.token(request.params.id))),
	);
	scope.post(
		`${ROOT}/tokens/:id/revoke`,
		{
			config: { isBodyOptional: true },
			schema: {
				tags,
				summary: 'Revoke an API token, for good',
				description: 'It ends at once; where several processes share a store, within five seconds in the others.',
				params: IdParams,
				response: replies({ 200: ref('ApiToken') }),
			},
		},
		async (request) => apiTokenView(await tokens.revoke(request.params.id)),
	);
}
