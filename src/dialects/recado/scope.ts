/** The scope that our routes are added to: Fastify's, with the types of requests read from the TypeBox schemas of their routes. */
import type {
	FastifyBaseLogger,
	FastifyInstance,
	FastifyTypeProvider,
	RawReplyDefaultExpression,
	RawRequestDefaultExpression,
	RawServerDefault,
} from 'fastify';
import type { Static, TSchema } from 'typebox';

interface TypeBoxProvider extends FastifyTypeProvider {
	readonly validator: this['schema'] extends TSchema ? Static<this['schema']> : unknown;
	/** Answers are described by their schemas, not derived from them; the tests compare both. */
	readonly serializer: unknown;
}

export type Scope = FastifyInstance<
	RawServerDefault,
	RawRequestDefaultExpression,
	RawReplyDefaultExpression,
	FastifyBaseLogger,
	TypeBoxProvider
>;

/** Where everything of ours is. */
export const ROOT = '/recado/v1';
