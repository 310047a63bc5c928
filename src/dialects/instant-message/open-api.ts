/** The OpenAPI document of this dialect and its page. Its examples stand in the schemas of the routes. */
import type { FastifyInstance } from 'fastify';
import { describeApi } from '../open-api/describe-api.ts';

/** Of the documented API: its prefix. */
const API_VERSION = '1.0.0';

const DESCRIPTION = `The Instant Message API as Recado speaks it: messages to customers and what became of them, media, templates, 24-hour windows.

Dates in filters are \`YYYYMMDDHHmm\`, UTC. Bad parameters are told in \`details\`, one by one. \`POST /v1/messages\` takes an \`Idempotency-Key\`.`;

/** Call before the routes are added. */
export async function describeInstantMessage(scope: FastifyInstance): Promise<void> {
	await describeApi(scope, {
		title: 'Instant Message',
		version: API_VERSION,
		description: DESCRIPTION,
		root: '/v1',
		securitySchemes: {
			jwt: { type: 'apiKey', in: 'header', name: 'Authorization', description: 'The JWT of the application, bare or after `Bearer`' },
		},
		security: [{ jwt: [] }],
	});
}
