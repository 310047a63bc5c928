/**
 * Compares what the gateway says on the wire with the contracts (`test/contracts/`): every documented key is there, spelled and typed as
 * documented, and nothing undocumented. Used on rendered payloads and on what a receiver got.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const CONTRACTS = join(import.meta.dirname, '../contracts');

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
	readonly [key: string]: Json;
}

export interface Contract {
	readonly example: JsonObject;
	/** By dotted path; `[]` is an element of a list, `{...}` any key of a map. */
	readonly fields: Readonly<Record<string, ContractField>>;
}

export interface ContractField {
	/** `string`, `integer|null`, `array<object>`, ... */
	readonly type: string;
	/** False is optional. Null (the source does not say) and true: there wherever the example has it. */
	readonly required: boolean | null;
}

export interface HttpContract {
	readonly id: string;
	readonly method: string;
	readonly path: string;
	readonly body: { readonly example: JsonObject | null };
	readonly responses: Readonly<Record<string, { readonly body?: Json; readonly alternatives?: readonly Json[] }>>;
}

export function webhookContract(system: string, event: string): Contract {
	return JSON.parse(readFileSync(join(CONTRACTS, 'webhooks', system, `${event}.json`), 'utf8'));
}

export function httpContract(system: string, id: string): HttpContract {
	const { endpoints }: { endpoints: readonly HttpContract[] } = JSON.parse(readFileSync(join(CONTRACTS, 'http', `${system}.json`), 'utf8'));
	const found = endpoints.find((endpoint) => endpoint.id === id);
	if (!found) throw new Error(`${system} has no endpoint ${id}`);
	return found;
}

const SEEDS: Readonly<Record<string, string>> = {
	'000': '000_89b9af08b2829d50.txt',
	'001': '001_a50409b7a89bfeca.txt',
	'002': '002_411ad752a865b14f.txt',
	'003': '003_dff8a3f57e76538b.txt',
	'004': '004_448bcf30cd835ca8.txt',
};

/** The JSON blocks of a seed document, in their order. One of seed 000 has no closing fence: a rule ends it. */
export function seedBlocks(seed: string): readonly JsonObject[] {
	const text = readFileSync(join(CONTRACTS, 'seeds', SEEDS[seed] ?? ''), 'utf8');
	return [...text.matchAll(/^```json\n([\s\S]*?)^(?:```|---)/gm)].map(([, block]) => JSON.parse(block ?? ''));
}

/** A contract whose `from` member is replaced by the member of another one: an envelope with the content of another kind. */
export function withMember(contract: Contract, from: string, other: Contract, to: string): Contract {
	const isOf = (member: string) => (path: string) => path === member || path.startsWith(`${member}.`);
	const pick = (fields: Contract['fields'], keep: (path: string) => boolean) =>
		Object.fromEntries(Object.entries(fields).filter(([path]) => keep(path)));
	const { [from]: _replaced, ...envelope } = contract.example;
	return {
		example: { ...envelope, [to]: other.example[to] ?? null },
		fields: { ...pick(contract.fields, (path) => !isOf(from)(path)), ...pick(other.fields, isOf(to)) },
	};
}

/** What is wrong with a payload, one line each; none where it is as documented. */
export function differences(payload: unknown, contract: Contract): readonly string[] {
	return compareObject(payload as Json, contract.example, '', '', contract.fields);
}

/** The same against a bare example (an answer of an endpoint), where every key is expected. */
export function differencesFromExample(payload: unknown, example: Json): readonly string[] {
	return compare(payload as Json, example, '', '', {});
}

/** A member that is an object; an empty one where it is not. */
export function memberOf(body: JsonObject | undefined, key: string): JsonObject {
	const member = body?.[key] ?? null;
	return isObject(member) ? member : {};
}

type Fields = Contract['fields'];

function compare(actual: Json, example: Json, at: string, path: string, fields: Fields): readonly string[] {
	const types = fields[path]?.type.split('|') ?? [typeOf(example)];
	if (!types.some((type) => isOfType(actual, type))) return [`${at || '(whole)'} is ${typeOf(actual)}, documented as ${types.join('|')}`];
	if (Array.isArray(actual)) {
		const elements: readonly Json[] = Array.isArray(example) ? example : [];
		return actual.flatMap((item: Json, index: number) => {
			const faults = elements.map((element) => compare(item, element, `${at}[${index}]`, `${path}[]`, fields));
			return faults.reduce<readonly string[]>((least, some) => (some.length < least.length ? some : least), faults[0] ?? []);
		});
	}
	if (isObject(actual) && isObject(example)) return compareObject(actual, example, at, path, fields);
	return [];
}

function compareObject(actual: Json, example: JsonObject, at: string, path: string, fields: Fields): readonly string[] {
	if (!isObject(actual)) return [`${at || '(whole)'} is ${typeOf(actual)}, documented as object`];
	if (isKeyedById(example)) return Object.entries(actual).flatMap(([key, value]) => compareEntry(value, example, `${at}.${key}`));
	const mapKey = Object.keys(fields).find((name) => name.startsWith(`${path}.{`) && name.endsWith('}'));
	if (mapKey !== undefined) return compareMap(actual, example, at, mapKey, fields);
	const child = (parent: string, key: string) => (parent === '' ? key : `${parent}.${key}`);
	const missing = Object.keys(example).filter((key) => !(key in actual) && fields[child(path, key)]?.required !== false);
	return [
		...missing.map((key) => `${child(at, key)} is missing`),
		...Object.entries(actual).flatMap(([key, value]) => {
			const documented = fields[child(path, key)];
			if (!(key in example) && !documented) return [`${child(at, key)} is not documented`];
			return compare(value, example[key] ?? exampleOf(documented), child(at, key), child(path, key), fields);
		}),
	];
}

/** The entries of a map come in shapes that `fromMe` tells apart: each is held against the example of its shape, every key of it. */
function compareMap(actual: JsonObject, example: JsonObject, at: string, mapKey: string, fields: Fields): readonly string[] {
	const required = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, { ...field, required: null }]));
	return Object.entries(actual).flatMap(([key, entry]) => {
		const isSame = (shape: Json) => isObject(shape) && isObject(entry) && shape['fromMe'] === entry['fromMe'];
		const shape = Object.values(example).find(isSame);
		const name = `${at}.${key}`;
		if (shape === undefined || !isObject(shape) || !isObject(entry)) return [`${name} is in no documented shape`];
		const undocumented = Object.keys(entry).filter((member) => !(member in shape));
		return [
			...undocumented.map((member) => `${name}.${member} is not documented in this shape`),
			...compareObject(entry, shape, name, mapKey, required),
		];
	});
}

/** A map that the example shows with a placeholder in the place of the id: `ID_DO_OPERADOR`. The entries of `chat` are told in the table, too (`compareMap`). */
function isKeyedById(example: JsonObject): boolean {
	const entries = Object.entries(example);
	return entries.length > 0 && entries.every(([key, value]) => /^ID_[A-Z_]+$/.test(key) && !isObject(value));
}

function compareEntry(value: Json, example: JsonObject, at: string): readonly string[] {
	const [documented = null] = Object.values(example);
	return compare(value, documented, at, '', {});
}

/** Stands for an optional member that the example leaves out. */
function exampleOf(field: ContractField | undefined): Json {
	return field?.type.startsWith('array') ? [] : null;
}

function isObject(value: Json): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeOf(value: Json | undefined): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	return typeof value;
}

function isOfType(value: Json, type: string): boolean {
	if (type === 'integer' || type === 'timestamp') return Number.isInteger(value);
	if (type === 'array<string>') return Array.isArray(value) && value.every((item: Json) => typeof item === 'string');
	if (type.startsWith('array')) return Array.isArray(value);
	return typeOf(value) === type;
}
