/** What channels keep: values by key for each instance, written in the same groups as everything else. */
import type { ChannelState, ChannelStateChange, ChannelStateEntry } from '../../ports/channel.ts';
import { fromJson } from '../shared/row-values.ts';
import type { Connection } from './connection.ts';
import type { GroupWriter } from './group-writer.ts';

export const LIST_STATE: string = `
	SELECT key, value FROM channel_state WHERE instance_id = ? AND key >= ? AND key < ? ORDER BY key`;
const PUT = `
	INSERT INTO channel_state (instance_id, key, value) VALUES (?, ?, ?)
	ON CONFLICT (instance_id, key) DO UPDATE SET value = excluded.value`;
const DELETE = 'DELETE FROM channel_state WHERE instance_id = ? AND key = ?';

/** Sorts after whatever a key can begin with. */
const AFTER_ALL_TEXT = '\u{10FFFF}';

export function channelState(reader: Connection, writer: GroupWriter): ChannelState {
	return {
		list: async (instanceId, prefix) =>
			reader
				.all<{ key: string; value: string }>(LIST_STATE, instanceId, prefix, prefix + AFTER_ALL_TEXT)
				.map((row): ChannelStateEntry => ({ key: row.key, value: fromJson(row.value) })),
		write: (instanceId, changes) =>
			writer.submit((db) => {
				for (const change of changes) write(db, instanceId, change);
			}),
	};
}

function write(db: Connection, instanceId: string, change: ChannelStateChange): void {
	if ('isDeleted' in change) db.run(DELETE, instanceId, change.key);
	else db.run(PUT, instanceId, change.key, JSON.stringify(change.value));
}
