/** How one kind of content is written in a request: its schema, and what it becomes. */
import { type Static, type TOptional, type TSchema, type TString, Type } from 'typebox';
import { Clean } from 'typebox/value';
import type { ContentBody } from '../../../domain/content.ts';

export interface Form<T = ContentBody> {
	readonly schema: TSchema;
	/** Throws invalid_request. What is not in the schema means nothing. */
	readonly read: (given: unknown) => T;
}

export function form<S extends TSchema, T>(schema: S, read: (given: Static<S>) => T): Form<T> {
	return { schema, read: (given) => read(documented(schema, given) as Static<S>) };
}

/** The server has validated it; what is left to do is to drop what is not documented. A text alone, as most contents are, has nothing of that. */
function documented(schema: TSchema, given: unknown): unknown {
	return typeof given === 'object' ? Clean(schema, structuredClone(given)) : given;
}

export const someText: TString = Type.String({ minLength: 1 });
export const maybeText: TOptional<TString> = Type.Optional(Type.String());
