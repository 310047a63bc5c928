import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { faultsOf } from './faults.ts';

function told(schema: object, value: unknown): readonly string[] {
	const ajv = addFormats.default(new Ajv({ allErrors: true, strict: false }));
	ajv.validate(schema, value);
	return faultsOf(ajv.errors ?? []).map((fault) => `${fault.path}|${fault.en}|${fault.pt}`);
}

const at = (schema: object): object => ({ properties: { x: schema } });

test('each keyword has its words in both languages', () => {
	const cases: readonly (readonly [object, unknown, string])[] = [
		[{ type: 'string' }, 1, 'must be text|deve ser texto'],
		[{ type: 'number' }, 'a', 'must be a number|deve ser um número'],
		[{ type: 'integer' }, 1.5, 'must be a whole number|deve ser um número inteiro'],
		[{ type: 'boolean' }, 'true', 'must be true or false|deve ser true ou false'],
		[{ type: 'object' }, null, 'must be an object|deve ser um objeto'],
		[{ type: 'array' }, {}, 'must be a list|deve ser uma lista'],
		[{ type: ['string', 'null'] }, 1, 'must be text or null|deve ser texto ou null'],
		[{ minLength: 1 }, '', 'must not be empty|não pode ser vazio'],
		[{ minLength: 3 }, 'a', 'must have at least 3 characters|deve ter pelo menos 3 caracteres'],
		[{ maxLength: 1 }, 'abc', 'must have at most 1 characters|deve ter no máximo 1 caracteres'],
		[{ minimum: 2 }, 1, 'must be at least 2|deve ser no mínimo 2'],
		[{ maximum: 2 }, 3, 'must be at most 2|deve ser no máximo 2'],
		[{ exclusiveMinimum: 2 }, 2, 'must be more than 2|deve ser maior que 2'],
		[{ exclusiveMaximum: 2 }, 2, 'must be less than 2|deve ser menor que 2'],
		[{ multipleOf: 2 }, 3, 'must be a multiple of 2|deve ser múltiplo de 2'],
		[{ minItems: 1 }, [], 'must have at least 1 items|deve ter pelo menos 1 itens'],
		[{ maxItems: 1 }, [1, 2], 'must have at most 1 items|deve ter no máximo 1 itens'],
		[{ minProperties: 1 }, {}, 'must have at least 1 keys|deve ter pelo menos 1 chaves'],
		[{ maxProperties: 0 }, { a: 1 }, 'must have at most 0 keys|deve ter no máximo 0 chaves'],
		[{ uniqueItems: true }, [1, 1], 'must not repeat an item|não pode repetir itens'],
		[{ pattern: '\\S' }, ' ', 'must not be empty|não pode ser vazio'],
		[{ pattern: '^a$' }, 'b', 'is not in the documented form|não está no formato documentado'],
		[{ format: 'uri' }, 'b', 'must be an URL|deve ser uma URL'],
		[{ format: 'email' }, 'b', 'must be an e-mail address|deve ser um endereço de e-mail'],
		[{ enum: ['a', 'b'] }, 'c', 'must be one of: a, b|deve ser um destes: a, b'],
		[{ const: 'a' }, 'c', 'must be a|deve ser a'],
		[{ not: {} }, 'c', 'is not as documented|não segue a documentação'],
	];
	for (const [schema, value, words] of cases) assert.deepEqual(told(at(schema), { x: value }), [`x|${words}`]);
	assert.deepEqual(told({ required: ['x'] }, {}), ['x|is required|é obrigatório']);
	assert.deepEqual(told({ additionalProperties: false }, { y: 1 }), ['y|is not known here|não existe aqui']);
});

test('paths are written as people write them', () => {
	const schema = { properties: { 'a/b': { items: { properties: { c: { type: 'string' } } } } }, type: 'object' };
	assert.deepEqual(told(schema, { 'a/b': [{ c: 'ok' }, { c: 1 }] }), ['a/b[1].c|must be text|deve ser texto']);
	assert.deepEqual(told(schema, 1), ['|must be an object|deve ser um objeto']);
});

test('of several shapes, the closest one is told', () => {
	const shapes = at({
		anyOf: [
			{ type: 'string', minLength: 1 },
			{ type: 'object', required: ['url'], properties: { url: { type: 'string' } } },
		],
	});
	assert.deepEqual(told(shapes, { x: 1 }), ['x|must be text or an object|deve ser texto ou um objeto']);
	assert.deepEqual(told(shapes, { x: '' }), ['x|must not be empty|não pode ser vazio']);
	assert.deepEqual(told(shapes, { x: {} }), ['x.url|is required|é obrigatório']);
	assert.deepEqual(told(shapes, { x: { url: 1 } }), ['x.url|must be text|deve ser texto']);
	const literals = at({ oneOf: [{ const: 'a' }, { const: 'b' }] });
	assert.deepEqual(told(literals, { x: 'c' }), ['x|must be one of: a, b|deve ser um destes: a, b']);
});

test('at the limit the rest is left out, and nothing is told twice', () => {
	assert.equal(told({ items: { type: 'string' } }, Array(50).fill(1)).length, 20);
	assert.equal(told({ allOf: [{ required: ['x'] }, { required: ['x'] }] }, {}).length, 1);
});
