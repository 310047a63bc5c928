/** A row of `journal`, and the entry that it is. */
import type { JournalEntry } from '../../ports/journal.ts';
import { present } from './row-values.ts';

export interface JournalRow {
	readonly id: string;
	readonly instance_id: string;
	readonly observation_id: string;
	readonly at: number;
	readonly observation: string;
	readonly state: JournalEntry['state'];
	readonly waits_for: string | null;
	readonly error: string | null;
}

export function toEntry(row: JournalRow): JournalEntry {
	return {
		id: row.id,
		instanceId: row.instance_id,
		observationId: row.observation_id,
		at: row.at,
		observation: row.observation,
		state: row.state,
		...present({ waitsFor: row.waits_for, error: row.error }),
	};
}
