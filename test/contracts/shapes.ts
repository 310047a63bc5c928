/**
 * Holds an answer against what the documents print of it: every documented key, typed as documented, and no other. What they print is an example and
 * a table written by hand, so the example decides and the table adds: keys that the example leaves out may be there, null may be what the table says.
 */
import type { Json, JsonObject } from '../support/contract.ts';
import { type DocumentedAnswer, isJsonObject } from './operations.ts';

type Fields = NonNullable<DocumentedAnswer['fields']>;

export interface ShapeOptions {
	/** Keys that may be missing or null, by name. */
	readonly optional?: readonly string[];
	/** Keys that may be of any type, by name. */
	readonly mistyped?: readonly string[];
}

/** What is wrong with an answer, one line each; none where it has one of the documented shapes. A page that prints no body takes any. */
export function shapeFaults(actual: unknown, documented: DocumentedAnswer, options: ShapeOptions = {}): readonly string[] {
	const { body, alternatives = [], fields = {} } = documented;
	if (body === undefined || body === null) return [];
	const context = { fields, optional: new Set(options.optional ?? []), mistyped: new Set(options.mistyped ?? []) };
	const found = [body, ...alternatives].map((example) => faultsOf(actual as Json, [example], '', context));
	return found.reduce((least, faults) => (faults.length < least.length ? faults : least));
}

interface Context {
	readonly fields: Fields;
	readonly optional: ReadonlySet<string>;
	readonly mistyped: ReadonlySet<string>;
}

/** Several examples of one place are elements of a list or entries of a map: a key is required where all have it. */
function faultsOf(actual: Json, examples: readonly Json[], at: string, context: Context): readonly string[] {
	const types = new Set(examples.flatMap((example) => typesOf(example, at, context.fields)));
	if (!types.has('any') && !types.has(typeOf(actual))) {
		return [`${at || 'the answer'} is ${typeOf(actual)}, documented as ${[...types].join('|')}`];
	}
	if (Array.isArray(actual)) return listFaults(actual, examples, at, context);
	if (!isJsonObject(actual)) return [];
	const objects = examples.filter(isJsonObject);
	if (objects.length === 0) return [];
	return isMap(objects, at, context.fields) ? mapFaults(actual, objects, at, context) : objectFaults(actual, objects, at, context);
}

function listFaults(actual: readonly Json[], examples: readonly Json[], at: string, context: Context): readonly string[] {
	const elements = examples.flatMap((example): readonly Json[] => (Array.isArray(example) ? example : []));
	if (elements.length === 0) return [];
	return actual.flatMap((item, index) => faultsOf(item, elements, `${at}[${index}]`, context));
}

function mapFaults(actual: JsonObject, examples: readonly JsonObject[], at: string, context: Context): readonly string[] {
	const entries = examples.flatMap((example) => Object.values(example));
	return Object.entries(actual).flatMap(([key, entry]) => faultsOf(entry, entries, child(at, key), context));
}

function objectFaults(actual: JsonObject, examples: readonly JsonObject[], at: string, context: Context): readonly string[] {
	const documented = new Set(examples.flatMap((example) => Object.keys(example)));
	const isRequired = (key: string) => !context.optional.has(key) && examples.every((example) => key in example);
	const missing = [...documented].filter((key) => isRequired(key) && !(key in actual));
	const wrong = Object.entries(actual).flatMap(([key, value]) => {
		if ((value === null && context.optional.has(key)) || context.mistyped.has(key)) return [];
		const ofKey = examples.flatMap((example) => (key in example ? [example[key] ?? null] : []));
		if (documented.has(key)) return faultsOf(value, ofKey, child(at, key), context);
		const told = context.fields[key];
		if (told === undefined) return [`${child(at, key)} is not documented`];
		return value === null ? [] : tableFaults(value, told, child(at, key));
	});
	return [...missing.map((key) => `${child(at, key)} is missing`), ...wrong];
}

function tableFaults(value: Json, told: string, at: string): readonly string[] {
	const types = tableTypes(told);
	return types.includes('any') || types.includes(typeOf(value)) ? [] : [`${at} is ${typeOf(value)}, documented as ${types.join('|')}`];
}

/** What the documents take in the place of an example: `string`, …, `null`, or `any`. */
export function typesOf(example: Json, at: string, fields: Fields): readonly string[] {
	if (example !== null) return [typeOf(example)];
	const told = fields[at.replace(/^.*[.\]]/, '')];
	return ['null', ...(told === undefined ? ['any'] : tableTypes(told))];
}

/** The words of the tables; one that says nothing about the type takes any. */
function tableTypes(told: string): readonly string[] {
	const word = told.toLowerCase();
	if (word.startsWith('array')) return ['array'];
	if (/time|number|integer/.test(word)) return ['number'];
	if (/string|url|date/.test(word)) return ['string', ...(word.includes('null') ? ['null'] : [])];
	if (word.startsWith('boolean')) return ['boolean'];
	if (word.startsWith('object')) return ['object'];
	return ['any'];
}

/** Its keys are ids: of upper-case words in the example, or called `{}` in the table. */
export function isMap(examples: readonly JsonObject[], at: string, fields: Fields): boolean {
	if (fields[at.replace(/^.*[.\]]/, '')] === '{}') return true;
	const keys = examples.flatMap((example) => Object.keys(example));
	return keys.length > 0 && keys.every((key) => /^ID_[A-Z_0-9]+$/.test(key));
}

function child(parent: string, key: string): string {
	return parent === '' ? key : `${parent}.${key}`;
}

function typeOf(value: Json): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}
