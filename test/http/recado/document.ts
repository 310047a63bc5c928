/** The OpenAPI document as the tests use it: its operations, and whether an answer is as documented. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

export interface OpenApi {
	readonly openapi: string;
	readonly info: { readonly title: string; readonly version: string };
	readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
	readonly components: { readonly schemas: Readonly<Record<string, object>>; readonly securitySchemes: object };
}

export interface Operation {
	readonly tags?: readonly string[];
	readonly summary?: string;
	readonly security?: readonly object[];
	readonly parameters?: readonly { readonly in: string; readonly name: string; readonly required?: boolean }[];
	readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
	readonly responses: Readonly<
		Record<string, { readonly description: string; readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
	>;
}

export interface Listed extends Operation {
	readonly path: string;
	readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
}

export function operationsOf(document: OpenApi): readonly Listed[] {
	return Object.entries(document.paths).flatMap(([path, methods]) =>
		Object.entries(methods).map(([method, operation]) => ({ ...operation, path, method: method.toUpperCase() as Listed['method'] })),
	);
}

/** The operation whose path has this shape. */
export function operationAt(document: OpenApi, method: string, url: string): Listed | undefined {
	const [path = ''] = url.split('?');
	const fits = (pattern: string): boolean => new RegExp(`^${pattern.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);
	// A path without parameters goes first, as in the router.
	return operationsOf(document)
		.filter((operation) => operation.method === method && fits(operation.path))
		.sort((left, right) => left.path.split('{').length - right.path.split('{').length)[0];
}

/** What is wrong with an answer, by the schema of its status; undefined if nothing. */
export function createChecker(document: OpenApi): (operation: Listed, status: number, body: unknown) => string | undefined {
	const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }));
	ajv.addSchema({ ...document, $id: 'openapi' });
	return (operation, status, body) => {
		const group = operation.responses[status] ? String(status) : `${String(status)[0]}XX`;
		const response = operation.responses[group];
		if (!response) return `${status} is not documented`;
		const type = Object.keys(response.content ?? {})[0];
		if (type === undefined || status === 204) return body === '' || body === undefined ? undefined : 'a body, though none is documented';
		const escaped = [operation.path, operation.method.toLowerCase(), 'responses', group, 'content', type, 'schema']
			.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1')))
			.join('/');
		const isValid = ajv.validate(`openapi#/paths/${escaped}`, body);
		return isValid ? undefined : ajv.errorsText();
	};
}
