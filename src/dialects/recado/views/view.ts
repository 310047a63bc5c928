/** How things are shown: plain JSON, times in ISO 8601. What is undefined has no key. */
import { type TOptional, type TSchema, type TString, type TUnsafe, Type } from 'typebox';
import type { AttemptErrorClass } from '../../../domain/attempt.ts';
import { CAUSES } from '../../../domain/attempt-cause.ts';

export type View = Readonly<Record<string, unknown>>;

/** An epoch time as text. */
export function iso(at: number): string {
	return new Date(at).toISOString();
}

export function isoIfKnown(at: number | undefined): string | undefined {
	return at === undefined ? undefined : iso(at);
}

export const Time: TString = Type.String({ format: 'date-time' });
export const MaybeTime: TOptional<TString> = Type.Optional(Time);
export const Text: TString = Type.String();
export const MaybeText: TOptional<TString> = Type.Optional(Text);

/** One of some texts. */
export function oneOf<T extends string>(values: readonly T[], description: string): TUnsafe<T> {
	return Type.Unsafe<T>({ type: 'string', enum: [...values], description });
}

/** A schema that the OpenAPI document lists under this name. */
export function named(name: string, schema: TSchema): TSchema {
	return Object.assign(schema, { $id: name });
}

const ERROR_CLASSES: Readonly<Record<AttemptErrorClass, true>> = {
	dns: true,
	connect: true,
	tls: true,
	timeout: true,
	reset: true,
	status: true,
	'too-large': true,
	'refused-by-guard': true,
	interrupted: true,
};

/** How attempts fail. */
export const ATTEMPT_ERROR_CLASSES: readonly string[] = Object.keys(ERROR_CLASSES);

/** What exactly went wrong. */
export const ATTEMPT_ERROR_CAUSES: readonly string[] = Object.keys(CAUSES);
