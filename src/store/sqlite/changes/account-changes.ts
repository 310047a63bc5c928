/** Writes accounts, instances and applications. Ids and token hashes are unique: a second one is refused as `exists`. */
import type { SQLInputValue } from 'node:sqlite';
import type { Account, Application, Instance } from '../../../domain/account.ts';
import type { InstanceUpdate } from '../../../ports/changes.ts';
import { toFlag } from '../../shared/row-values.ts';
import type { Connection } from '../connection.ts';
import { type Refusal, refusedUnless } from './conflict.ts';

const INSERT_ACCOUNT = `
	INSERT INTO accounts (name, token_hash, client_token_hash, client_token_enforced, created_at, id)
	VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`;
const PUT_ACCOUNT = `
	UPDATE OR IGNORE accounts SET name = ?, token_hash = ?, client_token_hash = ?, client_token_enforced = ?, created_at = ? WHERE id = ?`;

export function insertAccount(db: Connection, account: Account): Refusal {
	return refusedUnless(db.run(INSERT_ACCOUNT, ...accountValues(account)), 'exists');
}

export function putAccount(db: Connection, account: Account): Refusal {
	const changed = db.run(PUT_ACCOUNT, ...accountValues(account));
	return changed === 0 ? whyNot(db, 'SELECT 1 FROM accounts WHERE id = ?', account.id) : undefined;
}

function accountValues(account: Account): SQLInputValue[] {
	const { name, tokenHash, clientTokenHash, clientTokenEnforced, createdAt, id } = account;
	return [name, tokenHash, clientTokenHash, toFlag(clientTokenEnforced), createdAt, id];
}

const INSERT_INSTANCE = `
	INSERT INTO instances (account_id, name, channel, phone, token_hash, state, pacing_min_ms, pacing_max_ms, created_at, id)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`;
const UPDATE_INSTANCE = `
	UPDATE instances SET name = coalesce(?, name), state = coalesce(?, state),
		pacing_min_ms = coalesce(?, pacing_min_ms), pacing_max_ms = coalesce(?, pacing_max_ms)
	WHERE id = ?`;

export function insertInstance(db: Connection, instance: Instance): Refusal {
	const { accountId, name, channel, phone, tokenHash, state, pacing, createdAt, id } = instance;
	const values = [accountId, name, channel, phone, tokenHash, state, pacing.minMs, pacing.maxMs, createdAt, id];
	return refusedUnless(db.run(INSERT_INSTANCE, ...values), 'exists');
}

export function updateInstance(db: Connection, id: string, { name, pacing, state }: InstanceUpdate): Refusal {
	const updated = db.run(UPDATE_INSTANCE, name ?? null, state ?? null, pacing?.minMs ?? null, pacing?.maxMs ?? null, id);
	return refusedUnless(updated, 'missing');
}

const INSERT_APPLICATION = `
	INSERT INTO applications (account_id, instance_id, name, token_id, webhook_id, created_at, id)
	VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`;
const PUT_APPLICATION = `
	UPDATE OR IGNORE applications SET account_id = ?, instance_id = ?, name = ?, token_id = ?, webhook_id = ?, created_at = ? WHERE id = ?`;

export function insertApplication(db: Connection, application: Application): Refusal {
	return refusedUnless(db.run(INSERT_APPLICATION, ...applicationValues(application)), 'exists');
}

export function putApplication(db: Connection, application: Application): Refusal {
	const changed = db.run(PUT_APPLICATION, ...applicationValues(application));
	return changed === 0 ? whyNot(db, 'SELECT 1 FROM applications WHERE id = ?', application.id) : undefined;
}

export function deleteApplication(db: Connection, id: string): void {
	db.run('DELETE FROM applications WHERE id = ?', id);
}

function applicationValues(application: Application): SQLInputValue[] {
	const { accountId, instanceId, name, tokenId, webhookId, createdAt, id } = application;
	return [accountId, instanceId, name, tokenId, webhookId, createdAt, id];
}

/** An update that changed nothing: there is no such row, or another one has what must be unique. */
function whyNot(db: Connection, find: string, id: string): Refusal {
	return db.get(find, id) === undefined ? 'missing' : 'exists';
}
