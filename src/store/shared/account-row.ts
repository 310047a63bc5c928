/** Rows of `accounts`, `instances` and `applications`, and what they are. */
import type { Account, Application, Instance } from '../../domain/account.ts';
import { type Flag, isSet } from './row-values.ts';

export interface AccountRow {
	readonly seq: number;
	readonly id: string;
	readonly name: string;
	readonly token_hash: string;
	readonly client_token_hash: string;
	readonly client_token_enforced: Flag;
	readonly created_at: number;
}

export function toAccount(row: AccountRow): Account {
	return {
		id: row.id,
		name: row.name,
		tokenHash: row.token_hash,
		clientTokenHash: row.client_token_hash,
		clientTokenEnforced: isSet(row.client_token_enforced),
		createdAt: row.created_at,
	};
}

export interface InstanceRow {
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

export function toInstance(row: InstanceRow): Instance {
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

export interface ApplicationRow {
	readonly id: string;
	readonly account_id: string;
	readonly instance_id: string;
	readonly name: string;
	readonly token_id: string;
	readonly webhook_id: string;
	readonly created_at: number;
}

export function toApplication(row: ApplicationRow): Application {
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
