/**
 * The local HTTPS receiver behind `listen` and `dev`: takes every POST, verifies its signature, remembers the ids it has seen, answers as
 * told and reports what arrived.
 */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Arrival, SignatureState } from './arrival.ts';
import { recognise } from './recognise.ts';
import { verifySignature } from './verify-signature.ts';

export interface ReceiverOptions {
	readonly certPem: string;
	readonly keyPem: string;
	readonly host: string;
	/** 0: any free one. */
	readonly port: number;
	/** What every webhook is answered. */
	readonly status: number;
	/** The secrets that may have signed what comes to this path; none: the signature is not checked. */
	readonly secretsFor: (path: string) => Promise<readonly string[]>;
	readonly onArrival: (arrival: Arrival) => void;
}

/** A larger body is answered 413. The largest that the gateway makes is a transcript. */
const BODY_BYTES_MAX = 32 * 1_048_576;

/** Ids remembered to tell duplicates; the oldest is forgotten first. */
const IDS_REMEMBERED_MAX = 10_000;

export class Receiver implements AsyncDisposable {
	readonly #options: ReceiverOptions;
	readonly #server: Server;
	readonly #seen = new Set<string>();

	constructor(options: ReceiverOptions) {
		this.#options = options;
		this.#server = createServer({ cert: options.certPem, key: options.keyPem }, (request, response) => {
			// A sender that hangs up half way has told nothing: there is nobody to answer and nothing to report.
			this.#receive(request, response).catch(() => response.destroy());
		});
	}

	/** Rejects with the system's error where the port is taken. Answers the origin, `https://127.0.0.1:41234`. */
	async start(): Promise<string> {
		this.#server.listen(this.#options.port, this.#options.host);
		await once(this.#server, 'listening');
		const host = this.#options.host.includes(':') ? `[${this.#options.host}]` : this.#options.host;
		return `https://${host}:${this.port}`;
	}

	get port(): number {
		const address: AddressInfo | string | null = this.#server.address();
		return address !== null && typeof address === 'object' ? address.port : 0;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		if (!this.#server.listening) return;
		const closed = once(this.#server, 'close');
		this.#server.close();
		this.#server.closeAllConnections();
		await closed;
	}

	async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
		if (request.method !== 'POST') return answer(response, 405, { allow: 'POST' });
		const body = await read(request);
		if (body === undefined) return answer(response, 413, { connection: 'close' });
		const arrival = await this.#examine(request, body);
		answer(response, arrival.status);
		this.#options.onArrival(arrival);
	}

	async #examine(request: IncomingMessage, body: Buffer): Promise<Arrival> {
		const at = Date.now();
		const path = new URL(request.url ?? '/', 'https://receiver').pathname;
		const secrets = await this.#options.secretsFor(path);
		const webhookId = request.headers['webhook-id'];
		const verdict = secrets.length === 0 ? undefined : verifySignature({ headers: request.headers, body, receivedAt: at }, secrets);
		const signature: SignatureState = verdict === undefined ? 'unchecked' : verdict.isValid ? 'ok' : 'bad';
		return {
			at,
			path,
			...(typeof webhookId === 'string' ? { webhookId } : {}),
			recognised: recognise(body.toString('utf8')),
			signature,
			...(verdict?.isValid === false ? { signatureReason: verdict.reason } : {}),
			isDuplicate: typeof webhookId === 'string' && this.#isSeenBefore(webhookId),
			status: this.#options.status,
			body: body.toString('utf8'),
		};
	}

	#isSeenBefore(id: string): boolean {
		if (this.#seen.has(id)) return true;
		this.#seen.add(id);
		for (const oldest of this.#seen) {
			if (this.#seen.size <= IDS_REMEMBERED_MAX) break;
			this.#seen.delete(oldest);
		}
		return false;
	}
}

async function read(request: IncomingMessage): Promise<Buffer | undefined> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of request) {
		const piece = Buffer.from(chunk);
		bytes += piece.length;
		if (bytes > BODY_BYTES_MAX) return undefined;
		chunks.push(piece);
	}
	return Buffer.concat(chunks);
}

function answer(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
	response.writeHead(status, { 'content-length': '0', ...headers }).end();
}
