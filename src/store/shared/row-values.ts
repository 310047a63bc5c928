/** Between rows and records: NULL is an absent key, 0 and 1 are booleans, JSON is text. */

/** The keys that have a value: what is NULL in the row is absent in the record. */
export function present<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], null | undefined> } {
	const kept: Partial<T> = {};
	for (const key in values) {
		const value = values[key];
		if (value !== null && value !== undefined) kept[key] = value;
	}
	return kept as { [K in keyof T]?: Exclude<T[K], null | undefined> };
}

/** JSON that this store wrote itself, so its shape is known. */
export function fromJson<T>(json: string): T {
	return JSON.parse(json) as T;
}

export function fromJsonOrNull<T>(json: string | null): T | null {
	return json === null ? null : fromJson<T>(json);
}

export function toJsonOrNull(value: unknown): string | null {
	return value === undefined ? null : JSON.stringify(value);
}

export function toFlag(value: boolean): number {
	return value ? 1 : 0;
}

/** A truth value as an engine keeps it: SQLite as 0 and 1. */
export type Flag = boolean | number;

export function isSet(flag: Flag): boolean {
	return flag === true || flag === 1;
}
