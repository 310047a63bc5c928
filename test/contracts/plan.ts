/**
 * The request of an operation, made from its example: what names a phone or an address is put in the place of what the documents print, and an
 * arrangement says the rest. And the requests that are wrong in one thing each, for what the documents call required or typed.
 */
import type { Json, JsonObject } from '../support/contract.ts';
import type { MediaFile } from '../support/media-files.ts';
import { isJsonObject, type Operation, type Parameter, type Parameters } from './operations.ts';

/** A request before it is addressed: the same plan is sent with right, wrong and missing credentials. */
export interface Plan {
	/** What fills the `{name}`s of the path. */
	readonly path: Readonly<Record<string, string>>;
	readonly query: Readonly<Record<string, string>>;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: Json;
	/** In place of a JSON body. */
	readonly raw?: Buffer;
}

/** What an arrangement knows better than the example. Members of `body` replace those of the example, at any depth; null takes one out, lists are replaced whole. */
export interface PlanWish extends Partial<Omit<Plan, 'body'>> {
	readonly body?: Json;
}

export interface Places {
	/** A number that is on WhatsApp. */
	readonly phone: string;
	readonly otherPhone: string;
	/** An https URL of a medium. */
	mediumUrl(file: MediaFile): string;
	readonly webhookUrl: string;
}

export function planOf(operation: Operation, wish: PlanWish, places: Places): Plan {
	const path = Object.fromEntries(Object.keys(operation.pathParams).flatMap((name) => pathValue(name, places)));
	const query = Object.fromEntries(Object.entries(operation.query.required).flatMap((one) => queryValue(...one, places)));
	const example = operation.body.example === null ? undefined : placed(operation.body.example, '', places);
	const body = merged(example, wish.body);
	return {
		path: { ...path, ...wish.path },
		query: { ...query, ...wish.query },
		headers: { ...wish.headers },
		...(body === undefined ? {} : { body }),
		...(wish.raw === undefined ? {} : { raw: wish.raw }),
	};
}

export interface WrongPlan {
	/** `phone is missing`: what is wrong with it. */
	readonly what: string;
	/** One of these names has to be in the error. */
	readonly names: readonly string[];
	readonly plan: Plan;
}

/**
 * Without one of the required members each. `lenient`: members that may be missing here. `others`: operations at the same address; what is a right
 * request of one of them is not wrong.
 */
export function plansWithout(
	operation: Operation,
	plan: Plan,
	{ lenient, others }: { readonly lenient: ReadonlySet<string>; readonly others: readonly Operation[] },
): readonly WrongPlan[] {
	const { body = null } = plan;
	const ofBody = Object.keys(operation.body.required).flatMap((path) => {
		if (lenient.has(path) || read(body, path) === undefined) return [];
		const without = changed(body, steps(path), undefined);
		if (others.some((other) => absent(other, without).length === 0)) return [];
		// Of operations at one address that differ in a member, either may be the one that was meant.
		const names = [path, ...others.flatMap((other) => absent(other, without))].map(lastName);
		return [{ what: `${path} is missing`, names, plan: { ...plan, body: without } }];
	});
	const ofQuery = Object.keys(operation.query.required).flatMap((name) => {
		const { [name]: value, ...query } = plan.query;
		return value === undefined || lenient.has(name) ? [] : [{ what: `?${name} is missing`, names: [name], plan: { ...plan, query } }];
	});
	return [...ofBody, ...ofQuery];
}

/** With one member each that is of another type, or none of the words that it may be. */
export function plansOfWrongType(operation: Operation, plan: Plan, lenient: ReadonlySet<string>): readonly WrongPlan[] {
	const { body } = plan;
	const inBody = Object.entries({ ...operation.body.required, ...operation.body.optional }).flatMap(([path, parameter]) => {
		if (body === undefined || path.includes('{n}') || lenient.has(path) || parentOf(body, path) === undefined) return [];
		return wrongValues(parameter).map((wrong) => ({
			what: `${path} is ${JSON.stringify(wrong)}`,
			names: [lastName(path)],
			plan: { ...plan, body: changed(body, steps(path), wrong) },
		}));
	});
	const queried: Parameters = { ...operation.query.required, ...operation.query.optional };
	const inQuery = Object.entries(queried).flatMap(([name, parameter]) => {
		if (lenient.has(name) || (parameter.type === 'string' && !parameter.enum)) return [];
		return [{ what: `?${name} is nonsense`, names: [name], plan: { ...plan, query: { ...plan.query, [name]: 'nonsense' } } }];
	});
	return [...inBody, ...inQuery];
}

function absent(operation: Operation, body: Json): readonly string[] {
	return Object.keys(operation.body.required).filter((path) => read(body, path) === undefined);
}

/** A member of a body by its dotted path; `[]` is the first element. */
function read(body: Json, path: string): Json | undefined {
	return steps(path).reduce<Json | undefined>((at, step) => (at === undefined ? undefined : memberAt(at, step)), body);
}

function pathValue(name: string, { phone }: Places): readonly (readonly [string, string])[] {
	if (name === 'extension') return [[name, 'pdf']];
	return name === 'phone' || name === 'number' ? [[name, phone]] : [];
}

function queryValue(name: string, { type, enum: words }: Parameter, { phone }: Places): readonly (readonly [string, string])[] {
	if (name === 'phone') return [[name, phone]];
	if (words?.[0] !== undefined) return [[name, words[0]]];
	if (name === 'page') return [[name, '1']];
	return type === 'integer' || type === 'number' ? [[name, '10']] : [];
}

/** Files by the key that names them in the examples. */
const FILE_BY_KEY: Readonly<Record<string, MediaFile>> = {
	image: 'png',
	groupPhoto: 'png',
	communityPhoto: 'png',
	images: 'png',
	sticker: 'webp',
	audio: 'mp3',
	video: 'mp4',
	gif: 'mp4',
	ptv: 'mp4',
	document: 'pdf',
};

function placed(example: Json, key: string, places: Places): Json {
	if (Array.isArray(example)) {
		if (key === 'phones') return [places.phone, places.otherPhone];
		return example.map((item: Json) => placed(item, key, places));
	}
	if (isJsonObject(example)) return Object.fromEntries(Object.entries(example).map(([name, value]) => [name, placed(value, name, places)]));
	if (typeof example !== 'string') return example;
	if (key === 'phone') return example.startsWith('+') ? `+${places.phone}` : places.phone;
	const file = FILE_BY_KEY[key];
	if (file !== undefined) return places.mediumUrl(file);
	return /^https:\/\/(seuwebhook|endereco-do-seu-sistema|meuwebhook)\./.test(example) ? places.webhookUrl : example;
}

function merged(example: Json | undefined, wish: Json | undefined): Json | undefined {
	if (wish === undefined) return example;
	if (!isJsonObject(example) || !isJsonObject(wish)) return wish;
	const members = Object.entries({ ...example, ...wish }).flatMap(([key, value]) => {
		const isWished = key in wish;
		return isWished && value === null ? [] : [[key, isWished ? (merged(example[key], value) ?? null) : value] as const];
	});
	return Object.fromEntries(members);
}

/** Nothing of what the documents call a string is an object, and the other way round; so a dialect may still take a number for a string. */
function wrongValues({ type, enum: words }: Parameter): readonly Json[] {
	const other: readonly Json[] = words === undefined ? [] : ['nonsense'];
	if (type === 'string') return [{}, ...other];
	return type === 'binary' ? [] : ['nonsense'];
}

function steps(path: string): readonly string[] {
	return path.replaceAll('[]', '.0').replace(/^\./, '').split('.');
}

function lastName(path: string): string {
	return path.replace(/^.*\./, '').replace('[]', '');
}

function memberAt(at: Json, step: string): Json | undefined {
	if (Array.isArray(at)) return at[Number(step)];
	return isJsonObject(at) ? at[step] : undefined;
}

/** Undefined where what would hold it is not there. */
function parentOf(body: Json, path: string): Json | undefined {
	const above = steps(path).slice(0, -1);
	const parent = above.reduce<Json | undefined>((at, step) => (at === undefined ? undefined : memberAt(at, step)), body);
	return parent !== undefined && typeof parent === 'object' && parent !== null ? parent : undefined;
}

/** With a member replaced, or taken out where there is no value. */
function changed(at: Json, [step, ...rest]: readonly string[], value: Json | undefined): Json {
	if (step === undefined) return value ?? null;
	if (Array.isArray(at)) {
		const list: readonly Json[] = at;
		if (rest.length === 0 && value === undefined) return list.filter((_, index) => index !== Number(step));
		return list.map((item, index) => (index === Number(step) ? changed(item, rest, value) : item));
	}
	if (!isJsonObject(at)) return at;
	const { [step]: member, ...others } = at;
	if (rest.length === 0) return value === undefined ? others : { ...at, [step]: value };
	return { ...at, [step]: changed(member ?? null, rest, value) } satisfies JsonObject;
}
