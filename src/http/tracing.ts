/** Gives each request that is traced its trace: begun from the `traceparent` it came with, there for what handles it, ended with its answer. */
import type { FastifyInstance } from 'fastify';
import type { RequestTrace, Traces } from '../observe/traces.ts';

declare module 'fastify' {
	interface FastifyRequest {
		trace: RequestTrace | undefined;
	}
}

/** Asked every few seconds by machines, and about nothing but themselves. */
const UNTRACED: ReadonlySet<string> = new Set(['/health', '/ready', '/metrics']);

export function traceRequests(app: FastifyInstance, traces: Traces): void {
	app.decorateRequest('trace', undefined);
	app.addHook('onRequest', (request, _reply, done) => {
		const route = request.routeOptions.url ?? '(unknown)';
		const { traceparent } = request.headers;
		if (!UNTRACED.has(route)) {
			request.trace = traces.beginRequest({ method: request.method, route }, typeof traceparent === 'string' ? traceparent : undefined);
		}
		done();
	});
	// Not earlier: a body is read in the asynchronous context of its connection, and the handler would be called in that one.
	app.addHook('preHandler', (request, _reply, done) => {
		if (request.trace) traces.run(request.trace, done);
		else done();
	});
	app.addHook('onResponse', (request, reply, done) => {
		request.trace?.end(reply.statusCode);
		done();
	});
}
