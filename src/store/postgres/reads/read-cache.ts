/**
 * Records that each request asks for and that change rarely: accounts, instances, applications, staff, settings. Whoever changes one drops it once its
 * commit was answered, and tells the other processes, who drop theirs. A read that began before a drop may have met the old record and keeps nothing.
 */

import type { Change } from '../../../ports/changes.ts';
import { SETTINGS_COLLECTIONS } from '../../../ports/documents.ts';

/** `documents`: those of settings, by their collection. */
export type CachedTable = 'accounts' | 'instances' | 'applications' | 'departments' | 'operators' | 'categories' | 'documents';

/** What of a change its cached record is found by. */
export interface RecordName {
	readonly table: CachedTable;
	readonly id: string;
}

/** Where more than this is asked for, a table begins anew: it is for what is asked for all the time. */
const RECORDS_MAX = 10_000;

export class ReadCache {
	/** While other processes cannot be heard: what is older is read again. */
	maxAgeMs: number | undefined;
	readonly #tables: Map<CachedTable, CacheTable> = new Map();

	constructor(maxAgeMs?: number) {
		this.maxAgeMs = maxAgeMs;
	}

	/** What is not there is not remembered: anybody may ask for anything. A key of a table is asked for with one kind of read alone. */
	async get<T extends object>(table: CachedTable, key: string, read: () => Promise<T | undefined>): Promise<T | undefined> {
		const cached = this.#table(table);
		const kept = cached.records.get(key);
		if (kept !== undefined && performance.now() - kept.readAt < (this.maxAgeMs ?? Number.POSITIVE_INFINITY)) return kept.record as T;
		const { drops } = cached;
		const readAt = performance.now();
		const found = await read();
		if (found === undefined || drops !== cached.drops) return found;
		if (cached.records.size >= RECORDS_MAX) cached.records.clear();
		cached.records.set(key, { record: found, readAt });
		return found;
	}

	/** Of what is asked for by ids of ours alone: that there is nothing is remembered, too. */
	async getOrNothing<T extends object>(table: CachedTable, key: string, read: () => Promise<T | undefined>): Promise<T | undefined> {
		const found = await this.get<T | typeof NOTHING>(table, key, async () => (await read()) ?? NOTHING);
		return found === NOTHING ? undefined : (found as T);
	}

	/** To be called once the commit with this change was answered, whatever the answer was, and before anybody else hears of it. */
	noteChange(change: Change): void {
		const changed = cachedRecordOf(change);
		if (changed) this.dropRecord(changed.table, changed.id);
	}

	/** A record changed, here or in another process. Staff is kept as the lists of accounts, which go altogether. */
	dropRecord(table: CachedTable, id: string): void {
		const cached = this.#table(table);
		cached.drops += 1;
		for (const [key, { record }] of cached.records) {
			if (key === id || !('id' in record) || record.id === id) cached.records.delete(key);
		}
	}

	/** There may be changes that nobody told: other processes can be heard again, or cannot any more. */
	dropAll(): void {
		for (const cached of this.#tables.values()) {
			cached.drops += 1;
			cached.records.clear();
		}
	}

	#table(name: CachedTable): CacheTable {
		const there = this.#tables.get(name);
		if (there) return there;
		const made: CacheTable = { records: new Map(), drops: 0 };
		this.#tables.set(name, made);
		return made;
	}
}

/** No record has this id: it goes with its key alone. */
const NOTHING = Object.freeze({ id: '' });

/** What settings are kept under, and told by. */
export function settingsKey(collection: string, id: string): string {
	return `${collection}/${id}`;
}

interface CacheTable {
	readonly records: Map<string, { readonly record: object; readonly readAt: number }>;
	/** Counts up: a read that began before the latest one is too old to be kept. */
	drops: number;
}

/** The record that a change makes old, as the other processes are to be told; undefined where none of it is kept. */
export function cachedRecordOf(change: Change): RecordName | undefined {
	switch (change.kind) {
		case 'account.insert':
		case 'account.put':
			return { table: 'accounts', id: change.account.id };
		case 'instance.insert':
			return { table: 'instances', id: change.instance.id };
		case 'instance.update':
			return { table: 'instances', id: change.id };
		case 'application.insert':
		case 'application.put':
			return { table: 'applications', id: change.application.id };
		case 'application.delete':
			return { table: 'applications', id: change.id };
		case 'department.put':
			return { table: 'departments', id: change.department.id };
		case 'department.delete':
			return { table: 'departments', id: change.id };
		case 'operator.put':
			return { table: 'operators', id: change.operator.id };
		case 'operator.delete':
			return { table: 'operators', id: change.id };
		case 'category.put':
			return { table: 'categories', id: change.category.id };
		case 'category.delete':
			return { table: 'categories', id: change.id };
		case 'document.put':
			return settingsOf(change.document);
		case 'document.delete':
			return settingsOf(change);
		default:
			return undefined;
	}
}

function settingsOf({ collection, id }: { readonly collection: string; readonly id: string }): RecordName | undefined {
	return SETTINGS_COLLECTIONS.has(collection) ? { table: 'documents', id: settingsKey(collection, id) } : undefined;
}
