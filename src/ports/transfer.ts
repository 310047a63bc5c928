/**
 * Everything that a store keeps, table by table, in a form that all stores have in common: so it can be written into a file and read into another
 * store. Nobody else may work on the store meanwhile.
 */

/** Flags are 0 and 1, bytes are Base64, documents stay the text they are. The names stand in the order of the table's columns. */
export type TransferRow = Readonly<Record<string, string | number | null>>;

export interface TableDump {
	/** In the order in which they are to be written. */
	tables(): readonly string[];
	/** How many rows each table has. */
	counts(): Promise<ReadonlyMap<string, number>>;
	/** Up to `limit` of them in the order of their key, after this one or from the first. What a process had in hand is ready again. */
	rows(table: string, after: TransferRow | undefined, limit: number): Promise<readonly TransferRow[]>;
	/** In the order of their key, none of which is there. */
	write(table: string, rows: readonly TransferRow[]): Promise<void>;
	isEmpty(): Promise<boolean>;
}

export interface TransferStore {
	/**
	 * Brings the store to the schema of this version, then hands out its tables: as they are at one moment, and whatever is written is kept altogether
	 * once `work` has resolved, or not at all. Rejects with `store_in_use`, `store_unavailable`, `configuration`.
	 */
	open<T>(work: (tables: TableDump) => Promise<T>): Promise<T>;
	/** Brings it to the schema of this version, no more. */
	migrate(): Promise<void>;
}
