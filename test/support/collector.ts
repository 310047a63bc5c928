/** A real OTLP collector for tests: an HTTP server on a free port that keeps the spans it is sent. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Condition } from './condition.ts';

/** A span as OTLP writes it in JSON, with its attributes as an object. */
export interface CollectedSpan {
	readonly traceId: string;
	readonly spanId: string;
	readonly parentSpanId?: string;
	readonly name: string;
	/** 2: server, 3: client. */
	readonly kind: number;
	readonly attributes: Readonly<Record<string, unknown>>;
	readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
	/** 2: error. */
	readonly status: { readonly code?: number; readonly message?: string };
	readonly resource: Readonly<Record<string, unknown>>;
}

export async function startCollector(): Promise<Collector> {
	const server = createServer();
	const collector = new Collector(server);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return collector;
}

export class Collector implements AsyncDisposable {
	readonly spans: CollectedSpan[] = [];
	readonly #server: Server;
	readonly #changed = new Condition(() => `${this.spans.length} spans came: ${this.spans.map(({ name }) => name).join(', ')}`);

	constructor(server: Server) {
		this.#server = server;
		server.on('request', (request, response) => void this.#take(request, response));
	}

	get url(): string {
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	/** Resolves to the first span that is like that; rejects where none comes. */
	async span(isIt: (span: CollectedSpan) => boolean, what: string): Promise<CollectedSpan> {
		await this.#changed.until(() => this.spans.some(isIt), what);
		const found = this.spans.find(isIt);
		if (!found) throw new Error(`no ${what}`);
		return found;
	}

	async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const body = await readAll(request);
		if (request.url !== '/v1/traces') response.statusCode = 404;
		else this.spans.push(...spansIn(JSON.parse(body)));
		response.setHeader('content-type', 'application/json').end('{}');
		this.#changed.notify();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		if (!this.#server.listening) return;
		const closed = once(this.#server, 'close');
		this.#server.close();
		this.#server.closeAllConnections();
		await closed;
	}
}

interface Attribute {
	readonly key: string;
	readonly value: Readonly<Record<string, unknown>>;
}

interface Export {
	readonly resourceSpans: readonly {
		readonly resource: { readonly attributes: readonly Attribute[] };
		readonly scopeSpans: readonly {
			readonly spans: readonly (Omit<CollectedSpan, 'attributes' | 'links'> & {
				readonly attributes: readonly Attribute[];
				readonly links?: CollectedSpan['links'];
			})[];
		}[];
	}[];
}

function spansIn({ resourceSpans }: Export): CollectedSpan[] {
	return resourceSpans.flatMap(({ resource, scopeSpans }) =>
		scopeSpans.flatMap(({ spans }) =>
			spans.map((span) => ({
				...span,
				attributes: objectOf(span.attributes),
				links: span.links ?? [],
				resource: objectOf(resource.attributes),
			})),
		),
	);
}

/** `{ key, value: { stringValue } }` and the like. */
function objectOf(attributes: readonly Attribute[]): Record<string, unknown> {
	return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}

async function readAll(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString();
}
