/**
 * A pooler before the PostgreSQL server of the tests that does what PgBouncer does in transaction mode, and as badly as it may: few sessions of the server,
 * a transaction on whichever has rested for longest, what else belongs to a session (prepared statements, LISTEN, settings) with whoever comes next, and no
 * settings at the start of a connection.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Few, so that they are shared. */
const SESSIONS_MAX = 3;

const PROTOCOL = 196_608;
/** What PgBouncer lets through to be told of a connection. */
const TAKEN = ['user', 'database', 'application_name', 'client_encoding'];

/** A message: its kind (a byte), its length but for the kind (four bytes), and the rest. */
const HEAD_BYTES = 5;
const AUTHENTICATED = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0]);
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);
const IDLE = 0x49;
const ASKS = { simply: 0x51, sync: 0x53 };
const TELLS = { ready: 0x5a, notification: 0x41 };
const ENDS = 0x58;

export class TransactionPooler implements AsyncDisposable {
	readonly #listener: Server;
	readonly #serverPort: number;
	/** By what the server is told at the start. */
	readonly #pools = new Map<string, Pool>();
	readonly #clients = new Set<Socket>();

	private constructor(serverPort: number) {
		this.#serverPort = serverPort;
		this.#listener = createServer((socket) => this.#serve(socket));
	}

	/** Before the server of this address. */
	static async before(url: string): Promise<TransactionPooler> {
		const pooler = new TransactionPooler(Number(new URL(url).port));
		pooler.#listener.listen(0, '127.0.0.1');
		await once(pooler.#listener, 'listening');
		return pooler;
	}

	/** The same database, through it. */
	url(direct: string): string {
		const url = new URL(direct);
		url.port = String((this.#listener.address() as AddressInfo).port);
		return url.href;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#listener.close();
		for (const client of this.#clients) client.destroy();
		for (const pool of this.#pools.values()) pool.close();
	}

	#serve(socket: Socket): void {
		this.#clients.add(socket);
		socket.on('close', () => this.#clients.delete(socket));
		socket.on('error', () => socket.destroy());
		let begun = Buffer.alloc(0);
		const begin = (chunk: Buffer): void => {
			begun = Buffer.concat([begun, chunk]);
			if (begun.length < 4 || begun.length < begun.readInt32BE(0)) return;
			socket.off('data', begin);
			this.#admit(socket, begun);
		};
		socket.on('data', begin);
	}

	#admit(socket: Socket, startup: Buffer): void {
		const words = startup.toString('utf8', 8).split('\0');
		const unknown = words.find((word, index) => index % 2 === 0 && word !== '' && !TAKEN.includes(word));
		if (startup.readInt32BE(4) !== PROTOCOL || unknown !== undefined) {
			socket.end(refusal(`unsupported startup parameter: ${unknown}`));
			return;
		}
		const key = startup.toString('latin1');
		const pool = this.#pools.get(key) ?? new Pool(this.#serverPort, startup);
		this.#pools.set(key, pool);
		socket.write(Buffer.concat([AUTHENTICATED, READY]));
		new Client(socket, pool);
	}
}

function refusal(words: string): Buffer {
	const fields = Buffer.from(`SFATAL\0C08P01\0M${words}\0\0`);
	const head = Buffer.alloc(HEAD_BYTES);
	head.write('E');
	head.writeInt32BE(fields.length + 4, 1);
	return Buffer.concat([head, fields]);
}

/** Cuts what comes in any pieces into messages. */
class Messages {
	#rest = Buffer.alloc(0);

	take(chunk: Buffer): readonly Buffer[] {
		this.#rest = Buffer.concat([this.#rest, chunk]);
		const messages: Buffer[] = [];
		while (this.#rest.length >= HEAD_BYTES) {
			const end = 1 + this.#rest.readInt32BE(1);
			if (this.#rest.length < end) break;
			messages.push(this.#rest.subarray(0, end));
			this.#rest = this.#rest.subarray(end);
		}
		return messages;
	}
}

/** A connection of a gateway. It has a session from its first message on until everything is answered and no transaction is open. */
class Client {
	readonly #socket: Socket;
	readonly #pool: Pool;
	readonly #messages = new Messages();
	#waiting: Buffer[] = [];
	#session: Session | undefined;
	#isAsking = false;
	#unanswered = 0;

	constructor(socket: Socket, pool: Pool) {
		this.#socket = socket;
		this.#pool = pool;
		socket.on('data', (chunk: Buffer) => this.#take(chunk));
		socket.on('close', () => this.#session?.end());
	}

	tell(message: Buffer): void {
		this.#socket.write(message);
		if (message[0] !== TELLS.ready) return;
		this.#unanswered -= 1;
		if (this.#unanswered > 0 || message[HEAD_BYTES] !== IDLE) return;
		const session = this.#session;
		this.#session = undefined;
		if (session) this.#pool.giveBack(session);
	}

	lost(): void {
		this.#session = undefined;
		this.#socket.destroy();
	}

	#take(chunk: Buffer): void {
		for (const message of this.#messages.take(chunk)) {
			if (message[0] === ENDS) {
				this.#socket.end();
				return;
			}
			if (message[0] === ASKS.simply || message[0] === ASKS.sync) this.#unanswered += 1;
			if (this.#session) this.#session.ask(message);
			else this.#waiting.push(message);
		}
		if (this.#waiting.length > 0 && !this.#isAsking) this.#wantSession();
	}

	#wantSession(): void {
		this.#isAsking = true;
		this.#pool.lend((session) => {
			this.#isAsking = false;
			if (this.#socket.destroyed) {
				this.#pool.giveBack(session);
				return;
			}
			this.#session = session;
			session.client = this;
			for (const message of this.#waiting.splice(0)) session.ask(message);
		});
	}
}

type Borrower = (session: Session) => void;

class Pool {
	readonly #port: number;
	readonly #startup: Buffer;
	readonly #sessions = new Set<Session>();
	/** The one that has rested for longest first. */
	readonly #resting: Session[] = [];
	readonly #queue: Borrower[] = [];
	#isClosed = false;

	constructor(port: number, startup: Buffer) {
		this.#port = port;
		this.#startup = startup;
	}

	lend(borrower: Borrower): void {
		this.#queue.push(borrower);
		this.#serve();
	}

	giveBack(session: Session): void {
		session.client = undefined;
		this.#resting.push(session);
		this.#serve();
	}

	close(): void {
		this.#isClosed = true;
		for (const session of this.#sessions) session.end();
	}

	#serve(): void {
		if (this.#isClosed) return;
		if (this.#queue.length > 0 && this.#sessions.size < SESSIONS_MAX) this.#open();
		for (;;) {
			const [session] = this.#resting;
			const [borrower] = this.#queue;
			if (!session || !borrower) return;
			this.#resting.shift();
			this.#queue.shift();
			borrower(session);
		}
	}

	#open(): void {
		const session = new Session(this.#port, this.#startup);
		this.#sessions.add(session);
		session.onReady = () => this.giveBack(session);
		session.onEnd = () => {
			this.#sessions.delete(session);
			const index = this.#resting.indexOf(session);
			if (index >= 0) this.#resting.splice(index, 1);
			this.#serve();
		};
	}
}

/** A session of the server. */
class Session {
	client: Client | undefined;
	onReady: () => void = () => undefined;
	onEnd: () => void = () => undefined;
	readonly #socket: Socket;
	readonly #messages = new Messages();
	#isReady = false;

	constructor(port: number, startup: Buffer) {
		this.#socket = connect(port, '127.0.0.1', () => this.#socket.write(startup));
		this.#socket.on('data', (chunk: Buffer) => this.#take(chunk));
		this.#socket.on('error', () => this.#socket.destroy());
		this.#socket.on('close', () => {
			this.client?.lost();
			this.onEnd();
		});
	}

	ask(message: Buffer): void {
		this.#socket.write(message);
	}

	end(): void {
		this.#socket.destroy();
	}

	#take(chunk: Buffer): void {
		for (const message of this.#messages.take(chunk)) {
			if (this.#isReady) {
				// Whoever listens has no session by then.
				if (message[0] !== TELLS.notification) this.client?.tell(message);
			} else if (message[0] === TELLS.ready) {
				this.#isReady = true;
				this.onReady();
			}
		}
	}
}
