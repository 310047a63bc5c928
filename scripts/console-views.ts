/** The shapes that the console gets from `/recado/v1`, as TypeScript: made from the schemas of its OpenAPI document. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** JSON Schema, as far as our documents go. */
interface Schema {
	readonly $ref?: string;
	readonly type?: string | readonly string[];
	readonly enum?: readonly unknown[];
	readonly const?: unknown;
	readonly anyOf?: readonly Schema[];
	readonly allOf?: readonly Schema[];
	readonly items?: Schema;
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly patternProperties?: Readonly<Record<string, Schema>>;
	readonly additionalProperties?: boolean | Schema;
	readonly required?: readonly string[];
	readonly description?: string;
}

interface OpenApi {
	readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export const CONSOLE_VIEWS_FILE = 'console/src/api/views.ts';

const HEAD = '/** Made from docs/openapi/recado.json by `npm run reference`; do not edit. */\n';

export async function consoleViews(root: string): Promise<string> {
	const { components } = JSON.parse(await readFile(join(root, 'docs/openapi/recado.json'), 'utf8')) as OpenApi;
	const names = Object.keys(components.schemas).sort();
	return HEAD + names.map((name) => `\nexport type ${name} = ${typeOf(components.schemas[name] ?? {}, '')};\n`).join('');
}

function typeOf(schema: Schema, indent: string): string {
	if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1) ?? 'unknown';
	if (schema.const !== undefined) return JSON.stringify(schema.const);
	if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
	if (schema.anyOf) return schema.anyOf.map((one) => typeOf(one, indent)).join(' | ');
	if (schema.allOf) return schema.allOf.map((one) => typeOf(one, indent)).join(' & ');
	if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type }, indent)).join(' | ');
	switch (schema.type) {
		case 'string':
			return 'string';
		case 'integer':
		case 'number':
			return 'number';
		case 'boolean':
			return 'boolean';
		case 'null':
			return 'null';
		case 'array':
			return `readonly ${wrapped(typeOf(schema.items ?? {}, indent))}[]`;
		case 'object':
			return objectOf(schema, indent);
		default:
			return 'unknown';
	}
}

function objectOf({ properties = {}, patternProperties = {}, additionalProperties, required = [] }: Schema, indent: string): string {
	const [values] = [...Object.values(patternProperties), ...(typeof additionalProperties === 'object' ? [additionalProperties] : [])];
	if (Object.keys(properties).length === 0) return `{ readonly [name: string]: ${values ? typeOf(values, indent) : 'unknown'} }`;
	const inner = `${indent}\t`;
	const lines = Object.entries(properties).map(([name, schema]) => {
		const comment = schema.description === undefined ? '' : `${inner}/** ${schema.description.replaceAll('*/', '* /')} */\n`;
		const key = /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
		return `${comment}${inner}readonly ${key}${required.includes(name) ? '' : '?'}: ${typeOf(schema, inner)};\n`;
	});
	return `{\n${lines.join('')}${indent}}`;
}

function wrapped(type: string): string {
	return /[|&]/.test(type) ? `(${type})` : type;
}
