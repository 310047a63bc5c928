/** The load: customers who write numbered messages, each after the one before was answered, and note in the ledger what they were answered. */

import { pause } from '../support/waiting.ts';
import type { Answer } from './gateway.ts';
import type { Gateways } from './gateways.ts';
import type { Ledger } from './ledger.ts';

export interface CustomersParts {
	readonly gateways: Gateways;
	readonly instanceId: string;
	readonly ledger: Ledger;
	readonly chats: number;
	/** An answer that nothing can be stored now means that nothing was. A database may have kept what it did not live to answer. */
	readonly isRefusalCertain: boolean;
}

export interface WriteWish {
	/** How many messages each; default: until the gateway is gone or the signal says so. */
	readonly each?: number;
	readonly until?: AbortSignal;
}

/** Somebody whose request failed does not hammer on. */
const AGAIN_MS = 10;

export class Customers {
	readonly #parts: CustomersParts;
	readonly #chats: { readonly phone: string; next: number }[];
	/** By status and what the answer says. */
	readonly #unexpected = new Map<string, number>();
	#refusals = 0;
	#accepted = 0;

	constructor(parts: CustomersParts) {
		this.#parts = parts;
		this.#chats = Array.from({ length: parts.chats }, (_, n) => ({ phone: `55449888${String(10_000 + n)}`, next: 0 }));
	}

	get accepted(): number {
		return this.#accepted;
	}

	/** Answers that the gateway cannot store anything now. */
	get refusals(): number {
		return this.#refusals;
	}

	/** Answers that no fault excuses. */
	get faults(): readonly string[] {
		return [...this.#unexpected].map(([answer, count]) => `${count} messages were answered ${answer}`);
	}

	async write(wish: WriteWish = {}): Promise<void> {
		await Promise.all(this.#chats.map((chat) => this.#writeIn(chat, wish)));
	}

	async #writeIn(chat: { readonly phone: string; next: number }, { each = Number.POSITIVE_INFINITY, until }: WriteWish): Promise<void> {
		const { gateways, ledger, instanceId } = this.#parts;
		for (let written = 0; written < each && gateways.isAlive && !until?.aborted; written += 1) {
			const number = chat.next;
			chat.next += 1;
			ledger.tried(chat.phone, number);
			const body = { from: chat.phone, text: ledger.text(chat.phone, number) };
			try {
				this.#note(chat.phone, number, await gateways.request('POST', `/recado/v1/simulator/${instanceId}/messages`, body));
			} catch {
				// No answer: it was kept or not, both are right.
				await pause(AGAIN_MS);
			}
		}
	}

	#note(phone: string, number: number, { status, headers, body }: Answer): void {
		const { ledger, isRefusalCertain } = this.#parts;
		if (status === 202) {
			this.#accepted += 1;
			ledger.accepted(phone, number);
		} else if (status === 503 && headers['retry-after'] !== undefined) {
			this.#refusals += 1;
			if (isRefusalCertain) ledger.refused(phone, number);
		} else {
			const answer = `${status} ${body?.error?.code ?? body?.code}`;
			this.#unexpected.set(answer, (this.#unexpected.get(answer) ?? 0) + 1);
		}
	}
}
