/** Reads accounts, their instances and applications, and their staff. The order of `seq` is the order of creation. */
import type { Account, Application, Instance } from '../../../domain/account.ts';
import type { AccountReads } from '../../../ports/accounts.ts';
import { LOOKED_AT_MAX, type Page, type PageRequest } from '../../../ports/pages.ts';
import { type AccountRow, type ApplicationRow, type InstanceRow, toAccount, toApplication, toInstance } from '../../shared/account-row.ts';
import { placeOf, toPage, upTo } from '../../shared/cursor.ts';
import { storable } from '../arrays.ts';
import type { Queries } from '../database.ts';
import { type Statement, statement } from '../statement.ts';
import type { ReadCache } from './read-cache.ts';
import { categoriesOf, departmentsOf, operatorsOf } from './staff-reads.ts';

const ACCOUNT: Statement = statement('account', 'SELECT * FROM accounts WHERE id = $1');
const ACCOUNT_BY_TOKEN_HASH: Statement = statement('account_by_token_hash', 'SELECT * FROM accounts WHERE token_hash = $1');
export const ACCOUNTS: Statement = statement('accounts', 'SELECT * FROM accounts WHERE seq > $1 ORDER BY seq LIMIT $2');
/** The last one that is looked at for a name; none where all are. */
export const ACCOUNTS_FLOOR: Statement = statement(
	'accounts_floor',
	`SELECT seq FROM accounts WHERE seq > $1 ORDER BY seq LIMIT 1 OFFSET ${LOOKED_AT_MAX - 1}`,
);
/** In small letters of all scripts, whatever the database's own locale is. */
export const ACCOUNTS_NAMED: Statement = statement(
	'accounts_named',
	`SELECT * FROM accounts WHERE seq > $1 AND seq <= $2 AND position($3 in lower(name COLLATE "und-x-icu")) > 0 ORDER BY seq LIMIT $4`,
);
const INSTANCE: Statement = statement('instance', 'SELECT * FROM instances WHERE id = $1');
const INSTANCES_OF: Statement = statement('instances_of', 'SELECT * FROM instances WHERE account_id = $1 ORDER BY seq');
const ALL_INSTANCES: Statement = statement('all_instances', 'SELECT * FROM instances ORDER BY seq');
const APPLICATION: Statement = statement('application', 'SELECT * FROM applications WHERE id = $1');
const APPLICATIONS_OF: Statement = statement('applications_of', 'SELECT * FROM applications WHERE account_id = $1 ORDER BY seq');

export function accountReads(db: Queries, cache: ReadCache): AccountReads {
	/** A token's hash is no account's id: both are keys of the same table. */
	const account = (by: Statement, value: string): Promise<Account | undefined> =>
		cache.get('accounts', value, async () => {
			const [row] = await db.query<AccountRow>(by, [value]);
			return row && toAccount(row);
		});
	const instances = async (of: Statement, ...values: string[]): Promise<readonly Instance[]> =>
		(await db.query<InstanceRow>(of, values)).map(toInstance);
	const applications = async (of: Statement, value: string): Promise<readonly Application[]> =>
		(await db.query<ApplicationRow>(of, [value])).map(toApplication);
	return {
		account: (id) => account(ACCOUNT, id),
		accountByTokenHash: (hash) => account(ACCOUNT_BY_TOKEN_HASH, hash),
		accounts: async (page, name) => {
			const after = placeOf(page)?.seq ?? 0;
			if (name === undefined) return listed(page, await db.query<AccountRow>(ACCOUNTS, [after, page.limit + 1]));
			const [floor] = await db.query<{ readonly seq: number }>(ACCOUNTS_FLOOR, [after]);
			const values = [after, floor?.seq ?? Number.MAX_SAFE_INTEGER, storable(name.toLowerCase()), page.limit + 1];
			return upTo(floor?.seq, listed(page, await db.query<AccountRow>(ACCOUNTS_NAMED, values)));
		},
		instance: (id) => cache.get('instances', id, async () => (await instances(INSTANCE, id))[0]),
		instancesOf: (accountId) => instances(INSTANCES_OF, accountId),
		allInstances: () => instances(ALL_INSTANCES),
		application: (id) => cache.get('applications', id, async () => (await applications(APPLICATION, id))[0]),
		applicationsOf: (accountId) => applications(APPLICATIONS_OF, accountId),
		departments: async (accountId) => (await cache.get('departments', accountId, () => departmentsOf(db, accountId))) ?? [],
		operators: async (accountId) => (await cache.get('operators', accountId, () => operatorsOf(db, accountId))) ?? [],
		categories: async (accountId) => (await cache.get('categories', accountId, () => categoriesOf(db, accountId))) ?? [],
	};
}

function listed(page: PageRequest, rows: readonly AccountRow[]): Page<Account> {
	return toPage(rows, page.limit, ({ seq }) => ({ key: 0, seq }), toAccount);
}
