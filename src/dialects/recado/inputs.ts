/** Parts of requests that many routes share, and how they are read. */
import { type TInteger, type TObject, type TOptional, type TString, Type } from 'typebox';
import { parsePhone } from '../../domain/phone.ts';
import { type ErrorCode, type Fault, RecadoError } from '../../errors.ts';
import type { PageRequest } from '../../ports/pages.ts';

const PAGE_DEFAULT = 50;
const PAGE_MAX = 200;

type PageProperties = {
	readonly limit: TInteger;
	readonly cursor: TOptional<TString>;
};

/** Spread into the query of a list that comes in pages. */
export const pageProperties: PageProperties = {
	limit: Type.Integer({ minimum: 1, maximum: PAGE_MAX, default: PAGE_DEFAULT, description: 'How many at most' }),
	cursor: Type.Optional(Type.String({ description: '`next` of the page before' })),
};

export function pageOfQuery(query: { readonly limit: number; readonly cursor?: string }): PageRequest {
	return { limit: query.limit, ...(query.cursor === undefined ? {} : { cursor: query.cursor }) };
}

/** Spread into the query of what can be narrowed to a span of time. */
export const spanProperties: { readonly since: TOptional<TString>; readonly until: TOptional<TString> } = {
	since: Type.Optional(Type.String({ format: 'date-time', description: 'From this time on' })),
	until: Type.Optional(Type.String({ format: 'date-time', description: 'Before this time' })),
};

export function spanOfQuery(query: { readonly since?: string; readonly until?: string }): {
	readonly since?: number;
	readonly until?: number;
} {
	return {
		...(query.since === undefined ? {} : { since: Date.parse(query.since) }),
		...(query.until === undefined ? {} : { until: Date.parse(query.until) }),
	};
}

/** An address with one id. */
export const IdParams: TObject<{ id: TString }> = Type.Object({ id: Type.String() });

/** Of a text that people tell something by: blanks alone say nothing. */
export const notBlank: { readonly pattern: string } = { pattern: '\\S' };

export const NAME_LENGTH_MAX = 200;

/** A person's name for something. */
export function nameText(description: string): TString {
	return Type.String({ ...notBlank, maxLength: NAME_LENGTH_MAX, description });
}

/** Throws invalid_phone. */
export function readPhone(written: string): string {
	const digits = parsePhone(written);
	if (digits === undefined) throw new RecadoError('invalid_phone');
	return digits;
}

export function faulty(...faults: readonly Fault[]): RecadoError {
	return new RecadoError('invalid_request', { faults });
}

const OF_AN_ADDRESS: ReadonlySet<ErrorCode> = new Set(['webhook_not_https', 'webhook_address_refused', 'webhook_has_credentials']);

/** Where the address of a receiver is refused, the error says of which field: a form shows it there. */
export async function withAddressAt<T>(path: string, doing: Promise<T>): Promise<T> {
	try {
		return await doing;
	} catch (error) {
		if (!(error instanceof RecadoError) || !OF_AN_ADDRESS.has(error.code)) throw error;
		const { code, details } = error;
		throw new RecadoError(code, { details, faults: [{ path, en: error.tell('en'), pt: error.tell('pt') }], cause: error });
	}
}

/** Queries with keys that are not documented are refused: a misspelt filter would show everything. */
export const strict: { readonly additionalProperties: false } = { additionalProperties: false };

/** What a caller gave of these keys and nothing else: bodies may have any further keys, which mean nothing. */
export function only<T extends object, K extends keyof T>(given: T, keys: readonly K[]): Pick<T, K> {
	const picked = Object.fromEntries(keys.filter((key) => given[key] !== undefined).map((key) => [key, given[key]]));
	return picked as Pick<T, K>;
}

/** An address with the id of an account and that of something of its staff. */
export const MemberParams: TObject<{ id: TString; memberId: TString }> = Type.Object({ id: Type.String(), memberId: Type.String() });
