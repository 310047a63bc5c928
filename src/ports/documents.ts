/**
 * Documents: small records of features that need no table of their own (notes, surveys, menus, templates, tokens, the audit log). Each belongs to a
 * collection and an account, and may hang on a parent (a chat, an operator). Written with the unit of the decision that makes them (`document.put`,
 * `document.delete` of `Change`), so what belongs together stays together.
 */

export interface StoredDocument<T = unknown> {
	readonly collection: string;
	/** Unique in its collection. */
	readonly id: string;
	readonly accountId: string;
	/** What it hangs on; erased and listed by it. */
	readonly parentId?: string;
	/** Epoch milliseconds, chosen by who writes it: lists are ordered by it, then by id. */
	readonly at: number;
	/** JSON value. */
	readonly value: T;
	/** Grows by one with each put, from 1. */
	readonly version: number;
}

/** What is put: the version is the store's. */
export type DocumentWish<T = unknown> = Omit<StoredDocument<T>, 'version'>;

export interface DocumentFilter {
	readonly collection: string;
	/** Undefined: of all accounts. */
	readonly accountId?: string;
	readonly parentId?: string;
	/** Times, both included. */
	readonly from?: number;
	readonly to?: number;
	readonly order: 'oldest' | 'newest';
	/** The last of the page before. */
	readonly after?: { readonly at: number; readonly id: string };
	readonly limit: number;
}

export interface DocumentReads {
	document(collection: string, id: string): Promise<StoredDocument | undefined>;
	documents(filter: DocumentFilter): Promise<readonly StoredDocument[]>;
	/** The ids of those that `documents` finds, in the same order. */
	documentIds(filter: DocumentFilter): Promise<readonly string[]>;
}

/**
 * Collections that are read with each message and hardly ever change: a store keeps in memory what it read of them, and also that there is nothing. They
 * are asked for by ids of what is there alone (instances, accounts), so they are few.
 */
export const SETTINGS_COLLECTIONS: ReadonlySet<string> = new Set(['instance-settings', 'desk-settings']);

/** A typed door to one collection. What is in it was written by this version or an earlier one: it is trusted. */
export interface Collection<T> {
	readonly name: string;
	get(reads: DocumentReads, id: string): Promise<StoredDocument<T> | undefined>;
	list(reads: DocumentReads, filter: Omit<DocumentFilter, 'collection'>): Promise<readonly StoredDocument<T>[]>;
	ids(reads: DocumentReads, filter: Omit<DocumentFilter, 'collection'>): Promise<readonly string[]>;
	/** `expected`: the version that the decision was made on, 0 where there was none; the commit conflicts (`document`) where it is another. */
	put(wish: Omit<DocumentWish<T>, 'collection'>, expected?: number): DocumentPut;
	delete(id: string): DocumentDelete;
}

export interface DocumentPut {
	readonly kind: 'document.put';
	readonly document: DocumentWish;
	readonly expected?: number;
}

export interface DocumentDelete {
	readonly kind: 'document.delete';
	readonly collection: string;
	readonly id: string;
}

export function collection<T>(name: string): Collection<T> {
	return {
		name,
		get: async (reads, id) => (await reads.document(name, id)) as StoredDocument<T> | undefined,
		list: async (reads, filter) => (await reads.documents({ ...filter, collection: name })) as readonly StoredDocument<T>[],
		ids: (reads, filter) => reads.documentIds({ ...filter, collection: name }),
		put: (wish, expected) => ({
			kind: 'document.put',
			document: { ...wish, collection: name },
			...(expected === undefined ? {} : { expected }),
		}),
		delete: (id) => ({ kind: 'document.delete', collection: name, id }),
	};
}
