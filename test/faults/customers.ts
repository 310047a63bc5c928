/** The load: customers who write numbered messages, each after the one before was answered, and note in the ledger what they were answered. */
import type { FaultGateway } from './gateway.ts';
import type { Ledger } from './ledger.ts';
import { pause } from './waiting.ts';

export interface CustomersParts {
	readonly gateway: FaultGateway;
	readonly instanceId: string;
	readonly ledger: Ledger;
	readonly chats: number;
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
	readonly #unexpected = new Map<number, number>();
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
		return [...this.#unexpected].map(([status, count]) => `${count} messages were answered ${status}`);
	}

	async write(wish: WriteWish = {}): Promise<void> {
		await Promise.all(this.#chats.map((chat) => this.#writeIn(chat, wish)));
	}

	async #writeIn(chat: { readonly phone: string; next: number }, { each = Number.POSITIVE_INFINITY, until }: WriteWish): Promise<void> {
		const { gateway, ledger, instanceId } = this.#parts;
		for (let written = 0; written < each && gateway.isAlive && !until?.aborted; written += 1) {
			const number = chat.next;
			chat.next += 1;
			ledger.tried(chat.phone, number);
			const body = { from: chat.phone, text: ledger.text(chat.phone, number) };
			try {
				this.#note(chat.phone, number, await gateway.request('POST', `/recado/v1/simulator/${instanceId}/messages`, body));
			} catch {
				// No answer: it was kept or not, both are right.
				await pause(AGAIN_MS);
			}
		}
	}

	#note(phone: string, number: number, { status, headers }: { status: number; headers: Readonly<Record<string, unknown>> }): void {
		const { ledger } = this.#parts;
		if (status === 202) {
			this.#accepted += 1;
			ledger.accepted(phone, number);
		} else if (status === 503 && headers['retry-after'] !== undefined) {
			this.#refusals += 1;
			ledger.refused(phone, number);
		} else {
			this.#unexpected.set(status, (this.#unexpected.get(status) ?? 0) + 1);
		}
	}
}
