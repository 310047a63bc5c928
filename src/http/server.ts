/**
 * The HTTP server: mounts the dialects, each in a scope of its own, and does for all of them what none should do twice: JSON bodies, validation
 * with every fault named, 404 and 405, `Idempotency-Key`, errors as replies, limits, request ids, the access log, and an orderly end.
 */
import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { RecadoError } from '../errors.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { Observer } from '../observe/observer.ts';
import type { Traces } from '../observe/traces.ts';
import type { Clock } from '../ports/clock.ts';
import type { Dialect } from '../ports/dialect.ts';
import { type AccessParts, guardAccess } from './access.ts';
import { answerClientError } from './client-error.ts';
import { type ConsoleFiles, registerConsole } from './console-files.ts';
import { pathOf, replyWithError, toRecadoError } from './error-reply.ts';
import { type HealthParts, registerHealth } from './health.ts';
import { answerAgain, answerIfKnown, hasKey, type IdempotencyParts } from './idempotency.ts';
import { takeJsonBodiesOnly } from './json-body.ts';
import { KnownPaths } from './known-paths.ts';
import { type MediaParts, registerMedia } from './media.ts';
import { securityHeaders } from './security-headers.ts';
import { traceRequests } from './tracing.ts';
import { createValidatorCompiler } from './validation.ts';

export interface ServerOptions extends IdempotencyParts, MediaParts, Pick<HealthParts, 'probe' | 'keepsUp'> {
	readonly dialects: readonly Dialect[];
	/** Tells the errors of paths that belong to no dialect. */
	readonly tellError: Dialect['tellError'];
	readonly observer: Observer;
	readonly metrics: Metrics;
	readonly traces: Traces;
	readonly clock: Clock;
	readonly access: AccessParts;
	readonly limits: ServerLimits;
	/** CIDRs whose `X-Forwarded-For` says who asks (`request.ip`); undefined: nobody's. */
	readonly trustedProxies?: readonly string[];
	readonly publicUrl: string;
	/** Undefined: it was not built, and there is none. */
	readonly console?: ConsoleFiles | undefined;
	readonly version: string;
}

export interface ServerLimits {
	/** Media come as Base64 in JSON, so it is large. Beyond it: 413. */
	readonly bodyBytesMax: number;
	/** For a whole request to arrive; then 408. */
	readonly requestTimeoutMs: number;
	readonly headersTimeoutMs: number;
	/** How long an idle connection is kept. */
	readonly keepAliveTimeoutMs: number;
	/** Not ready (`/ready`) when the oldest due delivery has waited for longer. */
	readonly readyOldestDueMsMax: number;
	/** At the end requests that are being answered have this long; then their connections are cut. */
	readonly closeDeadlineMs: number;
}

export const SERVER_LIMITS: ServerLimits = {
	bodyBytesMax: 20 * 1024 * 1024,
	requestTimeoutMs: 60_000,
	headersTimeoutMs: 15_000,
	keepAliveTimeoutMs: 72_000,
	readyOldestDueMsMax: 60_000,
	closeDeadlineMs: 10_000,
};

/** Tokens in paths have 43 characters, phone numbers 15; nothing documented comes near. Beyond it: 414. */
const PATH_PARAMETER_LENGTH_MAX = 256;
/** A client that met a shutdown may try the next process after this. */
const RETRY_AFTER_SHUTDOWN_SECONDS = 5;

export class Server implements AsyncDisposable {
	/** For tests: `inject` requests without a socket. */
	readonly app: FastifyInstance;
	readonly #options: ServerOptions;
	readonly #paths = new KnownPaths();
	#isStopping = false;
	#closed: Promise<void> | undefined;

	/** Use `buildServer`, which also mounts. */
	constructor(options: ServerOptions) {
		this.#options = options;
		const { limits } = options;
		this.app = Fastify({
			logger: false,
			bodyLimit: limits.bodyBytesMax,
			trustProxy: [...(options.trustedProxies ?? [])],
			requestTimeout: limits.requestTimeoutMs,
			keepAliveTimeout: limits.keepAliveTimeoutMs,
			forceCloseConnections: 'idle',
			// We answer those who come during a shutdown ourselves, in the form of their dialect.
			return503OnClosing: false,
			genReqId: () => randomUUID(),
			clientErrorHandler: answerClientError,
			frameworkErrors: (error, request, reply) => this.#tell(error, request, reply),
			routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: PATH_PARAMETER_LENGTH_MAX },
		});
		this.app.server.headersTimeout = limits.headersTimeoutMs;
	}

	/** Mounts everything. Call once. */
	async mount(): Promise<void> {
		const { app } = this;
		const options = this.#options;
		app.decorateRequest('idempotent', undefined);
		app.decorateRequest('owner', '');
		app.decorateRequest('errorCode', undefined);
		app.setValidatorCompiler(createValidatorCompiler());
		// Response schemas are documentation: they neither drop nor reorder keys.
		app.setSerializerCompiler(() => (data) => JSON.stringify(data));
		app.setErrorHandler((thrown, request, reply) => this.#answerError(thrown, request, reply));
		app.setNotFoundHandler((request) => {
			throw this.#missing(request);
		});
		app.addHook('onRoute', (route) => this.#paths.add(route.url, route.method));
		traceRequests(app, options.traces);
		this.#addHooks();
		guardAccess(app, options.access, (request) => this.#dialectOf(pathOf(request))?.name ?? 'gateway');
		takeJsonBodiesOnly(app);
		registerHealth(app, { ...options, readyOldestDueMsMax: options.limits.readyOldestDueMsMax });
		registerMedia(app, options);
		if (options.console) registerConsole(app, options.console);
		for (const dialect of options.dialects) {
			app.register(async (scope) => {
				scope.addHook('onRoute', (route) => {
					if (!owns(dialect, route.url)) throw new TypeError(`${dialect.name} has a route outside of its prefixes: ${route.url}`);
				});
				await dialect.register(scope);
			});
		}
		await app.ready();
	}

	/** Answers the address it listens on, with the port that it got. */
	async listen(at: { readonly host: string; readonly port: number }): Promise<string> {
		return await this.app.listen({ host: at.host, port: at.port });
	}

	/** Takes nothing new, lets what is being answered finish within the deadline. */
	close(): Promise<void> {
		this.#isStopping = true;
		this.#closed ??= this.#close();
		return this.#closed;
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.close();
	}

	async #close(): Promise<void> {
		const { clock, limits } = this.#options;
		const deadline = clock.schedule(limits.closeDeadlineMs, () => this.app.server.closeAllConnections());
		try {
			await this.app.close();
		} finally {
			deadline.cancel();
		}
	}

	#addHooks(): void {
		const { app } = this;
		const headers = securityHeaders(this.#options.publicUrl);
		app.addHook('onRequest', (request, reply, done) => {
			reply.headers(headers).header('x-request-id', request.id);
			if (this.#isStopping) done(new RecadoError('shutting_down', { retryAfterSeconds: RETRY_AFTER_SHUTDOWN_SECONDS }));
			// Told before anybody asks for credentials or reads a body: they could not change the answer.
			else if (request.is404) done(this.#missing(request));
			else done();
		});
		app.addHook('preHandler', (request, reply, done) => {
			const dialect = hasKey(request) ? this.#dialectOf(pathOf(request)) : undefined;
			if (!dialect) return done();
			answerIfKnown(this.#options, dialect.name, request, reply).then((isAnswered) => {
				// What was answered goes no further.
				if (!isAnswered) done();
			}, done);
		});
		app.addHook('onSend', (_request, reply, _payload, done) => {
			// A connection that stays open would hold the end up until its idle time is over.
			if (this.#isStopping) reply.header('connection', 'close');
			done();
		});
		app.addHook('onResponse', (request, reply, done) => {
			this.#options.observer.requestAnswered({
				requestId: request.id,
				dialect: this.#dialectOf(pathOf(request))?.name ?? 'gateway',
				method: request.method,
				route: request.routeOptions.url ?? '(unknown)',
				status: reply.statusCode,
				durationMs: reply.elapsedTime,
				errorCode: request.errorCode,
				isReplayed: reply.hasHeader('idempotency-replayed') || undefined,
				traceId: request.trace?.traceId,
			});
			done();
		});
	}

	/** 405 where the path has other methods, 404 otherwise. */
	#missing(request: FastifyRequest): RecadoError {
		const methods = this.#paths.methodsOf(pathOf(request));
		if (methods.length === 0) return new RecadoError('not_found');
		return new RecadoError('method_not_allowed', { details: { method: request.method, allow: methods.join(', ') } });
	}

	async #answerError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
		try {
			const hasRaced = thrown instanceof RecadoError && thrown.code === 'idempotency_raced';
			const isAnswered = hasRaced && request.idempotent && (await answerAgain(this.#options, request.idempotent, reply));
			if (!isAnswered) this.#tell(thrown, request, reply);
		} catch (error) {
			this.#tell(error, request, reply);
		}
		return reply;
	}

	#tell(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
		const { observer, limits } = this.#options;
		const dialect = this.#dialectOf(pathOf(request)) ?? this.#options;
		const tellError: Dialect['tellError'] = (error, of) => dialect.tellError(error, of);
		replyWithError({ observer, tellError }, toRecadoError(thrown, limits.bodyBytesMax), request, reply);
	}

	#dialectOf(path: string): Dialect | undefined {
		return this.#options.dialects.find((dialect) => owns(dialect, path));
	}
}

export async function buildServer(options: ServerOptions): Promise<Server> {
	const server = new Server(options);
	await server.mount();
	return server;
}

function owns(dialect: Dialect, path: string): boolean {
	return dialect.prefixes.some((prefix) => path.startsWith(prefix) && (path.length === prefix.length || path[prefix.length] === '/'));
}
