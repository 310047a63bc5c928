/** The OpenAPI document of this dialect and its page. */
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { describeApi } from '../open-api/describe-api.ts';
import { documentedBy } from '../open-api/documented.ts';

const DESCRIPTION = `The Plugchat API as Recado speaks it, three generations on one set of paths.

The account's token acts on the account's first instance. What creates takes an \`Idempotency-Key\`. Errors are told in Portuguese.`;

const ErrorSchema = Type.Object(
	{ error: Type.String({ description: 'A sentence, in Portuguese' }) },
	{ $id: 'Error', examples: [{ error: 'Não autorizado' }] },
);

const PARAMETERS = {
	phone: 'Digits with country code; of a group or a broadcast list its id',
	groupId: 'As `create-group` answered it',
	zaapId: 'Of the message, as its sending answered it',
	extension: 'Of the file name, without a dot: pdf',
};

/** Call before the routes are added. */
export async function describePlugchat(scope: FastifyInstance): Promise<void> {
	await describeApi(scope, {
		title: 'Plugchat',
		version: '1.0.0',
		description: DESCRIPTION,
		root: '/api',
		securitySchemes: {
			token: { type: 'apiKey', in: 'header', name: 'Authorization', description: "The account's token, bare or after `Bearer`" },
		},
		security: [{ token: [] }],
		schemas: [ErrorSchema],
		annotate: documentedBy({ file: new URL('operations.json', import.meta.url), error: 'Error', parameters: PARAMETERS }),
	});
}
