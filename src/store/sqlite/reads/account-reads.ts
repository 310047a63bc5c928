/** Reads accounts, their instances and applications, and their staff. The order of row ids is the order of creation. */
import type { Account, Application, Instance } from '../../../domain/account.ts';
import type { AccountReads } from '../../../ports/store.ts';
import { placeOf, toPage } from '../../shared/cursor.ts';
import type { Connection } from '../connection.ts';
import type { ReadCache } from './read-cache.ts';
import { categoriesOf, departmentsOf, operatorsOf } from './staff-reads.ts';

/** What accounts are asked for by, and what that is kept as. */
const ACCOUNT_BY = { id: 'accounts', token_hash: 'accounts by token' } as const;

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
		accounts: async (page) => {
			const after = placeOf(page)?.seq ?? 0;
			const rows = db.all<AccountRow>('SELECT * FROM accounts WHERE seq > ? ORDER BY seq LIMIT ?', after, page.limit + 1);
			return toPage(rows, page.limit, (row) => ({ key: 0, seq: row.seq }), toAccount);
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

interface AccountRow {
	readonly seq: number;
	readonly id: string;
	readonly name: string;
	readonly token_hash: string;
	readonly client_token_hash: string;
	readonly client_token_enforced: number;
	readonly created_at: number;
}

function toAccount(row: AccountRow): Account {
	return {
		id: row.id,
		name: row.name,
		tokenHash: row.token_hash,
		clientTokenHash: row.client_token_hash,
		clientTokenEnforced: row.client_token_enforced === 1,
		createdAt: row.created_at,
	};
}

interface InstanceRow {
	readonly id: string;
	readonly account_id: string;
	readonly name: string;
	readonly channel: Instance['channel'];
	readonly phone: string;
	readonly token_hash: string;
	readonly state: Instance['state'];
	readonly pacing_min_ms: number;
	readonly pacing_max_ms: number;
	readonly created_at: number;
}

function toInstance(row: InstanceRow): Instance {
	return {
		id: row.id,
		accountId: row.account_id,
		name: row.name,
		channel: row.channel,
		phone: row.phone,
		tokenHash: row.token_hash,
		state: row.state,
		pacing: { minMs: row.pacing_min_ms, maxMs: row.pacing_max_ms },
		createdAt: row.created_at,
	};
}

interface ApplicationRow {
	readonly id: string;
	readonly account_id: string;
	readonly instance_id: string;
	readonly name: string;
	readonly token_id: string;
	readonly webhook_id: string;
	readonly created_at: number;
}

function toApplication(row: ApplicationRow): Application {
	return {
		id: row.id,
		accountId: row.account_id,
		instanceId: row.instance_id,
		name: row.name,
		tokenId: row.token_id,
		webhookId: row.webhook_id,
		createdAt: row.created_at,
	};
}
