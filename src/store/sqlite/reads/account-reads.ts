/** Reads accounts, their instances and applications, and their staff. The order of row ids is the order of creation. */
import type { Account, Application, Instance } from '../../../domain/account.ts';
import type { AccountReads } from '../../../ports/accounts.ts';
import { LOOKED_AT_MAX, type Page, type PageRequest } from '../../../ports/pages.ts';
import { type AccountRow, type ApplicationRow, type InstanceRow, toAccount, toApplication, toInstance } from '../../shared/account-row.ts';
import { placeOf, toPage, upTo } from '../../shared/cursor.ts';
import type { Connection } from '../connection.ts';
import type { ReadCache } from './read-cache.ts';
import { categoriesOf, departmentsOf, operatorsOf } from './staff-reads.ts';

/** What accounts are asked for by, and what that is kept as. */
const ACCOUNT_BY = { id: 'accounts', token_hash: 'accounts by token' } as const;

export const ACCOUNTS = 'SELECT * FROM accounts WHERE seq > ? ORDER BY seq LIMIT ?';
/** The last one that is looked at for a name; none where all are. */
export const ACCOUNTS_FLOOR: string = `SELECT seq FROM accounts WHERE seq > ? ORDER BY seq LIMIT 1 OFFSET ${LOOKED_AT_MAX - 1}`;
export const ACCOUNTS_NAMED = 'SELECT * FROM accounts WHERE seq > ? AND seq <= ? AND contains_text(name, ?) ORDER BY seq LIMIT ?';

export function accountReads(db: Connection, cache: ReadCache): AccountReads {
	const account = (where: keyof typeof ACCOUNT_BY, value: string): Account | undefined => {
		const read = (): Account | undefined => {
			const row = db.get<AccountRow>(`SELECT * FROM accounts WHERE ${where} = ?`, value);
			return row && toAccount(row);
		};
		return cache.get(ACCOUNT_BY[where], value, read);
	};
	const instances = (where: string, ...values: string[]): readonly Instance[] =>
		db.all<InstanceRow>(`SELECT * FROM instances ${where} ORDER BY seq`, ...values).map(toInstance);
	const applications = (where: string, value: string): readonly Application[] =>
		db.all<ApplicationRow>(`SELECT * FROM applications WHERE ${where} = ? ORDER BY seq`, value).map(toApplication);
	return {
		account: async (id) => account('id', id),
		accountByTokenHash: async (hash) => account('token_hash', hash),
		accounts: async (page, name) => {
			const after = placeOf(page)?.seq ?? 0;
			if (name === undefined) return listed(page, db.all<AccountRow>(ACCOUNTS, after, page.limit + 1));
			const floor = db.get<{ readonly seq: number }>(ACCOUNTS_FLOOR, after)?.seq;
			const last = floor ?? Number.MAX_SAFE_INTEGER;
			return upTo(floor, listed(page, db.all<AccountRow>(ACCOUNTS_NAMED, after, last, name.toLowerCase(), page.limit + 1)));
		},
		instance: async (id) => cache.get('instances', id, () => instances('WHERE id = ?', id)[0]),
		instancesOf: async (accountId) => instances('WHERE account_id = ?', accountId),
		allInstances: async () => instances(''),
		application: async (id) => cache.get('applications', id, () => applications('id', id)[0]),
		applicationsOf: async (accountId) => applications('account_id', accountId),
		departments: async (accountId) => cache.get('departments', accountId, () => departmentsOf(db, accountId)) ?? [],
		operators: async (accountId) => cache.get('operators', accountId, () => operatorsOf(db, accountId)) ?? [],
		categories: async (accountId) => cache.get('categories', accountId, () => categoriesOf(db, accountId)) ?? [],
	};
}

function listed(page: PageRequest, rows: readonly AccountRow[]): Page<Account> {
	return toPage(rows, page.limit, ({ seq }) => ({ key: 0, seq }), toAccount);
}
