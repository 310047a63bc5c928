/** The OpenAPI document of this dialect and its page. */
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { describeApi } from '../open-api/describe-api.ts';
import { documentedBy } from '../open-api/documented.ts';

const DESCRIPTION = `The API of Plugchat's partners as Recado speaks it: accounts, their departments and operators, ratings and menus.

It takes an integrator's token as bearer.`;

const ErrorSchema = Type.Object(
	{ reason: Type.String({ description: 'A sentence' }) },
	{ $id: 'Error', examples: [{ reason: 'entity not found' }] },
);

const PARAMETERS = { accountId: 'As `POST /integrator/account` answered it', departmentId: 'As its creation answered it' };

/** Call before the routes are added. */
export async function describePlugchatPartner(scope: FastifyInstance): Promise<void> {
	await describeApi(scope, {
		title: 'Plugchat partner',
		version: '1.0.0',
		description: DESCRIPTION,
		root: '/integrator',
		securitySchemes: { integrator: { type: 'http', scheme: 'bearer', description: "An integrator's token" } },
		security: [{ integrator: [] }],
		schemas: [ErrorSchema],
		annotate: documentedBy({ file: new URL('operations.json', import.meta.url), error: 'Error', parameters: PARAMETERS }),
	});
}
