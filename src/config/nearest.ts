/** Finds what somebody probably meant by a misspelt name: the known name with the fewest edits, unless it is too far off to be a typo. */

/** The nearest of `names`; undefined where more than a third of the name would have to change. */
export function nearest(written: string, names: readonly string[]): string | undefined {
	const [best] = names.map((name) => ({ name, edits: editDistance(written, name) })).sort((a, b) => a.edits - b.edits);
	return best && best.edits <= Math.max(2, Math.floor(best.name.length / 3)) ? best.name : undefined;
}

/** Levenshtein: insertions, deletions and replacements that turn one into the other. */
function editDistance(from: string, to: string): number {
	let row = Array.from({ length: to.length + 1 }, (_, column) => column);
	for (const [line, character] of [...from].entries()) {
		const next = [line + 1];
		for (const [column, wanted] of [...to].entries()) {
			const replaced = (row[column] ?? 0) + (character === wanted ? 0 : 1);
			next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
		}
		row = next;
	}
	return row[to.length] ?? 0;
}
