/**
 * A real HTTPS receiver for tests: it listens on a free port of 127.0.0.1 with a certificate of the test authority, records every request,
 * treats each as it is told, and lets tests wait for what arrives instead of sleeping.
 */
import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { IssuedCertificate } from '../../src/cli/certificates.ts';
import { type Behaviour, perform } from './behaviour.ts';
import { testAuthority, testCertificate } from './certificates.ts';
import { Condition } from './condition.ts';

export interface ReceivedRequest {
	/** The order of arrival, from 1. */
	readonly number: number;
	readonly method: string;
	/** With the query. */
	readonly path: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: Buffer;
	readonly text: string;
	/** Epoch milliseconds, when its body was complete. */
	readonly arrivedAt: number;
	/** Which TCP connection brought it, from 1. */
	readonly connection: number;
}

/** A number is an answer with that status. */
export type Treatment = number | Behaviour | ((request: ReceivedRequest) => number | Behaviour | Promise<number | Behaviour>);

export interface ReceiverOptions {
	/** How requests are treated; default: 200. */
	readonly treat?: Treatment;
	/** Default: the one of `testCertificate()`. */
	readonly certificate?: IssuedCertificate;
	/** Default: a free one. */
	readonly port?: number;
	/** Default: 127.0.0.1. */
	readonly host?: string;
	/** Default: as Node. */
	readonly maxVersion?: 'TLSv1.2' | 'TLSv1.3';
}

/** Longer than a slow machine leaves between two requests of a test: who closes an idle connection is who a test says. */
const KEEP_ALIVE_MS = 60_000;

export async function startReceiver(options: ReceiverOptions = {}): Promise<Receiver> {
	const [authority, certificate] = await Promise.all([testAuthority(), options.certificate ?? testCertificate()]);
	const server = createServer({
		cert: certificate.certPem,
		key: certificate.keyPem,
		...(options.maxVersion === undefined ? {} : { maxVersion: options.maxVersion }),
	});
	server.keepAliveTimeout = KEEP_ALIVE_MS;
	const receiver = new Receiver(server, authority.certificatePem, options.treat ?? 200);
	server.listen(options.port ?? 0, options.host ?? '127.0.0.1');
	await once(server, 'listening');
	return receiver;
}

export class Receiver {
	/** PEM of the authority that issued its certificate: what a sender has to trust. */
	readonly ca: string;
	readonly requests: ReceivedRequest[] = [];
	/** TCP connections taken so far, and how many TLS handshakes on them were full or resumed. */
	readonly connections: { tcp: number; full: number; resumed: number } = { tcp: 0, full: 0, resumed: 0 };
	readonly #server: Server;
	readonly #sockets = new Map<number, { readonly tcp: Socket; readonly number: number }>();
	readonly #changed = new Condition(() => `${this.requests.length} requests arrived: ${this.#summary()}`);
	readonly #queue: Treatment[] = [];
	#treat: Treatment;
	#handshakesToCut = 0;

	constructor(server: Server, ca: string, treat: Treatment) {
		this.ca = ca;
		this.#server = server;
		this.#treat = treat;
		server.on('connection', (tcp: Socket) => this.#onConnection(tcp));
		server.on('secureConnection', (socket: TLSSocket) => this.#onSecure(socket));
		server.on('request', (request, response) => void this.#onRequest(request, response));
		// Handshakes that fail are what some tests are about.
		server.on('tlsClientError', () => {});
	}

	get port(): number {
		return (this.#server.address() as AddressInfo).port;
	}

	/** `https://127.0.0.1:<port><path>` */
	url(path = '/', host = '127.0.0.1'): string {
		return `https://${host}:${this.port}${path}`;
	}

	/** From now on. */
	treat(treatment: Treatment): void {
		this.#treat = treatment;
	}

	/** The next requests, one each, in order of arrival; then as before. */
	treatNext(...treatments: readonly Treatment[]): void {
		this.#queue.push(...treatments);
	}

	/** Resolves to all requests when there are at least so many. */
	async arrived(count: number): Promise<readonly ReceivedRequest[]> {
		return this.waitFor((requests) => requests.length >= count, `${count} requests`);
	}

	/** Resolves when that is true of the requests; rejects after `withinMs` (default: as `Condition`) with what was waited for and what came. */
	async waitFor(
		isTrue: (requests: readonly ReceivedRequest[]) => boolean,
		what = 'a condition on the requests',
		withinMs?: number,
	): Promise<readonly ReceivedRequest[]> {
		await this.#changed.until(() => isTrue(this.requests), what, withinMs);
		return this.requests;
	}

	/** Resolves when so many TCP connections are open; rejects after `withinMs` (default: as `Condition`). */
	async openConnections(count: number, withinMs?: number): Promise<void> {
		await this.#changed.until(() => this.#sockets.size === count, `${count} open connections (${this.#sockets.size} are)`, withinMs);
	}

	/** The next connections are closed before their TLS handshake. */
	cutHandshakes(count: number): void {
		this.#handshakesToCut = count;
	}

	/** From the next connection on. */
	present({ certPem, keyPem }: IssuedCertificate): void {
		this.#server.setSecureContext({ cert: certPem, key: keyPem });
	}

	/** Ends every connection at once; it still listens. */
	dropConnections(): void {
		for (const { tcp } of this.#sockets.values()) tcp.destroy();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		if (!this.#server.listening) return;
		const closed = once(this.#server, 'close');
		this.#server.close();
		this.dropConnections();
		await closed;
	}

	#onConnection(tcp: Socket): void {
		this.connections.tcp += 1;
		const port = tcp.remotePort ?? 0;
		this.#sockets.set(port, { tcp, number: this.connections.tcp });
		tcp.on('close', () => {
			this.#sockets.delete(port);
			this.#changed.notify();
		});
		if (this.#handshakesToCut > 0) {
			this.#handshakesToCut -= 1;
			tcp.destroy();
		}
		this.#changed.notify();
	}

	#onSecure(socket: TLSSocket): void {
		if (socket.isSessionReused()) this.connections.resumed += 1;
		else this.connections.full += 1;
	}

	async #onRequest(message: IncomingMessage, response: ServerResponse): Promise<void> {
		const from = this.#sockets.get(message.socket.remotePort ?? 0);
		const body = await readAll(message);
		if (!from || !body) return;
		const request: ReceivedRequest = {
			number: this.requests.length + 1,
			method: message.method ?? '',
			path: message.url ?? '',
			headers: message.headers,
			body,
			text: body.toString(),
			arrivedAt: Date.now(),
			connection: from.number,
		};
		this.requests.push(request);
		const treatment = this.#queue.shift() ?? this.#treat;
		this.#changed.notify();
		const chosen = typeof treatment === 'function' ? await treatment(request) : treatment;
		await perform(typeof chosen === 'number' ? { kind: 'answer', status: chosen } : chosen, response, from.tcp);
	}

	#summary(): string {
		return this.requests.map((request) => `${request.method} ${request.path} ${request.text.slice(0, 80)}`).join(' | ');
	}
}

/** Undefined where the sender went away before its end. */
async function readAll(message: IncomingMessage): Promise<Buffer | undefined> {
	const chunks: Buffer[] = [];
	try {
		for await (const chunk of message) chunks.push(chunk as Buffer);
	} catch {
		return undefined;
	}
	return Buffer.concat(chunks);
}
