/** A step from one schema to the next. */
export interface Migration {
	/** Counts up from 1 without gaps. Never changed once released. */
	readonly version: number;
	readonly sql: string;
}
