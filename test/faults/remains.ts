/** What gateways leave behind when they have stopped, looked at without them: files of SQLite, or a database. */
import { DatabaseSync } from 'node:sqlite';
import type { TestDatabase } from '../support/postgres-server.ts';

/** They are sound, and nothing in them is on its way. */
export function auditFiles(file: string): string[] {
	using database = new DatabaseSync(file, { readOnly: true });
	const faults: string[] = [];
	const { sound } = database.prepare('SELECT integrity_check AS sound FROM pragma_integrity_check').get() ?? {};
	if (sound !== 'ok') faults.push(`the database is damaged: ${sound}`);
	const { sending } = database.prepare("SELECT count(*) AS sending FROM deliveries WHERE state = 'sending'").get() ?? {};
	if (sending !== 0) faults.push(`${sending} deliveries are left as sending by a stop`);
	return faults;
}

/** Nothing is on its way, and nobody counts as alive. */
export async function auditDatabase(database: TestDatabase): Promise<string[]> {
	const faults: string[] = [];
	const sending = await count(database, "work WHERE state = 'sending' OR holder IS NOT NULL");
	if (sending !== 0) faults.push(`${sending} deliveries are left as sending by a stop`);
	const processes = await membersIn(database);
	if (processes !== 0) faults.push(`${processes} processes that stopped count as alive`);
	return faults;
}

/** How many processes count as alive: killed ones do until somebody takes over from them. */
export async function membersIn(database: TestDatabase): Promise<number> {
	return await count(database, 'processes');
}

async function count(database: TestDatabase, what: string): Promise<number> {
	return Number((await database.execute(`SELECT count(*) AS count FROM ${what}`))[0]?.['count']);
}
