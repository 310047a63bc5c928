/** The OpenAPI document of our dialect, made from the schemas of its routes, and a page to read and try it. Neither needs a token. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { type TSchema, Type } from 'typebox';
import { ROOT } from './scope.ts';
import {
	AccountCreatedSchema,
	AccountSchema,
	ApplicationCreatedSchema,
	ApplicationSchema,
	CategorySchema,
	DepartmentSchema,
	InstanceCreatedSchema,
	InstanceSchema,
	OperatorSchema,
	QrCodeSchema,
} from './views/account.ts';
import { AttendanceSchema } from './views/attendance.ts';
import { ChatSchema } from './views/chat.ts';
import { DeliveryDetailSchema, DeliverySchema } from './views/delivery.ts';
import { EventSchema } from './views/event.ts';
import { JobSchema } from './views/job.ts';
import { ContentSchema, CorrespondentSchema, MessagePageSchema, MessageSchema } from './views/message.ts';
import { ErrorKindSchema, ProblemSchema } from './views/problem.ts';
import { AcceptedSchema, PhoneBehaviourSchema, WrittenSchema } from './views/simulated.ts';
import { WebhookSchema } from './views/webhook.ts';

/** Of this API, not of the gateway. */
const API_VERSION = '1.0.0';

const SCHEMAS: readonly TSchema[] = [
	AcceptedSchema,
	AccountCreatedSchema,
	AccountSchema,
	ApplicationCreatedSchema,
	ApplicationSchema,
	AttendanceSchema,
	CategorySchema,
	ChatSchema,
	ContentSchema,
	CorrespondentSchema,
	DeliveryDetailSchema,
	DeliverySchema,
	DepartmentSchema,
	ErrorKindSchema,
	EventSchema,
	InstanceCreatedSchema,
	InstanceSchema,
	JobSchema,
	MessagePageSchema,
	MessageSchema,
	OperatorSchema,
	PhoneBehaviourSchema,
	ProblemSchema,
	QrCodeSchema,
	WebhookSchema,
	WrittenSchema,
];

const DESCRIPTION = `The management API of Recado: accounts and their phone numbers, webhooks and what became of their deliveries, and the simulated world.

Everything that creates takes an \`Idempotency-Key\`. Times are ISO 8601, errors \`application/problem+json\`. Unknown keys in bodies are ignored.`;

/** Call before the routes are added: it watches them. */
export async function describeApi(scope: FastifyInstance): Promise<void> {
	for (const schema of SCHEMAS) scope.addSchema(schema);
	await scope.register(swagger, {
		openapi: {
			openapi: '3.1.0',
			info: { title: 'Recado', version: API_VERSION, description: DESCRIPTION, license: { name: 'MIT', identifier: 'MIT' } },
			servers: [{ url: '/' }],
			components: {
				securitySchemes: { admin: { type: 'http', scheme: 'bearer', description: "The administrator's token, `RECADO_ADMIN_TOKEN`" } },
			},
			security: [{ admin: [] }],
		},
		refResolver: { buildLocalReference: (schema, _base, _fragment, index) => String(schema['$id'] ?? `schema-${index}`) },
	});
	await scope.register(swaggerUi, {
		routePrefix: `${ROOT}/docs`,
		theme: { title: 'Recado API' },
		uiConfig: { deepLinking: true, persistAuthorization: true, docExpansion: 'list' },
		// Its page has a style block of its own; scripts come from files alone.
		staticCSP: "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
	});
	const schema = {
		tags: ['Documentation'],
		security: [],
		summary: 'This document',
		response: { 200: Type.Object({}, { description: 'OpenAPI 3.1', additionalProperties: true }) },
	};
	scope.get(`${ROOT}/openapi.json`, { schema }, () => scope.swagger());
}
