/** Many of one kind say no more than a few of them and how many there are: the rest of them is folded into a line. */
import type { AttentionItem } from '../../api/views.ts';

export interface Kind {
	readonly kind: AttentionItem['kind'];
	/** Those that are shown; one at least. */
	readonly items: readonly AttentionItem[];
	/** As many more are there. */
	readonly folded: number;
}

/**
 * The kinds as their worst come, each with as many as there is room for, in the order that they have.
 * @param room items that are shown of all kinds together, about: where there are many kinds, one of each is
 */
export function foldedByKind(items: readonly AttentionItem[], room: number): readonly Kind[] {
	const kinds = [...Map.groupBy(items, ({ kind, severity }) => `${severity} ${kind}`).values()];
	const shown = items.length <= room ? room : Math.max(1, Math.floor(room / kinds.length));
	return kinds.flatMap((alike) => {
		const [first] = alike;
		if (!first) return [];
		// The line that says that there is one more takes as much room as that one.
		const kept = alike.length <= shown + 1 ? alike : alike.slice(0, shown);
		return [{ kind: first.kind, items: kept, folded: alike.length - kept.length }];
	});
}
