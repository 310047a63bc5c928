/** What channels keep: values by key for each instance, written in the same groups as everything else. */
import type { ChannelState, ChannelStateChange } from '../../ports/channel.ts';
import { fromJson } from '../shared/row-values.ts';
import type { Batch, Sheet } from './batch.ts';
import type { Queries } from './database.ts';
import type { GroupWriter } from './group-writer.ts';
import { type Statement, statement } from './statement.ts';

/** Keys compare by their bytes, so that those with a prefix stand beside each other. */
export const LIST_STATE: Statement = statement(
	'channel_state_list',
	'SELECT key, value FROM channel_state WHERE instance_id = $1 AND key >= $2 AND key < $3 ORDER BY key',
);
const PUT: Sheet = {
	phase: 'records',
	statement: statement(
		'channel_state_put',
		`INSERT INTO channel_state (instance_id, key, value) SELECT * FROM unnest($1::text[], $2::text[], $3::text[])
		ON CONFLICT (instance_id, key) DO UPDATE SET value = excluded.value`,
	),
	columns: ['text', 'text', 'text'],
};
const DELETE: Sheet = {
	phase: 'records',
	statement: statement(
		'channel_state_delete',
		`DELETE FROM channel_state USING unnest($1::text[], $2::text[]) AS given (instance_id, key)
		WHERE channel_state.instance_id = given.instance_id AND channel_state.key = given.key`,
	),
	columns: ['text', 'text'],
};

/** Sorts after whatever a key can begin with. */
const AFTER_ALL_TEXT = '\u{10FFFF}';

interface StateRow {
	readonly key: string;
	readonly value: string;
}

export function channelState(db: Queries, writer: GroupWriter): ChannelState {
	return {
		list: async (instanceId, prefix) => {
			const rows = await db.query<StateRow>(LIST_STATE, [instanceId, prefix, prefix + AFTER_ALL_TEXT]);
			return rows.map(({ key, value }) => ({ key, value: fromJson(value) }));
		},
		write: (instanceId, changes) =>
			writer.submit({
				write: (batch) => {
					batch.lock(`channel_state/${instanceId}`);
					for (const change of changes) write(batch, instanceId, change);
					return () => undefined;
				},
			}),
	};
}

function write(batch: Batch, instanceId: string, change: ChannelStateChange): void {
	const keys = [`channel_state/${instanceId}/${change.key}`];
	if ('isDeleted' in change) batch.add(DELETE, [instanceId, change.key], keys);
	else batch.add(PUT, [instanceId, change.key, JSON.stringify(change.value)], keys);
}
