/** A PostgreSQL database as something to be copied from or into: all of it in one transaction, while no gateway works on it. */
import { RecadoError } from '../../../errors.ts';
import type { TableDump, TransferStore } from '../../../ports/transfer.ts';
import { Database, type DatabaseOptions, type Queries } from '../database.ts';
import { migrate } from '../migrate.ts';
import { type Statement, statement } from '../statement.ts';
import { PostgresTables } from './postgres-tables.ts';

/** Everything is read as it was at one moment. */
const ONE_MOMENT: Statement = statement('', 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
/** Whoever wants to join waits until this is over. */
const NOBODY_JOINS: Statement = statement('', 'LOCK TABLE processes IN EXCLUSIVE MODE');
const MEMBERS: Statement = statement('', 'SELECT 1 FROM processes WHERE lease_until > clock_timestamp()');

export class PostgresTransfer implements TransferStore {
	readonly #options: Omit<DatabaseOptions, 'readersMax'>;

	constructor(options: Omit<DatabaseOptions, 'readersMax'>) {
		this.#options = options;
	}

	async open<T>(work: (tables: TableDump) => Promise<T>): Promise<T> {
		await using db = this.#connect();
		await db.patiently((queries) => migrate(queries));
		return await db.patiently(async (queries) => {
			await queries.query(ONE_MOMENT);
			await refuseMembers(queries);
			return work(new PostgresTables(queries));
		});
	}

	async migrate(): Promise<void> {
		await using db = this.#connect();
		await db.patiently((queries) => migrate(queries));
	}

	#connect(): Database {
		return new Database({ ...this.#options, readersMax: 0 });
	}
}

async function refuseMembers(queries: Queries): Promise<void> {
	await queries.query(NOBODY_JOINS);
	const members = await queries.query(MEMBERS);
	if (members.length > 0) throw new RecadoError('store_in_use');
}
