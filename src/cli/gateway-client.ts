/**
 * The public HTTP API as the command uses it: what `dev` and `send` do, anybody can do with the same requests. What the gateway refuses is
 * told in its own words.
 */
import { type Dispatcher, request } from 'undici';
import { CommandFailure } from './failure.ts';
import { isObject, textIn } from './json.ts';
import { codeOf } from './port-taken.ts';

export interface GatewayRequest {
	readonly method: Dispatcher.HttpMethod;
	/** With its leading slash. */
	readonly path: string;
	readonly body?: unknown;
	readonly headers?: Readonly<Record<string, string>>;
}

export interface GatewayReply {
	readonly status: number;
	readonly body: unknown;
}

/** A request that hangs must not hang a terminal. */
const REPLY_TIMEOUT_MS = 30_000;

export class GatewayClient {
	readonly #origin: string;
	readonly #authorization: string;

	constructor(origin: string, adminToken: string) {
		this.#origin = origin.replace(/\/+$/, '');
		this.#authorization = `Bearer ${adminToken}`;
	}

	/** Any answer, whatever its status. Throws CommandFailure where none comes. */
	async ask(wish: GatewayRequest): Promise<GatewayReply> {
		try {
			const answer = await request(`${this.#origin}${wish.path}`, {
				method: wish.method,
				headers: {
					authorization: this.#authorization,
					...(wish.body === undefined ? {} : { 'content-type': 'application/json' }),
					...wish.headers,
				},
				body: wish.body === undefined ? null : JSON.stringify(wish.body),
				headersTimeout: REPLY_TIMEOUT_MS,
				bodyTimeout: REPLY_TIMEOUT_MS,
			});
			return { status: answer.statusCode, body: parse(await answer.body.text()) };
		} catch (error) {
			const reason = codeOf(error) ?? (error instanceof Error ? error.message : String(error));
			throw new CommandFailure(`the gateway at ${this.#origin} does not answer (${reason}); is it running? "recado dev" starts one`);
		}
	}

	/** The body of a 2xx answer. Throws CommandFailure with the gateway's own words otherwise. */
	async call(wish: GatewayRequest): Promise<unknown> {
		const reply = await this.ask(wish);
		if (reply.status >= 200 && reply.status < 300) return reply.body;
		throw new CommandFailure(`${wish.method} ${wish.path} was answered ${reply.status}: ${wordsOf(reply.body)}`);
	}
}

function parse(text: string): unknown {
	try {
		return text === '' ? undefined : JSON.parse(text);
	} catch {
		return text;
	}
}

/** `detail` of a problem (RFC 9457), `message` and `error` of the dialects. */
function wordsOf(body: unknown): string {
	const words = ['detail', 'message', 'error', 'title'].map((name) => textIn(body, name)).find((text) => text !== undefined);
	return words ?? (isObject(body) || Array.isArray(body) ? JSON.stringify(body) : String(body ?? 'nothing else'));
}
