/**
 * From what Ajv found to what people are told: one fault per field, in both languages of the dialects. Of a value that may have several
 * shapes, the faults of the shape it comes closest to are told, not those of each.
 */
import type { ErrorObject } from 'ajv';
import type { Fault } from '../errors.ts';

/** Nobody reads more of them. */
const FAULTS_MAX = 20;

interface Phrase {
	readonly en: string;
	readonly pt: string;
}

/** The faults of one request, in the order in which they were found, each once. */
export function faultsOf(errors: readonly ErrorObject[]): readonly Fault[] {
	const faults: Fault[] = [];
	for (const error of withoutBranches(errors)) {
		// Says that `then` or `else` did not fit; what of it did not has errors of its own.
		if (error.keyword === 'if') continue;
		const path = pathOf(error);
		const phrase = phraseOf(error);
		if (faults.some((known) => known.path === path && known.en === phrase.en)) continue;
		faults.push({ path, ...phrase });
		if (faults.length === FAULTS_MAX) break;
	}
	return faults;
}

/** What Ajv says of `anyOf` and `oneOf` comes as an error of each branch and one of the whole: in its place, what helps. */
function withoutBranches(errors: readonly ErrorObject[]): readonly ErrorObject[] {
	let kept = errors;
	for (const union of errors) {
		if (union.keyword !== 'anyOf' && union.keyword !== 'oneOf') continue;
		const isBranch = (error: ErrorObject): boolean => error.schemaPath.startsWith(`${union.schemaPath}/`);
		const branches = kept.filter(isBranch);
		const deeper = branches.filter((error) => error.instancePath !== union.instancePath || error.keyword === 'required');
		const told = deeper.length > 0 ? deeper : [merged(union, branches)];
		kept = kept.flatMap((error) => (error === union ? told : isBranch(error) ? [] : [error]));
	}
	return kept;
}

/** The branches at the place of the union itself, as one error: a choice of values or of types. */
function merged(union: ErrorObject, branches: readonly ErrorObject[]): ErrorObject {
	const values = branches.flatMap((error) => allowedValues(error));
	if (values.length > 0) return { ...union, keyword: 'enum', params: { allowedValues: values } };
	const types = branches.flatMap((error) => (error.keyword === 'type' ? typesOf(error) : []));
	if (types.length > 0 && types.length === branches.length) return { ...union, keyword: 'type', params: { type: [...new Set(types)] } };
	// The type is right in one branch, and something else is wrong there.
	return branches.find((error) => error.keyword !== 'type') ?? union;
}

function allowedValues(error: ErrorObject): readonly unknown[] {
	if (error.keyword === 'const') return [error.params['allowedValue']];
	if (error.keyword === 'enum') return error.params['allowedValues'];
	return [];
}

function typesOf(error: ErrorObject): readonly string[] {
	const type: unknown = error.params['type'];
	return Array.isArray(type) ? type : [String(type)];
}

/** `/operators/0/id` becomes `operators[0].id`. */
function pathOf(error: ErrorObject): string {
	const segments = error.instancePath.split('/').slice(1).map(unescapePointer);
	if (error.keyword === 'required') segments.push(String(error.params['missingProperty']));
	if (error.keyword === 'additionalProperties') segments.push(String(error.params['additionalProperty']));
	return segments.reduce((path, segment) => {
		if (/^\d+$/.test(segment)) return `${path}[${segment}]`;
		return path === '' ? segment : `${path}.${segment}`;
	}, '');
}

/** RFC 6901, section 3. */
function unescapePointer(segment: string): string {
	return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}

function phraseOf(error: ErrorObject): Phrase {
	const params: Record<string, unknown> = error.params;
	const phrase = PHRASES[error.keyword];
	return phrase ? phrase(params['limit'] ?? params['multipleOf'], params) : { en: 'is not as documented', pt: 'não segue a documentação' };
}

const PHRASES: Readonly<Record<string, (limit: unknown, params: Record<string, unknown>) => Phrase>> = {
	required: () => ({ en: 'is required', pt: 'é obrigatório' }),
	additionalProperties: () => ({ en: 'is not known here', pt: 'não existe aqui' }),
	type: (_limit, params) => mustBe(Array.isArray(params['type']) ? params['type'] : [params['type']]),
	enum: (_limit, params) => oneOf(params['allowedValues']),
	const: (_limit, params) => oneOf([params['allowedValue']]),
	minLength: (limit) =>
		limit === 1
			? { en: 'must not be empty', pt: 'não pode ser vazio' }
			: { en: `must have at least ${limit} characters`, pt: `deve ter pelo menos ${limit} caracteres` },
	maxLength: (limit) => ({ en: `must have at most ${limit} characters`, pt: `deve ter no máximo ${limit} caracteres` }),
	minimum: (limit) => ({ en: `must be at least ${limit}`, pt: `deve ser no mínimo ${limit}` }),
	maximum: (limit) => ({ en: `must be at most ${limit}`, pt: `deve ser no máximo ${limit}` }),
	exclusiveMinimum: (limit) => ({ en: `must be more than ${limit}`, pt: `deve ser maior que ${limit}` }),
	exclusiveMaximum: (limit) => ({ en: `must be less than ${limit}`, pt: `deve ser menor que ${limit}` }),
	multipleOf: (limit) => ({ en: `must be a multiple of ${limit}`, pt: `deve ser múltiplo de ${limit}` }),
	minItems: (limit) => ({ en: `must have at least ${limit} items`, pt: `deve ter pelo menos ${limit} itens` }),
	maxItems: (limit) => ({ en: `must have at most ${limit} items`, pt: `deve ter no máximo ${limit} itens` }),
	minProperties: (limit) => ({ en: `must have at least ${limit} keys`, pt: `deve ter pelo menos ${limit} chaves` }),
	maxProperties: (limit) => ({ en: `must have at most ${limit} keys`, pt: `deve ter no máximo ${limit} chaves` }),
	uniqueItems: () => ({ en: 'must not repeat an item', pt: 'não pode repetir itens' }),
	pattern: (_limit, params) =>
		params['pattern'] === '\\S'
			? { en: 'must not be empty', pt: 'não pode ser vazio' }
			: { en: 'is not in the documented form', pt: 'não está no formato documentado' },
	format: (_limit, params) =>
		FORMATS[String(params['format'])] ?? { en: `must be a valid ${params['format']}`, pt: `deve ser um ${params['format']} válido` },
};

const FORMATS: Readonly<Record<string, Phrase>> = {
	'date-time': { en: 'must be a date and time like 2026-01-31T12:00:00Z', pt: 'deve ser data e hora como 2026-01-31T12:00:00Z' },
	email: { en: 'must be an e-mail address', pt: 'deve ser um endereço de e-mail' },
	uri: { en: 'must be an URL', pt: 'deve ser uma URL' },
};

const TYPES: Readonly<Record<string, Phrase>> = {
	string: { en: 'text', pt: 'texto' },
	number: { en: 'a number', pt: 'um número' },
	integer: { en: 'a whole number', pt: 'um número inteiro' },
	boolean: { en: 'true or false', pt: 'true ou false' },
	object: { en: 'an object', pt: 'um objeto' },
	array: { en: 'a list', pt: 'uma lista' },
	null: { en: 'null', pt: 'null' },
};

function mustBe(types: readonly unknown[]): Phrase {
	const named = types.map((type) => TYPES[String(type)] ?? { en: String(type), pt: String(type) });
	return {
		en: `must be ${named.map((type) => type.en).join(' or ')}`,
		pt: `deve ser ${named.map((type) => type.pt).join(' ou ')}`,
	};
}

function oneOf(values: unknown): Phrase {
	const listed = Array.isArray(values) ? values.map(String).join(', ') : String(values);
	return Array.isArray(values) && values.length === 1
		? { en: `must be ${listed}`, pt: `deve ser ${listed}` }
		: { en: `must be one of: ${listed}`, pt: `deve ser um destes: ${listed}` };
}
