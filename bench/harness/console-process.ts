/**
 * Consoles that stand open, in a process of their own: listens, asks and throws away what it is told. It reads no more of that than it must, which is a few
 * words in the bytes, so that it takes little of the processors that it shares with the gateway; how much that is it tells.
 */
import { Client, Pool } from 'undici';
import { answerOrders } from './child.ts';
import type { Look, Tab } from './console-tabs.ts';

export type ConsoleOrder =
	/** Answered once each tab listens and has all that it asks when it opens. */
	| {
			readonly kind: 'open';
			readonly origin: string;
			readonly tabs: readonly Tab[];
			/** From 0 to 1: by how much of its interval each tab is ahead with what it looks at again and again. */
			readonly shift: number;
	  }
	| { readonly kind: 'report' };

/** Since the process began. */
export interface ConsoleReport {
	readonly requests: number;
	/** Of answers and of streams, without their heads. */
	readonly bytes: number;
	readonly streamEvents: number;
	/** Requests, and streams that ended, by what went wrong with them; the first few. */
	readonly faults: readonly string[];
	readonly processorMs: number;
}

/** Of the six that a browser has to one address its stream takes one. */
const CONNECTIONS = 5;
const FAULTS_TOLD = 3;
const EVENT = Buffer.from('event: ');
const CHAT = Buffer.from('"chatId":"');
const CHAT_ID_LENGTH = 36;
/** As many rows as a tail shows with each message of its stream, and how long it gathers whom to ask for. */
const ROWS_SHOWN = 5;
const NAMED_AFTER_MS = 250;

const total = { requests: 0, bytes: 0, streamEvents: 0, faults: [] as string[] };

class OpenTab {
	readonly #tab: Tab;
	readonly #origin: string;
	readonly #pool: Pool;
	readonly #hearing: readonly (readonly [news: Buffer, hear: () => void])[];
	readonly #met = new Set<string>();
	#lacking: string[] = [];

	constructor(origin: string, tab: Tab) {
		this.#tab = tab;
		this.#origin = origin;
		this.#pool = new Pool(origin, { connections: CONNECTIONS, pipelining: 1 });
		this.#hearing = tab.looks.flatMap((look) => {
			if (look.upon === undefined) return [];
			const { news, how, ms } = look.upon;
			const ask = (): void => void this.#askAll(look);
			return [[Buffer.from(news), how === 'throttled' ? throttled(ask, ms) : gathered(ask, ms)] as const];
		});
	}

	/** @param place from 0 to 1: of tabs that look as often none looks when another does. */
	async open(place: number): Promise<void> {
		await this.#listen();
		await Promise.all([...this.#tab.once.map((path) => this.#ask(path)), ...this.#tab.looks.map((look) => this.#askAll(look))]);
		for (const look of this.#tab.looks) {
			const { everyMs } = look;
			if (everyMs === undefined) continue;
			setTimeout(() => {
				void this.#askAll(look);
				setInterval(() => void this.#askAll(look), everyMs);
			}, everyMs * place);
		}
	}

	async #listen(): Promise<void> {
		const { stream, headers } = this.#tab;
		const client = new Client(this.#origin, { bodyTimeout: 0 });
		const { statusCode, body } = await client.request({ method: 'GET', path: stream, headers });
		if (statusCode !== 200) throw new Error(`${stream} was answered ${statusCode}: ${await body.text()}`);
		body.on('data', (chunk: Buffer) => this.#hear(chunk));
		body.on('error', (error) => failed(`${stream}: ${error.message}`));
		body.on('end', () => failed(`${stream} ended`));
	}

	#hear(chunk: Buffer): void {
		total.bytes += chunk.length;
		for (let at = chunk.indexOf(EVENT); at >= 0; at = chunk.indexOf(EVENT, at + EVENT.length)) total.streamEvents += 1;
		for (const [news, hear] of this.#hearing) if (chunk.includes(news)) hear();
		if (this.#tab.namesChats) this.#meet(chunk);
	}

	#meet(chunk: Buffer): void {
		let at = chunk.indexOf(CHAT);
		for (let row = 0; row < ROWS_SHOWN && at >= 0; row += 1) {
			const from = at + CHAT.length;
			const id = chunk.toString('latin1', from, from + CHAT_ID_LENGTH);
			at = chunk.indexOf(CHAT, from);
			if (id.length < CHAT_ID_LENGTH || this.#met.has(id)) continue;
			this.#met.add(id);
			this.#lacking.push(id);
			if (this.#lacking.length === 1) setTimeout(() => this.#name(), NAMED_AFTER_MS);
		}
	}

	#name(): void {
		const ids = this.#lacking;
		this.#lacking = [];
		void this.#ask(`/recado/v1/chats/by-id?ids=${ids.join('%2C')}`);
	}

	async #askAll({ asks }: Look): Promise<void> {
		await Promise.all(asks.map((path) => this.#ask(path)));
	}

	async #ask(wish: string): Promise<void> {
		const [path = '', method] = wish.split(' ').toReversed();
		const { headers } = this.#tab;
		total.requests += 1;
		try {
			const isWrite = method === 'POST';
			const answer = await this.#pool.request({ path, headers, ...(isWrite ? { method, body: '{}' } : { method: 'GET' }) });
			for await (const chunk of answer.body) total.bytes += (chunk as Buffer).length;
			if (answer.statusCode > 299) failed(`${wish} was answered ${answer.statusCode}`);
		} catch (error) {
			failed(`${wish}: ${String(error)}`);
		}
	}
}

/** At once, and then no sooner than so much later, for all that came meanwhile. */
function throttled(act: () => void, ms: number): () => void {
	let [isResting, isWanted] = [false, false];
	const go = (): void => {
		[isResting, isWanted] = [true, false];
		act();
		setTimeout(() => {
			isResting = false;
			if (isWanted) go();
		}, ms);
	};
	return () => {
		if (isResting) isWanted = true;
		else go();
	};
}

/** So long after the first, for all that came meanwhile. */
function gathered(act: () => void, ms: number): () => void {
	let isWaiting = false;
	return () => {
		if (isWaiting) return;
		isWaiting = true;
		setTimeout(() => {
			isWaiting = false;
			act();
		}, ms);
	};
}

function failed(fault: string): void {
	if (total.faults.length < FAULTS_TOLD) total.faults.push(fault);
}

answerOrders<ConsoleOrder>(async (order) => {
	if (order.kind === 'open') {
		const { origin, tabs, shift } = order;
		await Promise.all(tabs.map((tab, n) => new OpenTab(origin, tab).open(((n + 1) / tabs.length + shift) % 1)));
	}
	const { user, system } = process.cpuUsage();
	return { ...total, processorMs: (user + system) / 1_000 } satisfies ConsoleReport;
});
