/**
 * The tables of a store in the form that all engines have in common (`src/ports/transfer.ts`), in the order in which they are written. A test holds
 * them against the schemas: a column that is missing here would be lost on the way.
 */
import type { TransferRow } from '../../ports/transfer.ts';

export type ColumnKind = 'text' | 'int' | 'flag' | 'bytes';

export interface TransferTable {
	readonly name: string;
	/** Its rows are read in this order. */
	readonly key: readonly string[];
	readonly columns: Readonly<Record<string, ColumnKind>>;
}

type Kinds = Readonly<Record<string, ColumnKind>>;

/** Most have a number of their own, in the order of commit. */
function numbered(name: string, columns: Kinds): TransferTable {
	return { name, key: ['seq'], columns: { seq: 'int', ...columns } };
}

const NAMED = { id: 'text', account_id: 'text', name: 'text' } as const;

export const TRANSFER_TABLES: readonly TransferTable[] = [
	{ name: 'gateway_secrets', key: ['name'], columns: { name: 'text', sealed: 'text' } },
	numbered('accounts', {
		id: 'text',
		name: 'text',
		token_hash: 'text',
		client_token_hash: 'text',
		client_token_enforced: 'flag',
		created_at: 'int',
	}),
	numbered('instances', {
		...NAMED,
		channel: 'text',
		phone: 'text',
		token_hash: 'text',
		state: 'text',
		pacing_min_ms: 'int',
		pacing_max_ms: 'int',
		created_at: 'int',
	}),
	numbered('applications', {
		id: 'text',
		account_id: 'text',
		instance_id: 'text',
		name: 'text',
		token_id: 'text',
		webhook_id: 'text',
		created_at: 'int',
	}),
	numbered('departments', { ...NAMED, active: 'flag', is_default: 'flag', created_at: 'int' }),
	numbered('operators', { ...NAMED, active: 'flag', created_at: 'int' }),
	numbered('categories', { ...NAMED, color: 'text', items: 'text', is_default: 'flag', created_at: 'int' }),
	numbered('webhooks', {
		id: 'text',
		account_id: 'text',
		instance_id: 'text',
		application_id: 'text',
		dialect: 'text',
		origin: 'text',
		url: 'text',
		subscriptions: 'text',
		sealed_headers: 'text',
		delivery_order: 'text',
		enabled: 'flag',
		disabled_reason: 'text',
		secrets: 'text',
		schedule_ms: 'text',
		settings: 'text',
		failing: 'text',
		ending: 'text',
		created_at: 'int',
		updated_at: 'int',
	}),
	{ name: 'account_webhooks', key: ['account_id', 'webhook_id'], columns: { account_id: 'text', webhook_id: 'text' } },
	numbered('contacts', { ...NAMED, photo_url: 'text', lid: 'text' }),
	{
		name: 'contact_aliases',
		key: ['account_id', 'kind', 'value'],
		columns: { account_id: 'text', kind: 'text', value: 'text', contact_id: 'text' },
	},
	numbered('chats', {
		id: 'text',
		account_id: 'text',
		instance_id: 'text',
		contact_id: 'text',
		phone: 'text',
		name: 'text',
		waiting_since: 'int',
		attendance_id: 'text',
		department_id: 'text',
		thread: 'text',
		last_message_at: 'int',
		last_inbound_at: 'int',
		created_at: 'int',
		last_message_id: 'text',
		waiting_after: 'text',
	}),
	numbered('messages', {
		id: 'text',
		whatsapp_id: 'text',
		account_id: 'text',
		instance_id: 'text',
		chat_id: 'text',
		from_me: 'flag',
		origin: 'text',
		content: 'text',
		status: 'text',
		timeline: 'text',
		failure: 'text',
		reply_to: 'text',
		custom_id: 'text',
		context_id: 'text',
		interaction_id: 'text',
		created_at: 'int',
		updated_at: 'int',
		due_at: 'int',
		is_scheduled: 'flag',
	}),
	numbered('attendances', {
		id: 'text',
		account_id: 'text',
		chat_id: 'text',
		number: 'int',
		status: 'text',
		version: 'int',
		record: 'text',
	}),
	numbered('events', {
		id: 'text',
		type: 'text',
		account_id: 'text',
		instance_id: 'text',
		instance_phone: 'text',
		chat_id: 'text',
		at: 'int',
		data: 'text',
	}),
	numbered('deliveries', {
		id: 'text',
		event_id: 'text',
		event_type: 'text',
		account_id: 'text',
		webhook_id: 'text',
		instance_id: 'text',
		chat_id: 'text',
		lane: 'text',
		lane_place: 'int',
		state: 'text',
		due_at: 'int',
		held_since: 'int',
		lane_free_at: 'int',
		attempts: 'int',
		last_error: 'text',
		is_overtaken: 'flag',
		created_at: 'int',
		replayed_at: 'int',
		settled_at: 'int',
		traceparent: 'text',
		body: 'text',
	}),
	{
		name: 'attempts',
		key: ['delivery_seq', 'number'],
		columns: { delivery_seq: 'int', number: 'int', is_probe: 'flag', record: 'text' },
	},
	numbered('journal', {
		id: 'text',
		instance_id: 'text',
		observation_id: 'text',
		at: 'int',
		observation: 'text',
		state: 'text',
		waits_for: 'text',
		error: 'text',
	}),
	numbered('idempotency', { scope: 'text', key: 'text', fingerprint: 'text', status: 'int', sealed_body: 'text', created_at: 'int' }),
	{
		name: 'media',
		key: ['id'],
		columns: {
			id: 'text',
			account_id: 'text',
			mime_type: 'text',
			file_name: 'text',
			sha256: 'text',
			size: 'int',
			created_at: 'int',
			expires_at: 'int',
			message_id: 'text',
		},
	},
	{ name: 'media_blobs', key: ['sha256'], columns: { sha256: 'text', size: 'int', loose_at: 'int' } },
	{ name: 'media_chunks', key: ['blob', 'ordinal'], columns: { blob: 'text', ordinal: 'int', bytes: 'bytes' } },
	{
		name: 'documents',
		key: ['collection', 'id'],
		columns: { collection: 'text', id: 'text', account_id: 'text', parent_id: 'text', at: 'int', version: 'int', value: 'text' },
	},
	{ name: 'channel_state', key: ['instance_id', 'key'], columns: { instance_id: 'text', key: 'text', value: 'text' } },
	numbered('jobs', {
		id: 'text',
		kind: 'text',
		filter: 'text',
		state: 'text',
		phase: 'text',
		total: 'int',
		done: 'int',
		skipped: 'int',
		place: 'int',
		created_at: 'int',
		updated_at: 'int',
		finished_at: 'int',
	}),
	{ name: 'job_deliveries', key: ['job_seq', 'delivery_seq'], columns: { job_seq: 'int', delivery_seq: 'int' } },
	{ name: 'probe', key: ['id'], columns: { id: 'int', at: 'int' } },
];

export function transferTable(name: string): TransferTable {
	const table = TRANSFER_TABLES.find((each) => each.name === name);
	if (!table) throw new Error(`there is no table ${name} to transfer`);
	return table;
}

/** What an engine answered for these columns, in the common form. NUL, which not every engine can hold, becomes U+FFFD. */
export function toTransferRow(table: TransferTable, row: Readonly<Record<string, unknown>>): TransferRow {
	const entries = Object.keys(table.columns).map((column) => [column, toTransferValue(row[column])] as const);
	return Object.fromEntries(entries);
}

function toTransferValue(value: unknown): string | number | null {
	if (value === null || value === undefined) return null;
	if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.length).toString('base64');
	if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
	return Number(value);
}
