/** Errors in the form of RFC 9457. */
import { type TSchema, Type } from 'typebox';
import type { RecadoError } from '../../../errors.ts';
import type { ErrorReply, FailedRequest } from '../../../ports/dialect.ts';
import { ROOT } from '../scope.ts';
import { named, Text } from './view.ts';

export const ProblemSchema: TSchema = named(
	'Problem',
	Type.Object({
		type: Type.String({ format: 'uri-reference', description: 'Where this kind of error is explained' }),
		title: Text,
		status: Type.Integer(),
		detail: Type.String({ description: 'What happened, for a person' }),
		code: Type.String({ description: 'What happened, for a program; one of `GET /recado/v1/errors`' }),
		instance: Type.String({ format: 'uri', description: 'The request id, as in the header `X-Request-Id`' }),
		retryable: Type.Boolean({ description: 'The same request may succeed later' }),
		faults: Type.Optional(
			Type.Array(
				Type.Object({
					path: Type.String({ description: '`contact.phone`, `operators[0]`; empty for the body itself' }),
					message: Text,
				}),
				{ description: 'Everything that is wrong in the request' },
			),
		),
		accounts: Type.Optional(
			Type.Array(Type.Object({ id: Text, name: Text }), {
				description: 'Of `sign_in_ambiguous`: those in which e-mail and password are right; `accountId` says which',
			}),
		),
	}),
);

export const ErrorKindSchema: TSchema = named(
	'ErrorKind',
	Type.Object(
		{
			code: Text,
			type: Text,
			title: Text,
			status: Type.Integer(),
			retryable: Type.Boolean(),
			detail: Type.String({ description: '`{name}` is filled in when it happens' }),
			detailPt: Type.String({ description: 'The same in Portuguese, as the dialects tell it' }),
		},
		{ additionalProperties: false },
	),
);

/** The error form of our dialect, and of every path that belongs to none. */
export function tellProblem(error: RecadoError, { id, language }: Pick<FailedRequest, 'id' | 'language'>): ErrorReply {
	const faults = error.faults.map((fault) => ({ path: fault.path, message: fault[language] }));
	return {
		contentType: 'application/problem+json',
		body: {
			type: problemType(error.code),
			title: problemTitle(error.code),
			status: error.status,
			detail: error.tell(language),
			code: error.code,
			instance: `urn:uuid:${id}`,
			retryable: error.isRetryable,
			...(faults.length === 0 ? {} : { faults }),
			...(error.accounts.length === 0 ? {} : { accounts: error.accounts }),
		},
	};
}

export function problemType(code: string): string {
	return `${ROOT}/errors/${code}`;
}

/** `idempotency_mismatch` becomes `Idempotency mismatch`: a title never changes from one occurrence to the next. */
export function problemTitle(code: string): string {
	const words = code.replaceAll('_', ' ');
	return words.charAt(0).toUpperCase() + words.slice(1);
}
