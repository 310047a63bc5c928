/** The menu that asks a waiting customer which department it is about. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { ACCOUNT_PATH, type AccountPath, ownedId } from '../authentication.ts';
import type { PlugchatPartnerDeps } from '../deps.ts';

const UraBody = Type.Object({
	active: Type.Boolean(),
	ignoreGeral: Type.Boolean({ description: 'The default department is not offered' }),
	ignoreGroups: Type.Boolean(),
	welcomeMessage: Type.String({ description: '{senderName} is filled in' }),
	departmentMessage: Type.String(),
});

export function uraRoutes(scope: FastifyInstance, deps: PlugchatPartnerDeps): void {
	const { ura } = deps.serviceDesk;
	scope.post<AccountPath & { Body: Static<typeof UraBody> }>(`${ACCOUNT_PATH}/ura`, { schema: { body: UraBody } }, async (request) => {
		const accountId = await ownedId(request, deps);
		const { ignoreGeral: ignoreDefault, active, ignoreGroups, welcomeMessage, departmentMessage } = request.body;
		const known = await ura.get(accountId);
		// What the management API set besides stays.
		await ura.set(accountId, { ...known, active, ignoreDefault, ignoreGroups, welcomeMessage, departmentMessage });
		return { success: true };
	});
}
