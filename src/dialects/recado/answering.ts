/** What routes say of their answers: the documented form of each status, errors among them, and repeatable answers of what creates. */
import { type TSchema, Type } from 'typebox';
import type { Answer, Idempotency } from '../../messaging/services.ts';
import type { IdempotentRequest } from '../../ports/dialect.ts';

/** The `response` part of a route's schema: what it answers, and problems for the rest. */
export function replies(documented: Readonly<Record<number, TSchema>>): Readonly<Record<string, unknown>> {
	return { ...documented, '4xx': PROBLEM, '5xx': PROBLEM };
}

const PROBLEM = {
	description: 'An error, as RFC 9457 has them; `code` is one of `GET /recado/v1/errors`',
	content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } },
};

/** An answer without a body. */
export const Nothing: TSchema = Type.Null({ description: 'Done; there is no body' });

/** A schema of `views/`, by its name. */
export function ref(name: string, description: string = name): TSchema {
	return Type.Unsafe({ $ref: `${name}#`, description });
}

export function listOf(name: string): TSchema {
	return Type.Object({ items: Type.Array(ref(name)) }, { description: `A list: ${name}` });
}

export function pageOf(name: string): TSchema {
	return Type.Object(
		{
			items: Type.Array(ref(name)),
			next: Type.Optional(Type.String({ description: 'Hand it in as `cursor` for what follows; missing at the end' })),
		},
		{ description: `A page: ${name}` },
	);
}

/** Creates something; where the request carries an `Idempotency-Key`, its answer is committed with what was created. */
export async function createOnce<T>(
	request: { readonly idempotent: IdempotentRequest | undefined },
	answer: (result: T) => Answer,
	create: (idempotency: Idempotency<T> | undefined) => Promise<T>,
): Promise<Answer> {
	return answer(await create(request.idempotent && { request: request.idempotent, answer }));
}
