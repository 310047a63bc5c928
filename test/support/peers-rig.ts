/** Several processes that share one database, in one process: each with its connections, which can be cut, and with ears that keep what they heard. */
import type pg from 'pg';
import type { News, PeerEars } from '../../src/ports/peers.ts';
import { Database } from '../../src/store/postgres/database.ts';
import { migrate } from '../../src/store/postgres/migrate.ts';
import { PostgresPeers, type PostgresPeersParts } from '../../src/store/postgres/peers/postgres-peers.ts';
import type { Bound, SqlValue } from '../../src/store/postgres/statement.ts';
import { storeUnavailable } from '../../src/store/postgres/store-fault.ts';
import { FakeClock } from './fake-clock.ts';
import { startPostgres, type TestDatabase } from './postgres-server.ts';
import { until } from './waiting.ts';

/** What a test waits for comes within moments; a slow machine has its time. */
const WITHIN_MS = 60_000;

/** Long enough not to be lost on a slow machine by a test that is not about it, and for no heartbeat to come in the midst of one. */
export const LEASE_MS = 60_000;

export class PeersRig implements AsyncDisposable {
	readonly database: TestDatabase;
	readonly db: Database;
	readonly #members: Member[] = [];

	private constructor(database: TestDatabase) {
		this.database = database;
		this.db = connectTo(database.url);
	}

	static async open(): Promise<PeersRig> {
		const rig = new PeersRig(await (await startPostgres()).createDatabase());
		await rig.db.transaction((queries) => migrate(queries));
		return rig;
	}

	/** One that has joined. */
	async member(wish: Partial<PostgresPeersParts> = {}): Promise<Member> {
		const member = new Member(this.database.url, wish);
		this.#members.push(member);
		await member.peers.join();
		return member;
	}

	/** Several that know each other. */
	async members(count: number, wish: Partial<PostgresPeersParts> = {}): Promise<readonly Member[]> {
		const members: Member[] = [];
		for (let made = 0; made < count; made += 1) members.push(await this.member(wish));
		const tokens = members.map(({ peers }) => peers.self);
		await becomes('everybody to know everybody', () =>
			members.every(({ peers }) => peers.members.length === count && peers.members.every((one, index) => one === tokens[index])),
		);
		for (const member of members) member.forget();
		return members;
	}

	async rows<Row>(text: string, values: readonly SqlValue[] = []): Promise<readonly Row[]> {
		return this.db.query<Row>({ name: '', text }, values);
	}

	/** A delivery that this member has in hand. */
	async takeWork(seq: number, { peers }: Member): Promise<void> {
		const token = Number(peers.self);
		await this.rows(`INSERT INTO work (seq, webhook_id, lane_place, state, created_at, holder) VALUES ($1, 'whk_1', 0, 'sending', 0, $2)`, [
			seq,
			token,
		]);
	}

	async workOf(seq: number): Promise<WorkRow | undefined> {
		const [row] = await this.rows<WorkRow>('SELECT state, due_at, holder FROM work WHERE seq = $1', [seq]);
		return row;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await Promise.all(this.#members.map((member) => member[Symbol.asyncDispose]()));
		await this.db[Symbol.asyncDispose]();
		await this.database[Symbol.asyncDispose]();
	}
}

export interface WorkRow {
	readonly state: string;
	readonly due_at: number | null;
	readonly holder: number | null;
}

export class Member implements AsyncDisposable {
	readonly peers: PostgresPeers;
	readonly clock: FakeClock = new FakeClock();
	readonly heard: News[] = [];
	/** `lost` and `changed`, in their order. */
	readonly turns: string[] = [];
	readonly recordsTold: string[] = [];
	readonly troubles: { readonly where: string; readonly error: unknown }[] = [];
	readonly #line: CuttableDatabase;

	constructor(url: string, wish: Partial<PostgresPeersParts>) {
		this.#line = new CuttableDatabase(url);
		this.peers = new PostgresPeers({
			db: this.#line,
			clock: this.clock,
			leaseMs: LEASE_MS,
			isListening: true,
			name: 'test',
			records: { recordTold: (payload) => this.recordsTold.push(payload), hearingChanged: () => undefined },
			onTrouble: (where, error) => this.troubles.push({ where, error }),
			...wish,
		});
		const ears: PeerEars = {
			hear: (news) => this.heard.push(news),
			lost: () => this.turns.push('lost'),
			changed: () => this.turns.push('changed'),
		};
		this.peers.listen(ears);
	}

	get token(): number {
		return Number(this.peers.self);
	}

	has(kind: News['kind']): boolean {
		return this.heard.some((news) => news.kind === kind);
	}

	forget(): void {
		this.heard.length = 0;
		this.turns.length = 0;
	}

	/** As a process that hangs or is cut off: the database hears nothing more from it. */
	cut(): void {
		this.#line.cut();
	}

	mend(): void {
		this.#line.mend();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.peers[Symbol.asyncDispose]();
		await this.#line[Symbol.asyncDispose]();
	}
}

/** Rejects everything while it is cut off. */
class CuttableDatabase implements AsyncDisposable {
	readonly #db: Database;
	readonly #clients = new Set<pg.Client>();
	#isCut = false;

	constructor(url: string) {
		this.#db = connectTo(url);
	}

	cut(): void {
		this.#isCut = true;
		for (const client of this.#clients) client.connection.stream.destroy();
		this.#clients.clear();
	}

	mend(): void {
		this.#isCut = false;
	}

	async connect(given?: Partial<pg.ClientConfig>): Promise<pg.Client> {
		if (this.#isCut) throw new Error('cut off');
		const client = await this.#db.connect(given);
		this.#clients.add(client);
		return client;
	}

	async pipeline(bounds: readonly Bound[]): Promise<readonly (readonly unknown[])[]> {
		if (this.#isCut) throw storeUnavailable(new Error('cut off'));
		return this.#db.pipeline(bounds);
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.#db[Symbol.asyncDispose]();
	}
}

export function becomes(what: string, isTrue: () => boolean | Promise<boolean>): Promise<void> {
	return until(isTrue, { what, withinMs: WITHIN_MS });
}

function connectTo(url: string): Database {
	return new Database({ url, readersMax: 1, connectTimeoutMs: 10_000, statementTimeoutMs: 30_000, isPreparing: true });
}
