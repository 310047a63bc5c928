/** Customers who write, so many messages a second, to a gateway of a test: what is owed by the clock is sent, as many at once as it takes. */
import { Pool } from 'undici';
import { type Account, ADMIN_TOKEN, type Gateway } from '../../support/gateway.ts';
import { pause } from '../../support/waiting.ts';

export interface LoadWish {
	readonly account: Account;
	readonly perSecond: number;
}

/** How often it is worked out what is owed. */
const TURN_MS = 20;
const CONNECTIONS = 16;
/** They write in turn, each in a chat of their own. */
const CUSTOMERS = 50;
/** A gateway that cannot keep up is not buried: it is given no more than this ahead. */
const IN_FLIGHT_MAX = 128;

export class SteadyLoad implements AsyncDisposable {
	readonly #pool: Pool;
	readonly #wish: LoadWish;
	#isOver = false;
	#inFlight = 0;
	#running: Promise<void> = Promise.resolve();
	/** Messages that the gateway took. */
	accepted = 0;

	private constructor(gateway: Gateway, wish: LoadWish) {
		this.#pool = new Pool(gateway.address, { connections: CONNECTIONS, pipelining: 1 });
		this.#wish = wish;
	}

	static start(gateway: Gateway, wish: LoadWish): SteadyLoad {
		const load = new SteadyLoad(gateway, wish);
		load.#running = load.#run();
		return load;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#isOver = true;
		await this.#running;
		await this.#pool.close();
	}

	async #run(): Promise<void> {
		const begunAt = performance.now();
		let sent = 0;
		while (!this.#isOver) {
			const owed = ((performance.now() - begunAt) / 1_000) * this.#wish.perSecond;
			while (sent < owed && this.#inFlight < IN_FLIGHT_MAX) {
				void this.#write(sent);
				sent += 1;
			}
			await pause(TURN_MS);
		}
	}

	async #write(number: number): Promise<void> {
		this.#inFlight += 1;
		try {
			const { body, statusCode } = await this.#pool.request({
				method: 'POST',
				path: `/recado/v1/simulator/${this.#wish.account.instance.id}/messages`,
				headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
				body: JSON.stringify({ from: `55449990000${String(number % CUSTOMERS).padStart(2, '0')}`, text: `Pedido ${number}` }),
			});
			await body.dump();
			if (statusCode === 202) this.accepted += 1;
		} finally {
			this.#inFlight -= 1;
		}
	}
}
