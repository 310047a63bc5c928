/** The OpenAPI documents: kept as they are served, good by the rules, and with what the contracts print. Their pages ask nobody outside. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { OPEN_API_PATHS, type OpenApiDocument, openApiDocuments } from '../../scripts/open-api-documents.ts';
import { OPERATIONS, OPERATIONS_NOT_THERE, type Operation, successesOf } from '../contracts/operations.ts';
import type { Json, JsonObject } from '../support/contract.ts';
import { type Gateway, startGateway } from '../support/gateway.ts';
import { type Described, examplesOf, mediaOf, openApiFaults, operationsIn } from './open-api-rules.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Its address is that of another operation, whose description tells of it. */
const META_AI = 'metaai.conversation';

describe('the OpenAPI document', () => {
	let documents: readonly OpenApiDocument[] = [];
	before(async () => {
		documents = await openApiDocuments();
	});
	const documentOf = (dialect: string): JsonObject => JSON.parse(documents.find((one) => one.dialect === dialect)?.text ?? '{}');

	for (const dialect of Object.keys(OPEN_API_PATHS)) {
		it(`of ${dialect} is the one that is kept (npm run reference)`, async () => {
			const document = documents.find((one) => one.dialect === dialect);
			assert.ok(document);
			assert.equal(await readFile(join(ROOT, document.file), 'utf8'), document.text);
		});

		it(`of ${dialect} is a good one`, () => {
			assert.deepEqual(openApiFaults(documentOf(dialect)), []);
		});
	}

	it('has each operation of the contracts, with its examples', () => {
		const described = describedBy(documentOf);
		const missing = OPERATIONS.flatMap((operation) => {
			const found = described(operation);
			if (!found) return [`${operation.system} ${operation.id} is missing`];
			return missingExamples(operation, found).map((what) => `${operation.system} ${operation.id}: ${what}`);
		});
		assert.deepEqual(missing, []);
	});

	it('marks what is not there yet', () => {
		const described = describedBy(documentOf);
		for (const operation of OPERATIONS_NOT_THERE) {
			const found = described(operation)?.operation;
			assert.ok(found, operation.id);
			if (operation.id === META_AI) assert.match(String(found['description']), /metaai\.conversation/);
			else {
				assert.match(String(found['summary']), /\(not there yet\)$/);
				assert.deepEqual(Object.keys(Object(found['responses'])), ['501', '4XX'], operation.id);
			}
		}
	});
});

describe('the page of an OpenAPI document', () => {
	let gateway: Gateway;
	before(async () => {
		gateway = await startGateway();
	});
	after(() => gateway[Symbol.asyncDispose]());

	for (const path of Object.values(OPEN_API_PATHS)) {
		const root = path.replace(/\/openapi\.json$/, '');
		it(`of ${root} needs no credentials, and nobody else`, async () => {
			const page = await gateway.call('GET', `${root}/docs`);
			assert.equal(page.status, 200);
			assert.match(String(page.headers['content-type']), /^text\/html/);
			assert.match(String(page.headers['content-security-policy']), /^default-src 'self';/);
			const asked = [...String(page.body).matchAll(/(?:src|href)="([^"]+)"/g)].map(
				([, url = '']) => new URL(url, `${gateway.address}${root}/docs`),
			);
			assert.ok(asked.length > 0);
			for (const { origin, pathname } of asked) {
				assert.equal(origin, gateway.address);
				assert.equal((await gateway.call('GET', pathname)).status, 200, pathname);
			}
		});
	}
});

describe('the rules', () => {
	const good: JsonObject = {
		openapi: '3.1.0',
		info: { title: 'T', version: '1' },
		components: {
			schemas: { Thing: { type: 'object', required: ['id'] } },
			securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
		},
		paths: {
			'/things/{id}': {
				get: {
					operationId: 'getThing',
					summary: 'Get a thing',
					tags: ['Things'],
					security: [{ token: [] }],
					parameters: [{ in: 'path', name: 'id', required: true, schema: { type: 'string' } }],
					responses: {
						200: {
							description: 'It',
							content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' }, example: { id: '1' } } },
						},
					},
				},
			},
		},
	};
	const operation = Object(good['paths'])['/things/{id}'].get;
	const wrong: Readonly<Record<string, readonly [JsonObject, RegExp]>> = {
		'another version': [{ ...good, openapi: '3.0.3' }, /not of OpenAPI 3\.1/],
		'two operations of one name': [{ ...good, paths: { ...Object(good['paths']), '/things/{id}/': { get: operation } } }, /two operations/],
		'no summary': [withOperation({ summary: '' }), /has no summary/],
		'no tag': [withOperation({ tags: [] }), /has no tag/],
		'no responses': [withOperation({ responses: {} }), /has no responses/],
		'no such status': [withOperation({ responses: { '4xx': { description: 'Refused' } } }), /has a response 4xx/],
		'a response that says nothing': [withOperation({ responses: { 204: {} } }), /does not describe its 204/],
		'an undeclared parameter': [withOperation({ parameters: [] }), /does not declare id/],
		'a parameter of another path': [
			withOperation({ parameters: [...operation.parameters, { in: 'path', name: 'other', required: true }] }),
			/declares other, which its path has not/,
		],
		'a parameter that may be missing': [withOperation({ parameters: [{ in: 'path', name: 'id' }] }), /does not require id/],
		'an unknown scheme': [withOperation({ security: [{ key: [] }] }), /opened by key/],
		'a reference to nothing': [{ ...good, components: { securitySchemes: { token: {} } } }, /nothing is at #\/components\/schemas\/Thing/],
		'no schema': [withAnswer({ schema: { type: 'text' } }), /no JSON Schema/],
		'an example of something else': [
			withAnswer({ schema: { $ref: '#/components/schemas/Thing' }, examples: { wrong: { value: {} } } }),
			/an example is not as its schema says/,
		],
	};

	function withOperation(change: JsonObject): JsonObject {
		return { ...good, paths: { '/things/{id}': { get: { ...operation, ...change } } } };
	}

	function withAnswer(medium: JsonObject): JsonObject {
		return withOperation({ responses: { 200: { description: 'It', content: { 'application/json': medium } } } });
	}

	it('find nothing wrong with a good document', () => {
		assert.deepEqual(openApiFaults(good), []);
	});
	for (const [what, [document, fault]] of Object.entries(wrong)) {
		it(`find ${what}`, () => {
			assert.match(openApiFaults(document).join('\n'), fault);
		});
	}
});

/** The operation of a document that has the address of one of the contracts; the names of parameters are not the same everywhere. */
function describedBy(documentOf: (dialect: string) => JsonObject): (operation: Operation) => Described | undefined {
	const address = (method: string, path: string) => `${method} ${path.replace(/\{\w+\}/g, '{}').replace(/\/$/, '')}`;
	const all = new Map(
		Object.keys(OPEN_API_PATHS).flatMap((dialect) =>
			operationsIn(documentOf(dialect)).map((one) => [`${dialect} ${address(one.method, one.path)}`, one] as const),
		),
	);
	return ({ system, method, path }) => all.get(`${system} ${address(method, path)}`);
}

function missingExamples(operation: Operation, described: Described): readonly string[] {
	const media = mediaOf(described);
	const shown = (place: string): readonly string[] =>
		media.filter((medium) => medium.place === place).flatMap((medium) => examplesOf(medium).map((example) => JSON.stringify(example)));
	const { example, moreExamples = [] } = operation.body;
	const bodies = example === null ? [] : [example, ...moreExamples];
	const answers = successesOf(operation).flatMap((status) => {
		const { body = null, alternatives = [] } = operation.responses[status] ?? {};
		const printed: readonly Json[] = body === null || status === 204 ? [] : [body, ...alternatives];
		return printed.filter((one) => !shown(String(status)).includes(JSON.stringify(one))).map(() => `an answer ${status} is not shown`);
	});
	return [...bodies.filter((body) => !shown('body').includes(JSON.stringify(body))).map(() => 'a body is not shown'), ...answers];
}
