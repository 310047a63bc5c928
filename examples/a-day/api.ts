/** A client of the gateway's HTTP APIs: JSON in, JSON out, and what is not a success is an error that says what was asked. */
import { setTimeout as pause } from 'node:timers/promises';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface Page<T> {
	readonly items: readonly T[];
	/** Missing on the last page. */
	readonly next?: string;
}

export class ApiError extends Error {
	readonly status: number;

	constructor(status: number, message: string) {
		super(message);
		this.status = status;
	}
}

export class Api {
	readonly #root: string;
	readonly #authorization: string;

	/** `root` is what every path begins with, `authorization` the header of that name. */
	constructor(root: string, authorization: string) {
		this.#root = root;
		this.#authorization = authorization;
	}

	/** Undefined where the answer has no body. Throws ApiError unless the status is 2xx. */
	async ask<T>(method: Method, path: string, body?: unknown): Promise<T> {
		const response = await fetch(`${this.#root}${path}`, {
			method,
			headers: { authorization: this.#authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (response.status === 429) {
			// Too many at once: the gateway says when there is room again.
			await pause(Number(response.headers.get('retry-after') ?? '1') * 1_000);
			return this.ask(method, path, body);
		}
		if (!response.ok) throw new ApiError(response.status, `${method} ${path}: ${response.status} ${text}`);
		return (text === '' ? undefined : JSON.parse(text)) as T;
	}

	/** Every item of a list that comes in pages. */
	async all<T>(path: string): Promise<readonly T[]> {
		const items: T[] = [];
		let cursor: string | undefined;
		do {
			const joint = path.includes('?') ? '&' : '?';
			const after: string = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
			const page: Page<T> = await this.ask('GET', `${path}${joint}limit=200${after}`);
			items.push(...page.items);
			cursor = page.next;
		} while (cursor !== undefined);
		return items;
	}
}
