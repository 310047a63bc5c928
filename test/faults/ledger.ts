/**
 * What the outside world knows: which messages were accepted and what arrived, written down by the load generator and the receivers in the
 * driver's process. It decides whether a fault was survived, so it shares no code with the gateway and believes nothing that the gateway
 * says of itself.
 *
 * A message is told apart by the chat and a number that grows with each message of the chat; both travel in its text.
 */
import { createHash } from 'node:crypto';

export interface LedgerWebhook {
	/** The path of its URL. */
	readonly path: string;
	/** `none`: its arrivals may come in any order. Default: in order per chat. */
	readonly order?: 'chat' | 'none';
}

export interface Arrival {
	/** The path at which it arrived. */
	readonly webhook: string;
	/** Its header `webhook-id`. */
	readonly id: string;
	readonly body: Buffer;
	/** The receiver treats it in a way that counts as delivered. */
	readonly isGood: boolean;
}

export interface LedgerOptions {
	/**
	 * A message that was never answered may be kept after the next one of its chat: that went to another gateway, or a database wrote only then what a
	 * killed one had asked it to write.
	 */
	readonly mayUnansweredComeLate?: boolean;
}

export interface Figures {
	readonly accepted: number;
	/** Different messages that arrived, over all webhooks. */
	readonly arrived: number;
	/** Good arrivals beyond the first of the same delivery. */
	readonly duplicates: number;
	readonly outOfOrder: number;
	readonly lost: number;
}

/** One message at one webhook. */
interface Entry {
	readonly id: string;
	readonly digest: string;
	goodArrivals: number;
}

/** Webhook and chat. */
interface Lane {
	/** The greatest number that arrived. */
	latest: number;
	readonly entries: Map<number, Entry>;
}

interface Chat {
	readonly known: Map<number, 'tried' | 'accepted' | 'refused'>;
}

const MARK = /ledger:([0-9]+)\/([0-9]+)/;
const FAULTS_KEPT = 20;

export class Ledger {
	readonly #webhooks = new Map<string, LedgerWebhook>();
	readonly #chats = new Map<string, Chat>();
	readonly #lanes = new Map<string, Lane>();
	readonly #faults: string[] = [];
	readonly #counts = new Map<string, { arrived: number; duplicates: number; outOfOrder: number }>();
	#accepted = 0;
	#faultCount = 0;
	readonly #options: LedgerOptions;

	constructor(webhooks: readonly LedgerWebhook[], options: LedgerOptions = {}) {
		this.#options = options;
		for (const webhook of webhooks) this.expect(webhook);
	}

	/** A webhook that is to get every message. */
	expect(webhook: LedgerWebhook): void {
		this.#webhooks.set(webhook.path, webhook);
		this.#counts.set(webhook.path, { arrived: 0, duplicates: 0, outOfOrder: 0 });
	}

	/** The text that a message has to have to be recognised. */
	text(chat: string, number: number): string {
		return `ledger:${chat}/${number} Olá, tudo bem? 🙂`;
	}

	/** It is about to be sent: unless something is said of it, it may arrive or not. */
	tried(chat: string, number: number): void {
		const { known } = this.#chat(chat);
		if (!known.has(number)) known.set(number, 'tried');
	}

	/** The gateway answered that it has it: it has to arrive. */
	accepted(chat: string, number: number): void {
		const { known } = this.#chat(chat);
		if (known.get(number) !== 'accepted') this.#accepted += 1;
		known.set(number, 'accepted');
	}

	/** The gateway answered that it did nothing: it must not arrive. */
	refused(chat: string, number: number): void {
		this.#chat(chat).known.set(number, 'refused');
	}

	arrived({ webhook, id, body, isGood }: Arrival): void {
		const [, chat = '', digits = ''] = MARK.exec(body.toString()) ?? [];
		const number = Number(digits);
		const counts = this.#counts.get(webhook);
		const state = this.#chats.get(chat)?.known.get(number);
		if (!counts || state === undefined) {
			this.#fault(`${webhook} got what nobody sent: ${body.toString().slice(0, 200)}`);
			return;
		}
		if (state === 'refused') this.#fault(`${webhook} got ${chat}/${number}, which was refused`);
		const digest = createHash('sha256').update(body).digest('hex');
		const lane = this.#lane(webhook, chat);
		const known = lane.entries.get(number);
		if (!known) {
			counts.arrived += 1;
			const mayComeLate = state === 'tried' && this.#options.mayUnansweredComeLate === true;
			if (!mayComeLate && !this.#isInTurn(webhook, lane, number)) {
				counts.outOfOrder += 1;
				this.#fault(`${webhook} got ${chat}/${number} (${state}) out of turn, the latest before was ${lane.latest}`);
			}
			lane.latest = Math.max(lane.latest, number);
			lane.entries.set(number, { id, digest, goodArrivals: isGood ? 1 : 0 });
			return;
		}
		if (known.id !== id) this.#fault(`${webhook} got ${chat}/${number} under two ids, ${known.id} and ${id}`);
		else if (known.digest !== digest) this.#fault(`${webhook} got ${id} with other bytes than before`);
		if (!isGood) return;
		if (known.goodArrivals > 0) counts.duplicates += 1;
		known.goodArrivals += 1;
	}

	/** What was accepted and has not arrived well, by webhook. */
	missing(path?: string): readonly string[] {
		const missing: string[] = [];
		for (const webhook of path === undefined ? this.#webhooks.keys() : [path]) {
			for (const [chat, { known }] of this.#chats) {
				const entries = this.#lanes.get(laneKey(webhook, chat))?.entries;
				for (const [number, state] of known) {
					if (state === 'accepted' && !entries?.get(number)?.goodArrivals) missing.push(`${webhook} ${chat}/${number}`);
				}
			}
		}
		return missing;
	}

	/** `webhook-id`s of what arrived well. */
	arrivedWell(): ReadonlySet<string> {
		const ids = new Set<string>();
		for (const { entries } of this.#lanes.values()) for (const { id, goodArrivals } of entries.values()) if (goodArrivals > 0) ids.add(id);
		return ids;
	}

	get webhookCount(): number {
		return this.#webhooks.size;
	}

	/** What was seen that must not be, in words; nothing missing is among it. */
	get faults(): readonly string[] {
		const more = this.#faultCount - this.#faults.length;
		return more > 0 ? [...this.#faults, `and ${more} more`] : this.#faults;
	}

	/** Of one webhook, or of all together. */
	figures(path?: string): Figures {
		const all = path === undefined ? [...this.#counts.values()] : [this.#counts.get(path)];
		const sum = (of: 'arrived' | 'duplicates' | 'outOfOrder'): number => all.reduce((total, counts) => total + (counts?.[of] ?? 0), 0);
		return {
			accepted: this.#accepted,
			arrived: sum('arrived'),
			duplicates: sum('duplicates'),
			outOfOrder: sum('outOfOrder'),
			lost: this.missing(path).length,
		};
	}

	/** The same knowledge, to go another way from now on. */
	fork(): Ledger {
		const fork = new Ledger([...this.#webhooks.values()], this.#options);
		for (const [chat, { known }] of this.#chats) fork.#chats.set(chat, { known: new Map(known) });
		for (const [key, { latest, entries }] of this.#lanes) {
			fork.#lanes.set(key, { latest, entries: new Map([...entries].map(([number, entry]) => [number, { ...entry }])) });
		}
		for (const [path, counts] of this.#counts) fork.#counts.set(path, { ...counts });
		fork.#accepted = this.#accepted;
		return fork;
	}

	/** Later than everything of its chat that arrived before it, and not before the latest of that was taken well. */
	#isInTurn(webhook: string, lane: Lane, number: number): boolean {
		if (this.#webhooks.get(webhook)?.order === 'none' || lane.latest < 0) return true;
		return number > lane.latest && (lane.entries.get(lane.latest)?.goodArrivals ?? 0) > 0;
	}

	#chat(chat: string): Chat {
		const known = this.#chats.get(chat);
		if (known) return known;
		const made: Chat = { known: new Map() };
		this.#chats.set(chat, made);
		return made;
	}

	#lane(webhook: string, chat: string): Lane {
		const key = laneKey(webhook, chat);
		const known = this.#lanes.get(key);
		if (known) return known;
		const made: Lane = { latest: -1, entries: new Map() };
		this.#lanes.set(key, made);
		return made;
	}

	#fault(words: string): void {
		this.#faultCount += 1;
		if (this.#faults.length < FAULTS_KEPT) this.#faults.push(words);
	}
}

function laneKey(webhook: string, chat: string): string {
	return `${webhook} ${chat}`;
}
