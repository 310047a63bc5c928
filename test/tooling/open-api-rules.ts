/** What makes an OpenAPI 3.1 document a good one, as far as a generated one can go wrong. Schemas are held against JSON Schema 2020-12, which 3.1 is built on. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { isJsonObject } from '../contracts/operations.ts';
import type { Json, JsonObject } from '../support/contract.ts';

export interface Described {
	readonly path: string;
	readonly method: string;
	readonly operation: JsonObject;
}

/** `{"schema", "example" or "examples"}` of a body or an answer. */
export interface Medium {
	readonly of: Described;
	/** `body`, or the status of an answer. */
	readonly place: string;
	readonly medium: JsonObject;
}

export function operationsIn(document: JsonObject): readonly Described[] {
	return entries(document['paths']).flatMap(([path, methods]) =>
		entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation: objectOf(operation) })),
	);
}

export function mediaOf(described: Described): readonly Medium[] {
	const { requestBody, responses } = described.operation;
	const places: readonly (readonly [string, Json])[] = [['body', requestBody ?? null], ...entries(responses)];
	return places.flatMap(([place, has]) =>
		entries(objectOf(has)['content']).map(([, medium]) => ({ of: described, place, medium: objectOf(medium) })),
	);
}

export function examplesOf({ medium }: Medium): readonly Json[] {
	const one = medium['example'];
	return [...(one === undefined ? [] : [one]), ...entries(medium['examples']).map(([, example]) => objectOf(example)['value'] ?? null)];
}

/** One line for each thing that is wrong; none where the document is good. */
export function openApiFaults(document: JsonObject): readonly string[] {
	const operations = operationsIn(document);
	const ids = operations.map(({ operation }) => operation['operationId']);
	const info = objectOf(document['info']);
	return [
		...(/^3\.1\.\d$/.test(String(document['openapi'])) ? [] : ['it is not of OpenAPI 3.1']),
		...['title', 'version'].flatMap((name) => (isText(info[name]) ? [] : [`info has no ${name}`])),
		...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `two operations are called ${id}`),
		...operations.flatMap((one) => operationFaults(document, one).map((fault) => `${one.method} ${one.path} ${fault}`)),
		...schemaFaults(document),
	];
}

function operationFaults(document: JsonObject, described: Described): readonly string[] {
	const { operation, path } = described;
	const { tags, responses } = operation;
	const statuses = entries(responses);
	return [
		...['operationId', 'summary'].flatMap((name) => (isText(operation[name]) ? [] : [`has no ${name}`])),
		...(Array.isArray(tags) && tags.length > 0 ? [] : ['has no tag']),
		...(statuses.length > 0 ? [] : ['has no responses']),
		...statuses.flatMap(([status, response]) => [
			...(/^([1-5](\d\d|XX)|default)$/.test(status) ? [] : [`has a response ${status}`]),
			...(isText(objectOf(response)['description']) ? [] : [`does not describe its ${status}`]),
		]),
		...parameterFaults(path, operation['parameters'] ?? []),
		...securityFaults(document, operation['security'] ?? document['security'] ?? []),
		...mediaOf(described).flatMap(({ place, medium }) =>
			'example' in medium && 'examples' in medium ? [`has both example and examples: ${place}`] : [],
		),
	];
}

function parameterFaults(path: string, listed: Json): readonly string[] {
	const parameters = (Array.isArray(listed) ? listed : []).map(objectOf);
	const keys = parameters.map((one) => `${String(one['in'])} ${String(one['name'])}`);
	const inPath = parameters.filter((one) => one['in'] === 'path');
	const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
	return [
		...keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `declares ${key} twice`),
		...named.filter((name) => !inPath.some((one) => one['name'] === name)).map((name) => `does not declare ${name}`),
		...inPath.filter((one) => !named.includes(String(one['name']))).map((one) => `declares ${String(one['name'])}, which its path has not`),
		...inPath.filter((one) => one['required'] !== true).map((one) => `does not require ${String(one['name'])}`),
	];
}

function securityFaults(document: JsonObject, security: Json): readonly string[] {
	const schemes = objectOf(objectOf(document['components'])['securitySchemes']);
	const names = (Array.isArray(security) ? security : []).flatMap((one) => Object.keys(objectOf(one)));
	return names.filter((name) => !(name in schemes)).map((name) => `is opened by ${name}, which is no security scheme`);
}

/** Examples are held against schemas that are good, and whose references lead somewhere. */
function schemaFaults(document: JsonObject): readonly string[] {
	const lost = refsIn(document).filter((ref) => !isThere(document, ref));
	if (lost.length > 0) return lost.map((ref) => `nothing is at ${ref}`);
	const validator = validatorOf(document);
	const components = entries(objectOf(document['components'])['schemas']).map(([name, schema]) => [name, schema] as const);
	const media = operationsIn(document).flatMap(mediaOf);
	const inMedia = media.map((one) => [nameOf(one), one.medium['schema'] ?? null] as const);
	const wrong = [...components, ...inMedia].flatMap(([name, schema]) => (validator.isSchema(schema) ? [] : [`${name}: no JSON Schema`]));
	if (wrong.length > 0) return wrong;
	return media.flatMap((one) => {
		const fits = validator.of(one);
		return examplesOf(one).flatMap((example) => (fits(example) ? [] : [`${nameOf(one)}: an example is not as its schema says`]));
	});
}

interface Validator {
	isSchema(schema: Json): boolean;
	of(medium: Medium): ValidateFunction;
}

function validatorOf(document: JsonObject): Validator {
	const ajv = addFormats.default(new Ajv2020({ strict: false, validateSchema: false }));
	// References to `#/components/…` are to be found from inside of a schema: each is compiled as a part of the document.
	ajv.addSchema({ ...document, $id: 'document' });
	return {
		isSchema: (schema) => isJsonObject(schema) && ajv.validateSchema(schema) === true,
		of: ({ medium }) => ajv.compile(localized(medium['schema'] ?? null)),
	};
}

/** `$ref`s to the document by its name. */
function localized(schema: Json): object {
	return JSON.parse(JSON.stringify(schema), (key, value) =>
		key === '$ref' && typeof value === 'string' && value.startsWith('#') ? `document${value}` : value,
	);
}

function nameOf({ of, place }: Medium): string {
	return `${of.method} ${of.path} ${place}`;
}

function refsIn(value: Json): readonly string[] {
	if (Array.isArray(value)) return value.flatMap(refsIn);
	if (!isJsonObject(value)) return [];
	return Object.entries(value).flatMap(([key, member]) => (key === '$ref' && typeof member === 'string' ? [member] : refsIn(member)));
}

function isThere(document: JsonObject, ref: string): boolean {
	if (!ref.startsWith('#/')) return false;
	const steps = ref
		.slice(2)
		.split('/')
		.map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'));
	return steps.reduce<Json | undefined>((at, step) => (at === undefined ? undefined : objectOf(at)[step]), document) !== undefined;
}

function entries(value: Json | undefined): readonly (readonly [string, Json])[] {
	return Object.entries(objectOf(value));
}

function objectOf(value: Json | undefined): JsonObject {
	return value !== undefined && isJsonObject(value) ? value : {};
}

function isText(value: Json | undefined): boolean {
	return typeof value === 'string' && value !== '';
}
