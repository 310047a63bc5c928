/**
 * Two whole gateways on one PostgreSQL, whatever the other tests run on, as two processes behind a load balancer are: each with its own address, its own
 * memory and connections, and with news of the other alone in common.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, type Answer, Gateway, type GatewayOptions, testEnvironment } from './gateway.ts';
import type { TestDatabase } from './postgres-server.ts';
import { createLaidOutDatabase } from './postgres-store.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { TransactionPooler } from './transaction-pooler.ts';

export type PairOptions = Pick<GatewayOptions, 'environment' | 'treat'>;

export interface Shop extends Account {
	/** The gateway that works its instance. */
	readonly owner: Gateway;
	readonly other: Gateway;
}

export class GatewayPair implements AsyncDisposable {
	readonly both: readonly [Gateway, Gateway];
	readonly #database: TestDatabase;
	readonly #building: AsyncDisposableStack;
	#turn = 0;

	constructor(both: readonly [Gateway, Gateway], database: TestDatabase, building: AsyncDisposableStack) {
		this.both = both;
		this.#database = database;
		this.#building = building;
	}

	get receiver(): Receiver {
		return this.both[0].receiver;
	}

	/** An account with one connected simulated instance, which stays where it is: both have their shares in turns. */
	async shop(name?: string): Promise<Shop> {
		this.#turn += 1;
		const [owner, other] = this.#turn % 2 === 0 ? this.both : this.both.toReversed();
		if (!owner || !other) throw new Error('there are two');
		const account = await owner.account(name);
		const rows = await this.#database.execute(OWNED);
		const isOwnedByFirst = rows.find((row) => row['instance'] === account.instance.id)?.['is_first'];
		if (isOwnedByFirst !== (owner === this.both[0])) throw new Error('it belongs to whoever made it');
		return { ...account, owner, other };
	}

	/** Both at the same moment; their answers in the order of `both`. */
	atOnce<T>(ask: (gateway: Gateway) => Promise<T>): Promise<readonly T[]> {
		return Promise.all(this.both.map(ask));
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#building.disposeAsync();
	}
}

/** Every instance and whether the first gateway has it: tokens grow in the order of joining. NULL where nobody has. */
const OWNED = `SELECT instances.id AS instance, token = (SELECT min(token) FROM processes) AS is_first
	FROM instances LEFT JOIN instance_owners ON instance_id = instances.id`;

export async function startPair({ environment, treat }: PairOptions = {}): Promise<GatewayPair> {
	await using building = new AsyncDisposableStack();
	const database = building.use(await createLaidOutDatabase());
	const receiver = building.use(await startReceiver(treat === undefined ? {} : { treat }));
	const isPooled = environment?.['RECADO_DATABASE_POOLER'] === 'transaction';
	const pooler = isPooled ? building.use(await TransactionPooler.before(database.url)) : undefined;
	const directory = await mkdtemp(join(tmpdir(), 'recado-pair-'));
	building.defer(() => rm(directory, { recursive: true, force: true }));
	const caFile = join(directory, 'ca.pem');
	await writeFile(caFile, receiver.ca);
	const start = async (): Promise<Gateway> => {
		const gateway = new Gateway({
			...{ receiver, directory, clocks: {} },
			place: database,
			environment: {
				...testEnvironment(caFile),
				RECADO_DATABASE_URL: pooler?.url(database.url) ?? database.url,
				// Not to be lost on a slow machine by a test that is not about it.
				RECADO_LEASE: '60s',
				...environment,
			},
		});
		building.defer(() => gateway.stop());
		await gateway.start();
		return gateway;
	};
	const both = [await start(), await start()] as const;
	return new GatewayPair(both, database, building.move());
}

/** What an answer says, but for the name of its occurrence. */
export function told({ status, body }: Answer): Pick<Answer, 'status' | 'body'> {
	return { status, body: typeof body === 'object' && body !== null && 'code' in body ? { ...body, instance: undefined } : body };
}
