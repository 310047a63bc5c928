/** Accounts: made, looked at, and the code with which the browser extension takes the place of a QR code. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { RecadoError } from '../../../errors.ts';
import { ACCOUNT_PATH, type AccountPath, integratorOf, ownedAccount, ownedId } from '../authentication.ts';
import { callbackFields, callbackUrls, slotsOf } from '../callback-urls.ts';
import type { PlugchatPartnerDeps } from '../deps.ts';

/** Every account begins with it; what is in no other department is in this one. */
const DEFAULT_DEPARTMENT = 'Geral';

const CreateBody = Type.Object({
	externalId: Type.String({ minLength: 1, description: 'Your own id of it' }),
	name: Type.String({ minLength: 1 }),
	active: Type.Boolean(),
	sessionName: Type.Optional(Type.String()),
	...callbackFields,
});

export function accountRoutes(scope: FastifyInstance, deps: PlugchatPartnerDeps): void {
	const { access, directory, webhooks } = deps;
	scope.post<{ Body: Static<typeof CreateBody> }>('/integrator/account', { schema: { body: CreateBody } }, async (request) => {
		const { externalId, name, active, sessionName, ...urls } = request.body;
		// Before anything is made.
		const slots = slotsOf(webhooks, urls);
		const wish = { externalId, name, active, ...(sessionName === undefined ? {} : { sessionName }) };
		const answer = (accountId: string): object => ({ success: true, accountId, externalId });
		const { account } = await access.partners.createAccount(
			integratorOf(request).id,
			wish,
			request.idempotent && {
				request: request.idempotent,
				answer: (made) => ({ status: 200, body: answer(made.account.id) }),
			},
		);
		await directory.createDepartment(account.id, { name: DEFAULT_DEPARTMENT, isDefault: true });
		await webhooks.assignSlots({ accountId: account.id, dialect: 'plugchat' }, slots);
		return answer(account.id);
	});

	scope.get<AccountPath>(ACCOUNT_PATH, async (request) => {
		const { account, externalId, active } = await ownedAccount(request, deps);
		return { name: account.name, externalId: externalId ?? null, active, ...callbackUrls(webhooks, account.id) };
	});

	scope.get<AccountPath>(`${ACCOUNT_PATH}/extension-token`, async (request) => {
		const [instance] = await deps.accounts.instancesOf(await ownedId(request, deps));
		if (!instance) throw new RecadoError('not_there', { details: { what: 'instance' } });
		const { code, expiresAt } = await deps.extensionCodes.issue(instance);
		return { token: code, expiresAt };
	});
}
