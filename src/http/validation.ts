/**
 * Validation by the routes' schemas. Bodies are taken as they are: nothing is coerced, filled in or removed, unknown keys are ignored.
 * What comes in addresses (query, path) is text, so it is coerced to the documented types and defaults are filled in.
 */
import { Ajv, type Options } from 'ajv';
import addFormats from 'ajv-formats';
import type { FastifySchemaCompiler } from 'fastify';
import { RecadoError } from '../errors.ts';
import { faultsOf } from './faults.ts';

/**
 * Ajv makes an error object of every fault, so a body of a million wrong items would cost a gigabyte. Bodies with more nodes than this are told
 * their first fault only.
 */
const NODES_FULLY_TOLD_MAX = 2000;

type Validator = (data: unknown) => { readonly value: unknown } | { readonly error: RecadoError };

export function createValidatorCompiler(): FastifySchemaCompiler<unknown> {
	const body = engines({});
	const address = engines({ coerceTypes: true, useDefaults: true });
	return ({ schema, httpPart }) => (httpPart === 'body' ? body(schema) : address(schema));
}

/** The first engine decides; the second, compiled when the first fault is met, names them all. */
function engines(options: Options): (schema: unknown) => Validator {
	const base: Options = { strict: false, validateFormats: true, code: { optimize: false }, ...options };
	const deciding = withFormats(new Ajv(base));
	const telling = withFormats(new Ajv({ ...base, allErrors: true }));
	return (schema) => {
		const isValid = deciding.compile(Object(schema));
		return (data) => {
			if (isValid(data)) return { value: data };
			if (!hasMoreNodesThan(data, NODES_FULLY_TOLD_MAX)) {
				// Ajv keeps what it compiled, by the schema object.
				const tells = telling.compile(Object(schema));
				tells(data);
				return refusal(tells.errors ?? []);
			}
			return refusal(isValid.errors ?? []);
		};
	};
}

function withFormats(ajv: Ajv): Ajv {
	return addFormats.default(ajv);
}

function refusal(errors: Parameters<typeof faultsOf>[0]): { readonly error: RecadoError } {
	return { error: new RecadoError('invalid_request', { faults: faultsOf(errors) }) };
}

function hasMoreNodesThan(data: unknown, max: number): boolean {
	const open: unknown[] = [data];
	let seen = 0;
	while (open.length > 0) {
		const value = open.pop();
		seen += 1;
		if (seen + open.length > max) return true;
		if (typeof value !== 'object' || value === null) continue;
		const children = Object.values(value);
		if (children.length > max) return true;
		open.push(...children);
	}
	return false;
}
