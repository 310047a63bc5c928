/**
 * The OpenAPI document of a dialect, made from the schemas that validate its requests, and a page to read and try it. Neither needs credentials, and
 * the page asks nobody else for anything.
 */
import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyContextConfig, FastifyInstance, FastifySchema } from 'fastify';
import { type TSchema, Type } from 'typebox';
import { operationIdOf } from './operation-id.ts';

type Document = NonNullable<FastifyDynamicSwaggerOptions['openapi']>;

export interface ApiDescription {
	readonly title: string;
	/** Of this API, not of the gateway. */
	readonly version: string;
	readonly description: string;
	readonly license?: { readonly name: string; readonly identifier: string };
	/** The document is at `<root>/openapi.json`, its page at `<root>/docs`. */
	readonly root: string;
	/** What most of its paths begin with, left out of the ids of operations. Default: `root`. */
	readonly common?: string;
	readonly securitySchemes: NonNullable<NonNullable<Document['components']>['securitySchemes']>;
	readonly security: NonNullable<Document['security']>;
	/** What `$ref`s of the routes' schemas name. */
	readonly schemas?: readonly TSchema[];
	/** Adds to what a route says of itself. */
	readonly annotate?: (route: DescribedRoute) => FastifySchema;
}

export interface DescribedRoute {
	readonly method: string;
	/** As the router takes it. */
	readonly url: string;
	readonly schema: FastifySchema;
	readonly config: Partial<FastifyContextConfig>;
}

/** Call before the routes are added: it watches them. */
export async function describeApi(scope: FastifyInstance, api: ApiDescription): Promise<void> {
	for (const schema of api.schemas ?? []) scope.addSchema(schema);
	await scope.register(swagger, {
		openapi: {
			openapi: '3.1.0',
			info: { title: api.title, version: api.version, description: api.description, ...(api.license && { license: api.license }) },
			servers: [{ url: '/' }],
			components: { securitySchemes: api.securitySchemes },
			security: api.security,
		},
		refResolver: { buildLocalReference: (schema, _base, _fragment, index) => String(schema['$id'] ?? `schema-${index}`) },
		transform: ({ schema, url, route }) => ({ url, schema: described(api, { url, schema: schema ?? {}, route }) }),
		transformObject: (made) => withOptionalBodies('openapiObject' in made ? made.openapiObject : {}),
	});
	await scope.register(swaggerUi, {
		routePrefix: `${api.root}/docs`,
		theme: { title: `${api.title} API` },
		uiConfig: { deepLinking: true, persistAuthorization: true, docExpansion: 'list' },
		// Its page has a style block of its own; scripts come from files alone.
		staticCSP: "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
	});
	documentRoute(scope, api.root);
}

function documentRoute(scope: FastifyInstance, root: string): void {
	const schema = {
		tags: ['Documentation'],
		security: [],
		summary: 'This document',
		response: { 200: Type.Object({}, { description: 'OpenAPI 3.1', additionalProperties: true }) },
	};
	// Anybody may ask for it, so it is written out once.
	let text: string | undefined;
	scope.get(documentPath(root), { schema }, (_request, reply) => {
		text ??= JSON.stringify(scope.swagger());
		return reply.type('application/json; charset=utf-8').send(text);
	});
}

function documentPath(root: string): string {
	return `${root}/openapi.json`;
}

/** The document itself and its page are none of what it documents. */
function described(
	{ root, common = root, annotate }: ApiDescription,
	{ url, schema, route }: { url: string; schema: FastifySchema; route: { method: string | string[]; config?: object } },
): FastifySchema {
	const method = String(route.method);
	const isOurs = url === documentPath(root) || schema.hide === true;
	const annotated = isOurs ? schema : (annotate?.({ method, url, schema, config: route.config ?? {} }) ?? schema);
	return { operationId: operationIdOf(method, url, common), ...annotated };
}

/** The plugin calls every body required; one that may be null may be missing (`isBodyOptional`). */
function withOptionalBodies(document: Document): Document {
	for (const path of Object.values(document.paths ?? {})) {
		for (const operation of Object.values(path ?? {})) {
			const body: unknown = Object(operation).requestBody;
			if (isObject(body) && takesNull(body['content'])) body['required'] = false;
		}
	}
	return document;
}

function takesNull(content: unknown): boolean {
	const media = Object.values(Object(content));
	return media.some((medium) => isObject(medium) && isObject(medium['schema']) && alternativesOf(medium['schema']).some(isNull));
}

function alternativesOf(schema: Record<string, unknown>): readonly unknown[] {
	return Array.isArray(schema['anyOf']) ? schema['anyOf'] : [schema];
}

function isNull(schema: unknown): boolean {
	return isObject(schema) && schema['type'] === 'null';
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
