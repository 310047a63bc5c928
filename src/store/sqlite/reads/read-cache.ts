/**
 * Records that each request asks for and that change rarely: accounts, instances, applications, staff, settings. One process owns the file, so whoever
 * changes one of them comes by here. It is emptied when a change is applied, which is as good as at the commit: no read comes in between,
 * because a group is written in one go, and one that is rolled back leaves a cache that is empty and not wrong.
 */

import type { Change } from '../../../ports/changes.ts';
import { SETTINGS_COLLECTIONS } from '../../../ports/documents.ts';

/** Where more than this is asked for, it begins anew: it is for what is asked for all the time. */
const RECORDS_MAX = 10_000;

export class ReadCache {
	/** By what is asked for, then by its key. */
	readonly #kept: Map<string, Map<string, unknown>> = new Map();
	#size = 0;

	/** What is not there is not remembered: anybody may ask for anything. A kind is asked for with one kind of read alone. */
	get<T extends object>(kind: string, key: string, read: () => T | undefined): T | undefined {
		const kept = this.#kept.get(kind)?.get(key);
		if (kept !== undefined) return kept as T;
		const found = read();
		if (found !== undefined) this.#keep(kind, key, found);
		return found;
	}

	/** Of what is asked for by ids of ours alone: that there is nothing is remembered, too. */
	getOrNothing<T extends object>(kind: string, key: string, read: () => T | undefined): T | undefined {
		const found = this.get<T | typeof NOTHING>(kind, key, () => read() ?? NOTHING);
		return found === NOTHING ? undefined : (found as T);
	}

	/** To be called where the change is applied. */
	noteChange(change: Change): void {
		if (this.#size > 0 && isOfCached(change)) this.#clear();
	}

	#keep(kind: string, key: string, record: object): void {
		if (this.#size >= RECORDS_MAX) this.#clear();
		const ofKind = this.#kept.get(kind) ?? new Map<string, unknown>();
		this.#kept.set(kind, ofKind.set(key, record));
		this.#size += 1;
	}

	#clear(): void {
		this.#kept.clear();
		this.#size = 0;
	}
}

const NOTHING = Object.freeze({});

function isOfCached(change: Change): boolean {
	switch (change.kind) {
		case 'document.put':
			return SETTINGS_COLLECTIONS.has(change.document.collection);
		case 'document.delete':
			return SETTINGS_COLLECTIONS.has(change.collection);
		case 'account.insert':
		case 'account.put':
		case 'instance.insert':
		case 'instance.update':
		case 'application.insert':
		case 'application.put':
		case 'application.delete':
		case 'department.put':
		case 'department.delete':
		case 'operator.put':
		case 'operator.delete':
		case 'category.put':
		case 'category.delete':
			return true;
		default:
			return false;
	}
}
