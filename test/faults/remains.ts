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
	const count = async (what: string): Promise<number> =>
		Number((await database.execute(`SELECT count(*) AS count FROM ${what}`))[0]?.['count']);
	const faults: string[] = [];
	const sending = await count("work WHERE state = 'sending' OR holder IS NOT NULL");
	if (sending !== 0) faults.push(`${sending} deliveries are left as sending by a stop`);
	const processes = await count('processes');
	if (processes !== 0) faults.push(`${processes} processes that stopped count as alive`);
	return faults;
}
