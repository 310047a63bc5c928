/** Accounts and their tokens. */
import { Type } from 'typebox';
import type { AccountCreated } from '../../messaging/directory-services.ts';
import { LOOKED_AT_MAX } from '../../ports/pages.ts';
import { createOnce, pageOf, ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { foundAccount } from './found.ts';
import { IdParams, NAME_LENGTH_MAX, nameText, pageOfQuery, pageProperties, strict } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { accountCreatedView, accountView } from './views/account.ts';

const tags = ['Accounts'];

export function accountRoutes(scope: Scope, { directory, store }: RecadoDeps): void {
	scope.post(
		`${ROOT}/accounts`,
		{
			schema: {
				tags,
				summary: 'Create an account',
				body: Type.Object({ name: nameText('Of the customer') }),
				response: replies({ 201: ref('AccountCreated') }),
			},
		},
		async (request, reply) => {
			const { status, body } = await createOnce(
				request,
				(created: AccountCreated) => ({ status: 201, body: accountCreatedView(created) }),
				(idempotency) => directory.createAccount(request.body.name, idempotency),
			);
			return reply.code(status).send(body);
		},
	);
	scope.get(
		`${ROOT}/accounts`,
		{
			schema: {
				tags,
				summary: 'List accounts',
				description: `Oldest first. Where a name is looked for, ${LOOKED_AT_MAX} accounts are looked at for a page: it may have fewer than \`limit\`, even none, and a \`next\`.`,
				querystring: Type.Object(
					{
						name: Type.Optional(
							Type.String({ minLength: 1, maxLength: NAME_LENGTH_MAX, description: 'Part of the name, in whatever case' }),
						),
						...pageProperties,
					},
					strict,
				),
				response: replies({ 200: pageOf('Account') }),
			},
		},
		async (request) => {
			const page = await store.accounts.accounts(pageOfQuery(request.query), request.query.name);
			return { items: page.items.map(accountView), next: page.next };
		},
	);
	scope.get(
		`${ROOT}/accounts/:id`,
		{
			config: { operators: 'all' },
			schema: { tags, summary: 'Show an account', params: IdParams, response: replies({ 200: ref('Account') }) },
		},
		async (request) => accountView(await foundAccount(store, request.params.id)),
	);
	scope.patch(
		`${ROOT}/accounts/:id`,
		{
			schema: {
				tags,
				summary: 'Rename an account',
				params: IdParams,
				body: Type.Object({ name: nameText('Of the customer') }),
				response: replies({ 200: ref('Account') }),
			},
		},
		async ({ params, body }) => accountView(await directory.renameAccount(params.id, body.name)),
	);
	tokenRoutes(scope, directory);
}

function tokenRoutes(scope: Scope, directory: RecadoDeps['directory']): void {
	scope.put(
		`${ROOT}/accounts/:id/client-token`,
		{
			schema: {
				tags,
				summary: 'Demand the Client-Token on Z-API calls, or not',
				params: IdParams,
				body: Type.Object({ enforced: Type.Boolean() }),
				response: replies({ 200: ref('Account') }),
			},
		},
		async (request) => {
			const { enforced } = request.body;
			request.audited = { after: { clientTokenEnforced: enforced } };
			return accountView(await directory.setClientTokenEnforced(request.params.id, enforced));
		},
	);
	scope.post(
		`${ROOT}/accounts/:id/tokens`,
		{
			schema: {
				tags,
				summary: 'Make new tokens; the old ones end at once',
				params: IdParams,
				response: replies({ 200: ref('AccountCreated') }),
			},
		},
		async (request) => accountCreatedView(await directory.rotateAccountTokens(request.params.id)),
	);
}
