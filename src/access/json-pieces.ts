/** JSON as pieces of text, made while they are read: a list of a million things is never in memory. */

/** A value as it is, one that is still to come, or the pieces of one. */
export type Member = readonly [name: string, value: unknown];

export async function* objectPieces(members: readonly Member[]): AsyncGenerator<string> {
	let before = '{';
	for (const [name, value] of members) {
		yield `${before}${JSON.stringify(name)}:`;
		yield* piecesOf(value);
		before = ',';
	}
	yield before === '{' ? '{}' : '}';
}

/** Of items that are values, or the pieces of such. */
export async function* arrayPieces(items: AsyncIterable<unknown>): AsyncGenerator<string> {
	let before = '[';
	for await (const item of items) {
		yield before;
		yield* piecesOf(item);
		before = ',';
	}
	yield before === '[' ? '[]' : ']';
}

async function* piecesOf(value: unknown): AsyncGenerator<string> {
	if (isPieces(value)) yield* value;
	else yield JSON.stringify((await value) ?? null);
}

function isPieces(value: unknown): value is AsyncIterable<string> {
	return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
