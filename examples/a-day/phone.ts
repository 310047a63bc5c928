/** A customer's phone on the simulated WhatsApp: what they write goes out from it, and what they know is what its screen shows. */
import type { Api } from './api.ts';
import { within } from './ledger.ts';

export interface OnScreen {
	readonly whatsappId: string;
	/** Written on this phone. */
	readonly fromMe: boolean;
	readonly content: { readonly text?: string };
}

export interface PhoneHabits {
	readonly name: string;
	readonly receivesAfterMs: number;
	/** Null: nothing is ever read. */
	readonly readsAfterMs: number | null;
}

/** People look at their phones now and then. */
const LOOK_MS = 150;
const PATIENCE_MS = 120_000;
const SCREEN_MAX = 200;

export class Phone {
	readonly number: string;
	readonly habits: PhoneHabits;
	readonly #api: Api;
	readonly #root: string;
	/** How much of what came was dealt with. */
	#seen = 0;

	constructor(parts: { readonly api: Api; readonly instanceId: string; readonly number: string; readonly habits: PhoneHabits }) {
		this.number = parts.number;
		this.habits = parts.habits;
		this.#api = parts.api;
		this.#root = `/simulator/${parts.instanceId}`;
	}

	async switchOn(): Promise<void> {
		await this.#api.ask('PUT', `${this.#root}/contacts/${this.number}`, { ...this.habits, repliesWith: null });
	}

	/** Answers the id that WhatsApp gave it. */
	async write(text: string): Promise<string> {
		const { messageId } = await this.#api.ask<{ messageId: string }>('POST', `${this.#root}/messages`, { from: this.number, text });
		return messageId;
	}

	/** The next message that came and has these words in it; those before it are passed over. */
	async reads(words: string): Promise<OnScreen> {
		const find = async (): Promise<OnScreen | undefined> => {
			const came = (await this.screen()).filter(({ fromMe }) => !fromMe);
			const place = came.findIndex(({ content }, index) => index >= this.#seen && content.text?.includes(words));
			if (place >= 0) this.#seen = place + 1;
			return came[place];
		};
		const found = await within(PATIENCE_MS, find, LOOK_MS);
		if (found) return found;
		throw new Error(`${this.habits.name} (${this.number}) waited in vain for "${words}"`);
	}

	/** Oldest first. */
	async screen(): Promise<readonly OnScreen[]> {
		const { items } = await this.#api.ask<{ items: readonly OnScreen[] }>(
			'GET',
			`${this.#root}/phones/${this.number}/messages?limit=${SCREEN_MAX}`,
		);
		return items;
	}
}
