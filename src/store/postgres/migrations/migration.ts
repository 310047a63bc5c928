/** A step from one schema to the next. */
export interface Migration {
	/** Counts up from 1 without gaps. Never changed once released. */
	readonly version: number;
	/** The oldest schema whose gateways work with this one as well: they and newer ones run side by side while versions are changed. */
	readonly compatibleFrom: number;
	readonly sql: string;
}
