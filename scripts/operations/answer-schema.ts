/** The JSON Schema of what the documents print of an answer: an example and a table written by hand. It says what the tests ask of the answer (`test/contracts/shapes.ts`). */
import { isJsonObject } from '../../test/contracts/operations.ts';
import { isMap, typesOf } from '../../test/contracts/shapes.ts';
import type { Json, JsonObject } from '../../test/support/contract.ts';

type Schema = Readonly<Record<string, unknown>>;

interface Context {
	readonly fields: Readonly<Record<string, string>>;
	/** Keys that may be missing or null. */
	readonly optional: ReadonlySet<string>;
}

export interface Printed extends Context {
	readonly bodies: readonly Json[];
}

/** One form for each body that is printed, unless they are the same. */
export function answerSchema(printed: readonly Printed[]): Schema {
	const forms = printed.flatMap((one) => one.bodies.map((body) => schemaOf([body], '', one)));
	const different = [...new Map(forms.map((form) => [JSON.stringify(form), form])).values()];
	const [only, ...others] = different;
	return only !== undefined && others.length === 0 ? only : { anyOf: different };
}

/** Several examples of one place are elements of a list or entries of a map. */
function schemaOf(examples: readonly Json[], at: string, context: Context): Schema {
	const types = new Set(examples.flatMap((example) => typesOf(example, at, context.fields)));
	if (types.has('any') || types.size === 0) return {};
	return {
		type: types.size === 1 ? [...types][0] : [...types],
		...(types.has('object') && objectSchema(examples.filter(isJsonObject), at, context)),
		...(types.has('array') && itemsSchema(examples, at, context)),
	};
}

function objectSchema(examples: readonly JsonObject[], at: string, context: Context): Schema {
	if (examples.length === 0) return {};
	if (isMap(examples, at, context.fields)) {
		const entries = examples.flatMap((example) => Object.values(example));
		return { additionalProperties: schemaOf(entries, at, context) };
	}
	const keys = [...new Set(examples.flatMap((example) => Object.keys(example)))];
	const required = keys.filter((key) => !context.optional.has(key) && examples.every((example) => key in example));
	const properties = keys.map((key) => {
		const values = examples.flatMap((example) => (key in example ? [example[key] ?? null] : []));
		const schema = schemaOf(values, at === '' ? key : `${at}.${key}`, context);
		return [key, context.optional.has(key) ? { anyOf: [schema, { type: 'null' }] } : schema] as const;
	});
	return { ...(keys.length > 0 && { properties: Object.fromEntries(properties) }), ...(required.length > 0 && { required }) };
}

function itemsSchema(examples: readonly Json[], at: string, context: Context): Schema {
	const elements = examples.flatMap((example): readonly Json[] => (Array.isArray(example) ? example : []));
	return elements.length === 0 ? {} : { items: schemaOf(elements, `${at}[]`, context) };
}
