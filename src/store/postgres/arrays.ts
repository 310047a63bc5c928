/**
 * Columns of many rows as arrays of PostgreSQL, in its binary format: no quoting of bodies, no parsing of them. The format is that of
 * `array_recv` (src/backend/utils/adt/arrayfuncs.c): dimensions, whether there are nulls, the element's type, the length and lower bound of the
 * dimension, then each element with its length, -1 for null.
 */

/** Types by their OID, https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat */
const OID = { bool: 16, bytea: 17, int8: 20, text: 25 } as const;

const HEADER_BYTES = 20;
const NULL_LENGTH = -1;

/** What a text of PostgreSQL cannot hold, and what is written instead. */
const NUL = /\0/g;
const REPLACEMENT = '\uFFFD';

/** `text[]`. A NUL character, which PostgreSQL does not take, becomes U+FFFD. */
export function texts(values: readonly (string | null | undefined)[]): Buffer {
	return arrayOf(
		OID.text,
		values.map((value) => (value === null || value === undefined ? null : Buffer.from(storable(value)))),
	);
}

/** As PostgreSQL can hold it. */
export function storable(text: string): string {
	return text.includes('\0') ? text.replace(NUL, REPLACEMENT) : text;
}

/** `int8[]` of whole numbers. */
export function ints(values: readonly (number | null | undefined)[]): Buffer {
	const nulls = values.filter((value) => value === null || value === undefined).length;
	const buffer = Buffer.allocUnsafe(HEADER_BYTES + 4 * nulls + 12 * (values.length - nulls));
	let at = writeHeader(buffer, OID.int8, values.length, nulls > 0);
	for (const value of values) {
		if (value === null || value === undefined) {
			at = buffer.writeInt32BE(NULL_LENGTH, at);
		} else {
			at = buffer.writeInt32BE(8, at);
			at = buffer.writeBigInt64BE(BigInt(value), at);
		}
	}
	return buffer;
}

/** `bool[]`. */
export function bools(values: readonly (boolean | null | undefined)[]): Buffer {
	return arrayOf(
		OID.bool,
		values.map((value) => (value === null || value === undefined ? null : Buffer.of(value ? 1 : 0))),
	);
}

/** `bytea[]`. */
export function blobs(values: readonly (Uint8Array | null | undefined)[]): Buffer {
	return arrayOf(
		OID.bytea,
		values.map((value) => value ?? null),
	);
}

function arrayOf(oid: number, elements: readonly (Uint8Array | null)[]): Buffer {
	const bytes = elements.reduce((sum, element) => sum + 4 + (element?.length ?? 0), HEADER_BYTES);
	const buffer = Buffer.allocUnsafe(bytes);
	let at = writeHeader(buffer, oid, elements.length, elements.includes(null));
	for (const element of elements) {
		at = buffer.writeInt32BE(element === null ? NULL_LENGTH : element.length, at);
		if (element !== null) {
			buffer.set(element, at);
			at += element.length;
		}
	}
	return buffer;
}

/** One dimension, counted from 1. An empty array has one of length 0, which PostgreSQL reads as well. */
function writeHeader(buffer: Buffer, oid: number, length: number, hasNulls: boolean): number {
	let at = buffer.writeInt32BE(1, 0);
	at = buffer.writeInt32BE(hasNulls ? 1 : 0, at);
	at = buffer.writeInt32BE(oid, at);
	at = buffer.writeInt32BE(length, at);
	return buffer.writeInt32BE(1, at);
}
