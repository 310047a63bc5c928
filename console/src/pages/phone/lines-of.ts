/** What a person wrote one per line; empty lines say nothing. */
export function linesOf(text: string): readonly string[] {
	return text.split('\n').flatMap((line) => line.trim() || []);
}
