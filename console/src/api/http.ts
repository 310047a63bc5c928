/** Requests to `/recado/v1`, as the session's. What the gateway refuses is thrown as `Refused`, with its own words in the chosen language. */
import { locale } from '../i18n/language.ts';
import { isPlainPath } from './own-path.ts';
import { isOfProxy, isThere } from './reach.ts';
import { API } from './root.ts';
import { hasEnded, sessionEnded } from './session-end.ts';

export { API } from './root.ts';

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Fault {
	/** `contact.phone`, `events[0]`; empty for the body itself. */
	readonly path: string;
	readonly message: string;
}

export interface AccountChoice {
	readonly id: string;
	readonly name: string;
}

/** The gateway said no, or could not be reached (`status` 0). */
export class Refused extends Error {
	override readonly name = 'Refused';
	readonly status: number;
	/** One of the gateway's catalogue, or `unreachable`. */
	readonly code: string;
	readonly faults: readonly Fault[];
	/** Those to choose among, where more than one is meant. */
	readonly accounts: readonly AccountChoice[];
	readonly requestId: string | undefined;
	readonly retryAfterSeconds: number | undefined;
	/** That it is told in, as BCP 47 has it: it stays so when another one is chosen. */
	readonly language: string = locale();

	constructor(status: number, problem: Partial<Problem>, retryAfterSeconds?: number) {
		super(problem.detail ?? problem.title ?? `${status}`);
		this.status = status;
		this.code = problem.code ?? (status === 0 ? 'unreachable' : 'unknown');
		this.faults = problem.faults ?? [];
		this.accounts = problem.accounts ?? [];
		this.requestId = problem.instance?.replace(/^urn:uuid:/, '');
		this.retryAfterSeconds = retryAfterSeconds;
	}
}

interface Problem {
	readonly title: string;
	readonly detail: string;
	readonly code: string;
	readonly instance: string;
	readonly faults: readonly Fault[];
	readonly accounts: readonly AccountChoice[];
}

/** Proves that a change comes from this page; it comes with the session. */
let csrf = '';

export function proveWith(token: string): void {
	csrf = token;
}

export async function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
	return await call<T>('GET', path, { query, ...(signal === undefined ? {} : { signal }) });
}

/** `POST`, `PUT`, `PATCH` or `DELETE`; undefined where the answer has no body. */
export async function change<T = undefined>(
	method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
	path: string,
	body?: unknown,
	wish: { readonly query?: Query; readonly idempotencyKey?: string } = {},
): Promise<T> {
	return await call<T>(method, path, { body, ...wish });
}

interface Wish {
	readonly query?: Query;
	readonly body?: unknown;
	readonly signal?: AbortSignal;
	readonly idempotencyKey?: string;
}

async function call<T>(method: string, path: string, wish: Wish): Promise<T> {
	if (!isPlainPath(path)) throw new Refused(404, { code: 'not_found' });
	// These tell whether there is a session, and begin one.
	const isOfSession = path === '/session' || path === '/session/methods';
	if (!isOfSession && hasEnded()) await sessionEnded();
	const provedWith = csrf;
	const response = await send(method, path, wish);
	if (response.ok) return (await bodyOf(response)) as T;
	if (response.status === 401 && !isOfSession) {
		// Of many that are refused at once the last may be answered when somebody has signed in again already.
		if (csrf === provedWith) await sessionEnded();
		return await call(method, path, wish);
	}
	const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
	if (isOfProxy(response.status, problem.code)) throw unreachable();
	const wait = response.headers.get('retry-after');
	throw new Refused(response.status, problem, wait === null ? undefined : Number(wait));
}

async function send(method: string, path: string, { query = {}, body, signal, idempotencyKey }: Wish): Promise<Response> {
	return await fetch(`${API}${path}${queryText(query)}`, {
		method,
		credentials: 'same-origin',
		headers: {
			accept: 'application/json',
			'accept-language': locale(),
			...(method === 'GET' ? {} : { 'x-recado-csrf': csrf }),
			...(body === undefined ? {} : { 'content-type': 'application/json' }),
			...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
		},
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
		...(signal === undefined ? {} : { signal }),
	}).catch((error: unknown) => {
		if (signal?.aborted) throw error;
		throw unreachable();
	});
}

function unreachable(): Refused {
	void isThere();
	return new Refused(0, {});
}

export function queryText(query: Query): string {
	const pairs = Object.entries(query).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)]]));
	return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
}

/** Undefined where there is none: 204, and 202 of what goes on by itself. */
async function bodyOf(response: Response): Promise<unknown> {
	const text = await response.text();
	return text === '' ? undefined : JSON.parse(text);
}
