/** Reading JSON that came from outside without believing anything about it. */

export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
	return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** The object in a text; undefined where it is none. */
export function parseObject(text: string): Json | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return isObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

/** A member that is a text; undefined where it is missing or something else. */
export function textIn(value: unknown, name: string): string | undefined {
	const member = isObject(value) ? value[name] : undefined;
	return typeof member === 'string' ? member : undefined;
}

/** A member that is a list; an empty one where it is missing or something else. */
export function listIn(value: unknown, name: string): readonly unknown[] {
	const member: unknown = isObject(value) ? value[name] : undefined;
	return Array.isArray(member) ? member : [];
}
