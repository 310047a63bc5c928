/** What the tests of the server share: a clock that they own, and a server with one small dialect and parts that they can break. */
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { RecadoError } from '../../src/errors.ts';
import type { ConsoleFiles } from '../../src/http/console-files.ts';
import { buildServer, SERVER_LIMITS, type Server, type ServerLimits } from '../../src/http/server.ts';
import { Metrics } from '../../src/observe/metrics.ts';
import { type Observer, silentObserver } from '../../src/observe/observer.ts';
import { Traces } from '../../src/observe/traces.ts';
import type { Blobs } from '../../src/ports/blobs.ts';
import type { Clock, Timer } from '../../src/ports/clock.ts';
import type { Dialect } from '../../src/ports/dialect.ts';
import type { IdempotencyRecord } from '../../src/ports/idempotency.ts';
import type { StoredMedium } from '../../src/ports/media.ts';
import type { Sealer } from '../../src/ports/secrets.ts';
import { openAccess } from '../support/open-access.ts';

/** Stands still; `fireAll` lets every timer go off. */
export class StillClock implements Clock {
	time: number = Date.parse('2026-01-31T12:00:00Z');
	readonly #timers = new Set<() => void>();

	now(): number {
		return this.time;
	}

	wall(): number {
		return this.time;
	}

	schedule(_delayMs: number, fire: () => void): Timer {
		this.#timers.add(fire);
		return { cancel: () => this.#timers.delete(fire) };
	}

	fireAll(): void {
		for (const fire of this.#timers) fire();
		this.#timers.clear();
	}
}

export interface World {
	readonly clock: StillClock;
	readonly records: Map<string, IdempotencyRecord>;
	readonly media: Map<string, StoredMedium>;
	readonly blobs: { readonly bytes: Map<string, Buffer> } & Pick<Blobs, 'open'>;
	readonly failures: { readonly route: string; readonly error: unknown }[];
	readonly answered: {
		readonly dialect: string;
		readonly route: string;
		readonly status: number;
		readonly errorCode?: string | undefined;
		readonly traceId?: string | undefined;
	}[];
	isStoreDown: boolean;
	oldestDueAgeMs: number;
	/** How often `POST /small/things` was really done. */
	made: number;
	/** Runs inside `POST /small/things`, after the key was looked up. */
	onMake: () => void | Promise<void>;
	readonly metrics: Metrics;
	readonly server: Server;
	[Symbol.asyncDispose](): Promise<void>;
}

function blobsInMemory(): World['blobs'] {
	const bytes = new Map<string, Buffer>();
	return {
		bytes,
		open: async (sha256, range) => {
			const all = bytes.get(sha256);
			return all && Readable.from([range ? all.subarray(range.first, range.last + 1) : all]);
		},
	};
}

/** Sealing that can be read in a test. */
export const plainSealer: Sealer = {
	seal: (plain: string): string => `sealed:${plain}`,
	unseal: (sealed: string): string => sealed.slice('sealed:'.length),
	isStale: (): boolean => false,
};

export function tellPlainly(error: RecadoError): { readonly contentType: string; readonly body: unknown } {
	return { contentType: 'application/problem+json', body: { code: error.code, detail: error.tell('en'), faults: error.faults } };
}

export async function startWorld(
	change: {
		readonly limits?: Partial<ServerLimits>;
		readonly publicUrl?: string;
		readonly traces?: Traces;
		readonly console?: ConsoleFiles | undefined;
	} = {},
): Promise<World> {
	const metrics = new Metrics();
	const parts = {
		clock: new StillClock(),
		records: new Map<string, IdempotencyRecord>(),
		media: new Map<string, StoredMedium>(),
		blobs: blobsInMemory(),
		failures: [] as World['failures'],
		answered: [] as World['answered'],
		isStoreDown: false,
		oldestDueAgeMs: 0,
		made: 0,
		onMake: (): void | Promise<void> => {},
		metrics,
	};
	const observer: Observer = {
		...silentObserver,
		requestFailed: (request, error) => parts.failures.push({ route: request.route, error }),
		requestAnswered: (request) => parts.answered.push(request),
	};
	const server = await buildServer({
		access: openAccess(),
		dialects: [smallDialect(parts)],
		tellError: tellPlainly,
		observer,
		metrics,
		traces: change.traces ?? new Traces(),
		clock: parts.clock,
		sealer: plainSealer,
		idempotency: { find: (scope, key) => Promise.resolve(parts.records.get(`${scope} ${key}`)) },
		media: { medium: (id) => Promise.resolve(parts.media.get(id)) },
		blobs: parts.blobs,
		probe: () => (parts.isStoreDown ? Promise.reject(new RecadoError('store_unavailable')) : Promise.resolve()),
		keepsUp: () => Promise.resolve({ oldestDueAgeMs: parts.oldestDueAgeMs }),
		limits: { ...SERVER_LIMITS, ...change.limits },
		publicUrl: change.publicUrl ?? 'http://127.0.0.1:3000',
		console: change.console,
		version: '0.0.1',
	});
	return Object.assign(parts, {
		server,
		async [Symbol.asyncDispose]() {
			await server.close();
			metrics[Symbol.dispose]();
		},
	});
}

const Thing = Type.Object({
	name: Type.String({ minLength: 1, maxLength: 10 }),
	size: Type.Optional(Type.Integer({ minimum: 1 })),
	color: Type.Optional(Type.Union([Type.Literal('red'), Type.Literal('blue')])),
	image: Type.Optional(Type.Union([Type.String(), Type.Object({ url: Type.String() })])),
	tags: Type.Optional(Type.Array(Type.Object({ id: Type.String() }), { maxItems: 5000 })),
});

/** Portuguese, with credentials `Bearer me` or `Bearer you`. */
function smallDialect(parts: Pick<World, 'records' | 'made' | 'onMake'>): Dialect {
	return {
		name: 'small',
		prefixes: ['/small'],
		tellError: (error) => ({ contentType: 'application/json', body: { erro: error.tell('pt'), code: error.code } }),
		register(scope: FastifyInstance) {
			scope.addHook('onRequest', async (request) => {
				const who = /^Bearer (me|you)$/.exec(request.headers.authorization ?? '')?.[1];
				if (who === undefined) throw new RecadoError('unauthorized');
				request.owner = who;
			});
			scope.post('/small/things', { schema: { body: Thing } }, async (request, reply) => {
				await parts.onMake();
				parts.made += 1;
				const body = { id: parts.made, got: request.body };
				if (request.idempotent) {
					const { scope: of, key, fingerprint } = request.idempotent;
					const sealedBody = plainSealer.seal(JSON.stringify(body));
					parts.records.set(`${of} ${key}`, { scope: of, key, fingerprint, status: 201, sealedBody, createdAt: 0 });
				}
				return reply.code(201).send(body);
			});
			const address = {
				querystring: Type.Object({ limit: Type.Integer({ default: 5, maximum: 50 }) }),
				params: Type.Object({ id: Type.String() }),
			};
			scope.get('/small/things/:id', { schema: address }, (request) => ({ params: request.params, query: request.query }));
			scope.put('/small/things/:id/start', () => ({ started: true }));
			scope.get('/small/broken', () => {
				throw new Error('secret detail');
			});
		},
	};
}
