/** A reader of the live stream, as a browser's: its messages as they come, and whether it has ended. */
import { Client, type Dispatcher } from 'undici';
import { until } from './waiting.ts';

/** What is told comes within moments; a slow machine has its time. */
const WITHIN_MS = 60_000;

export interface LiveTold {
	readonly event: string;
	readonly id: string | undefined;
	// biome-ignore lint/suspicious/noExplicitAny: tests look into messages of every kind
	readonly data: any;
}

export class LiveReader implements AsyncDisposable {
	readonly told: LiveTold[] = [];
	readonly status: number;
	readonly headers: Dispatcher.ResponseData['headers'];
	/** The place that was told last. */
	place: string | undefined;
	hasEnded = false;
	readonly #client: Client;
	readonly #reading: Promise<void>;

	constructor(client: Client, { statusCode, headers, body }: Dispatcher.ResponseData) {
		this.#client = client;
		this.status = statusCode;
		this.headers = headers;
		this.#reading = this.#read(body).catch(() => undefined);
	}

	/** All items of one kind. */
	// biome-ignore lint/suspicious/noExplicitAny: tests look into items of every kind
	items(kind: string): readonly any[] {
		return this.told.filter(({ event }) => event === kind).flatMap(({ data }) => data.items);
	}

	/** Rejects where nothing of the kind came in time that is so. */
	// biome-ignore lint/suspicious/noExplicitAny: tests look into messages of every kind
	async hears(kind: string, what: string, isIt: (data: any) => boolean): Promise<void> {
		await until(() => this.told.some(({ event, data }) => event === kind && isIt(data)), { what, withinMs: WITHIN_MS });
	}

	async #read(body: AsyncIterable<Buffer>): Promise<void> {
		let text = '';
		try {
			for await (const chunk of body) {
				text += chunk.toString('utf8');
				const blocks = text.split('\n\n');
				text = blocks.pop() ?? '';
				for (const block of blocks) this.#take(block);
			}
		} finally {
			this.hasEnded = true;
		}
	}

	#take(block: string): void {
		const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
		this.place = fields.get('id') ?? this.place;
		const [event, data] = [fields.get('event'), fields.get('data')];
		if (event !== undefined && data !== undefined) this.told.push({ event, id: fields.get('id'), data: JSON.parse(data) });
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#client.destroy();
		await this.#reading;
	}
}

/** Resolves when the stream says where it is: what happens from then on is told. A refusal is answered as it is. */
export async function readLive(origin: string, query: string, headers: Readonly<Record<string, string>>): Promise<LiveReader> {
	const client = new Client(origin, { bodyTimeout: 0 });
	const response = await client.request({ method: 'GET', path: `/recado/v1/stream${query}`, headers });
	const reader = new LiveReader(client, response);
	if (reader.status === 200) await until(() => reader.place !== undefined, { what: 'the stream to say where it is', withinMs: WITHIN_MS });
	return reader;
}
