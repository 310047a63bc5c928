/**
 * The companies' receiver of webhooks, over HTTPS: verifies each signature, answers first and reads afterwards. As in life it is in trouble twice: for a
 * while it refuses everything, and once it takes a webhook and hangs up without an answer, so that the same one comes again.
 */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';

/** One request that came. */
export interface Arrival {
	/** `/{company}/{dialect}`, as it was registered. */
	readonly path: string;
	/** The header `webhook-id`: the same each time that the same webhook comes. */
	readonly webhookId: string;
	/** The header `recado-event`. */
	readonly event: string;
	readonly body: string;
	readonly isGenuine: boolean;
	/** False where it was refused: as good as never come. */
	readonly isTaken: boolean;
}

export interface Trouble {
	/** From this many arrivals on everything is refused, for so long. */
	readonly refusesFrom: number;
	readonly refusesMs: number;
	/** The first arrival from this one on is taken, and never answered. */
	readonly hangsAt: number;
	readonly hangsMs: number;
}

export interface ReceiverOptions {
	/** PEM. */
	readonly certificate: { readonly certPem: string; readonly keyPem: string };
	readonly trouble: Trouble;
	readonly onArrival: (arrival: Arrival) => void;
}

const HOST = '127.0.0.1';

export class Receiver implements AsyncDisposable {
	readonly #server: Server;
	readonly #options: ReceiverOptions;
	readonly #secrets = new Map<string, readonly Webhook[]>();
	#arrived = 0;
	#refusesUntil: number | undefined;
	#hasHung = false;

	private constructor(options: ReceiverOptions) {
		this.#options = options;
		const { certPem: cert, keyPem: key } = options.certificate;
		this.#server = createServer({ cert, key }, (request, response) => {
			// Who hangs up half way has told nothing.
			this.#receive(request, response).catch(() => response.destroy());
		});
	}

	static async open(options: ReceiverOptions): Promise<Receiver> {
		const receiver = new Receiver(options);
		receiver.#server.listen(0, HOST);
		await once(receiver.#server, 'listening');
		return receiver;
	}

	url(path: string): string {
		return `https://${HOST}:${(this.#server.address() as AddressInfo).port}${path}`;
	}

	/** The secrets (`whsec_…`) of the webhooks that come to this path. */
	trust(path: string, secrets: readonly string[]): void {
		this.#secrets.set(
			path,
			secrets.map((secret) => new Webhook(secret)),
		);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		const closed = once(this.#server, 'close');
		this.#server.close();
		this.#server.closeAllConnections();
		await closed;
	}

	async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const body = await text(request);
		this.#arrived += 1;
		const isRefused = this.#isRefusing();
		const isHung = !isRefused && this.#isHanging();
		if (!isHung) response.writeHead(isRefused ? 500 : 200).end();
		const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
		const path = request.url ?? '';
		this.#options.onArrival({
			path,
			webhookId: headers['webhook-id'] ?? '',
			event: headers['recado-event'] ?? '',
			body,
			isGenuine: this.#isGenuine(path, body, headers),
			isTaken: !isRefused,
		});
		if (isHung) {
			await pause(this.#options.trouble.hangsMs);
			response.destroy();
		}
	}

	#isRefusing(): boolean {
		const { refusesFrom, refusesMs } = this.#options.trouble;
		if (this.#arrived < refusesFrom) return false;
		this.#refusesUntil ??= performance.now() + refusesMs;
		return performance.now() < this.#refusesUntil;
	}

	#isHanging(): boolean {
		if (this.#hasHung || this.#arrived < this.#options.trouble.hangsAt) return false;
		this.#hasHung = true;
		return true;
	}

	/** One of the secrets is enough: while one is rotated there are two. */
	#isGenuine(path: string, body: string, headers: Readonly<Record<string, string>>): boolean {
		return (this.#secrets.get(path) ?? []).some((secret) => {
			try {
				secret.verify(body, headers);
				return true;
			} catch {
				return false;
			}
		});
	}
}
