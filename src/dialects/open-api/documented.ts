/**
 * What the documents of an API print of its operations, put beside what the routes say of themselves: a summary, examples of bodies, the forms of
 * answers. `operations.json` of a dialect holds it, made from the contracts by `npm run reference`.
 */
import { readFileSync } from 'node:fs';
import type { FastifySchema } from 'fastify';
import type { ApiDescription, DescribedRoute } from './describe-api.ts';

declare module 'fastify' {
	interface FastifyContextConfig {
		/** Of a route that answers 501. */
		readonly isNotThere?: true;
	}
}

/** An operation, or several that the documents tell apart by their bodies alone. */
export interface DocumentedOperation {
	/** `GET /api/chats/{}`, one for each spelling of the path in the documents. */
	readonly addresses: readonly string[];
	readonly summary: string;
	readonly tag: string;
	/** By the operation that the documents print them for. */
	readonly bodies: Examples;
	/** By the status of a success. */
	readonly answers: Readonly<Record<string, DocumentedAnswer>>;
}

export type Examples = Readonly<Record<string, { readonly value: unknown }>>;

export interface DocumentedAnswer {
	/** A JSON Schema. Where neither is there, the documents print no body. */
	readonly schema?: object;
	readonly examples?: Examples;
}

export interface Documented {
	/** Of the `operations.json`. */
	readonly file: URL;
	/** The form of the dialect's errors: the name of one of the `schemas`. */
	readonly error: string;
	/** What the names in the paths mean. */
	readonly parameters: Readonly<Record<string, string>>;
	/** What opens a route, where it is not what opens most. */
	securityOf?(config: DescribedRoute['config']): ApiDescription['security'] | undefined;
}

const NO_BODY = { type: 'null', description: 'Done; there is no body' };
/** Any body: what the documents leave open is not for this document to promise. */
const UNPRINTED = { 'x-response-description': 'Done; the documents print no body' };

export function documentedBy(documented: Documented): NonNullable<ApiDescription['annotate']> {
	const operations: readonly DocumentedOperation[] = JSON.parse(readFileSync(documented.file, 'utf8'));
	const byAddress = new Map(operations.flatMap((operation) => operation.addresses.map((address) => [address, operation] as const)));
	return (route) => {
		const operation = byAddress.get(`${route.method} ${route.url.replace(/:[^/]+/g, '{}')}`);
		const security = documented.securityOf?.(route.config);
		return {
			...(operation && { summary: operation.summary, tags: [operation.tag] }),
			...(security && { security }),
			params: paramsOf(route.url, documented.parameters),
			...route.schema,
			...bodyOf(route.schema, operation),
			...(route.config.isNotThere ? notThere(documented, operation) : { response: responsesOf(documented, operation, route.schema) }),
		};
	};
}

function bodyOf({ body }: FastifySchema, operation: DocumentedOperation | undefined): FastifySchema {
	if (body === undefined) return {};
	const examples = operation?.bodies ?? {};
	return { body: { ...Object(body), ...(Object.keys(examples).length > 0 && { 'x-examples': examples }) } };
}

/** What a route says of its answers goes first. */
function responsesOf({ error }: Documented, operation: DocumentedOperation | undefined, { response }: FastifySchema): object {
	const answers = Object.entries(operation?.answers ?? { 200: {} }).map(
		([status, answer]) => [status, responseOf(status, answer)] as const,
	);
	return { '4xx': refused(error), '5xx': refused(error), ...Object.fromEntries(answers), ...Object(response) };
}

function responseOf(status: string, { schema, examples }: DocumentedAnswer): object {
	if (status === '204') return NO_BODY;
	return schema ? { 'x-response-description': 'As documented', ...schema, 'x-examples': examples } : UNPRINTED;
}

function notThere({ error }: Documented, operation: DocumentedOperation | undefined): FastifySchema {
	return {
		...(operation && { summary: `${operation.summary} (not there yet)` }),
		description: 'Documented, and not there yet: it is answered 501.',
		response: { 501: { $ref: `${error}#`, description: 'Not there yet' }, '4xx': refused(error) },
	};
}

function refused(error: string): object {
	return { $ref: `${error}#`, description: 'An error, in the form of this API' };
}

function paramsOf(url: string, meanings: Readonly<Record<string, string>>): object {
	const names = [...url.matchAll(/:([^/]+)/g)].map(([, name = '']) => name);
	const properties = names.map((name) => [name, { type: 'string', ...(meanings[name] && { description: meanings[name] }) }] as const);
	return { type: 'object', properties: Object.fromEntries(properties), required: names };
}
