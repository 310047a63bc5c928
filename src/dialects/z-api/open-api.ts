/** The OpenAPI document of this dialect and its page. Their paths are none of the documented ones: an id of an instance has a prefix. */
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { describeApi } from '../open-api/describe-api.ts';
import { documentedBy } from '../open-api/documented.ts';
import { INSTANCE_PATH } from './authentication.ts';

const DESCRIPTION = `The Z-API API as Recado speaks it.

Every path of an instance begins with its id and its token. \`Client-Token\` is asked for once the account has activated it. The calls of *Partner* take a \
partner's token as bearer. What creates takes an \`Idempotency-Key\`. Operations marked *not there yet* are answered 501.`;

const ErrorSchema = Type.Object(
	{ error: Type.String({ description: 'A sentence' }) },
	{ $id: 'Error', examples: [{ error: 'Invalid phone' }] },
);

const PARAMETERS = {
	instanceId: 'Of the instance',
	token: 'Of the instance; told once, when it is made',
	phone: 'Digits with country code; of a group, a newsletter or a broadcast list its id',
	groupId: 'As `create-group` answered it',
	communityId: 'As `POST /communities` answered it',
	zaapId: 'Of the message, as its sending answered it',
	extension: 'Of the file name, without a dot: pdf',
};

/** Call before the routes are added. */
export async function describeZApi(scope: FastifyInstance): Promise<void> {
	await describeApi(scope, {
		title: 'Z-API',
		version: '1.0.0',
		description: DESCRIPTION,
		root: '/instances',
		common: INSTANCE_PATH,
		securitySchemes: {
			clientToken: {
				type: 'apiKey',
				in: 'header',
				name: 'Client-Token',
				description: "The account's security token, once it is activated",
			},
			partner: { type: 'http', scheme: 'bearer', description: "A partner's token" },
		},
		security: [{}, { clientToken: [] }],
		schemas: [ErrorSchema],
		annotate: documentedBy({
			file: new URL('operations.json', import.meta.url),
			error: 'Error',
			parameters: PARAMETERS,
			securityOf: ({ isOfPartner }) => (isOfPartner ? [{ partner: [] }] : undefined),
		}),
	});
}
