/** Writes accounts, instances and applications. Ids and token hashes are unique: a second one is refused as `exists`. */
import type { Account, Application, Instance } from '../../../domain/account.ts';
import type { InstanceUpdate } from '../../../ports/changes.ts';
import type { Batch, Cell, Sheet } from '../batch.ts';
import { statement } from '../statement.ts';
import { addLocked, deletion, insertion, refusedUnlessWritten, replacement, type TableSheet } from './sheets.ts';

const ACCOUNTS: TableSheet = {
	phase: 'directory',
	table: 'accounts',
	columns: { id: 'text', name: 'text', token_hash: 'text', client_token_hash: 'text', client_token_enforced: 'bool', created_at: 'int' },
};
const INSERT_ACCOUNT: Sheet = insertion(ACCOUNTS, 'exists');
const PUT_ACCOUNT: Sheet = replacement(ACCOUNTS);

export function insertAccount(batch: Batch, account: Account): void {
	addLocked(batch, INSERT_ACCOUNT, accountCells(account), `accounts/${account.id}`);
}

export function putAccount(batch: Batch, account: Account): void {
	addLocked(batch, PUT_ACCOUNT, accountCells(account), `accounts/${account.id}`);
}

function accountCells({ id, name, tokenHash, clientTokenHash, clientTokenEnforced, createdAt }: Account): Cell[] {
	return [id, name, tokenHash, clientTokenHash, clientTokenEnforced, createdAt];
}

const INSERT_INSTANCE: Sheet = insertion(
	{
		phase: 'directory',
		table: 'instances',
		columns: {
			id: 'text',
			account_id: 'text',
			name: 'text',
			channel: 'text',
			phone: 'text',
			token_hash: 'text',
			state: 'text',
			pacing_min_ms: 'int',
			pacing_max_ms: 'int',
			created_at: 'int',
		},
	},
	'exists',
);
const UPDATE_INSTANCE: Sheet = {
	phase: 'directory',
	statement: statement(
		'instances_update',
		`WITH written AS (
			UPDATE instances SET name = coalesce(given.name, instances.name), state = coalesce(given.state, instances.state),
				pacing_min_ms = coalesce(given.min_ms, instances.pacing_min_ms), pacing_max_ms = coalesce(given.max_ms, instances.pacing_max_ms)
			FROM unnest($1::text[], $2::text[], $3::text[], $4::int8[], $5::int8[]) AS given (id, name, state, min_ms, max_ms)
			WHERE instances.id = given.id RETURNING 1
		) ${refusedUnlessWritten('missing')}`,
	),
	columns: ['text', 'text', 'text', 'int', 'int'],
};

export function insertInstance(batch: Batch, instance: Instance): void {
	const { id, accountId, name, channel, phone, tokenHash, state, pacing, createdAt } = instance;
	const cells = [id, accountId, name, channel, phone, tokenHash, state, pacing.minMs, pacing.maxMs, createdAt];
	addLocked(batch, INSERT_INSTANCE, cells, `instances/${id}`);
}

export function updateInstance(batch: Batch, id: string, { name, pacing, state }: InstanceUpdate): void {
	addLocked(batch, UPDATE_INSTANCE, [id, name, state, pacing?.minMs, pacing?.maxMs], `instances/${id}`);
}

const APPLICATIONS: TableSheet = {
	phase: 'directory',
	table: 'applications',
	columns: {
		id: 'text',
		account_id: 'text',
		instance_id: 'text',
		name: 'text',
		token_id: 'text',
		webhook_id: 'text',
		created_at: 'int',
	},
};
const INSERT_APPLICATION: Sheet = insertion(APPLICATIONS, 'exists');
const PUT_APPLICATION: Sheet = replacement(APPLICATIONS);
const DELETE_APPLICATION: Sheet = deletion(APPLICATIONS);

export function insertApplication(batch: Batch, application: Application): void {
	addLocked(batch, INSERT_APPLICATION, applicationCells(application), `applications/${application.id}`);
}

export function putApplication(batch: Batch, application: Application): void {
	addLocked(batch, PUT_APPLICATION, applicationCells(application), `applications/${application.id}`);
}

export function deleteApplication(batch: Batch, id: string): void {
	addLocked(batch, DELETE_APPLICATION, [id], `applications/${id}`);
}

function applicationCells({ id, accountId, instanceId, name, tokenId, webhookId, createdAt }: Application): Cell[] {
	return [id, accountId, instanceId, name, tokenId, webhookId, createdAt];
}
