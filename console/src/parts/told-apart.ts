/** What is called alike is told apart by the end of its id. */

export interface Named {
	readonly id: string;
	readonly name: string;
}

/** @param known all that may be called so; one may be in it more than once */
export function namesToldApart(known: readonly Named[]): (one: Named) => string {
	const idsOf = new Map<string, Set<string>>();
	for (const { id, name } of known) {
		const alike = alikeOf(name);
		const ids = idsOf.get(alike) ?? new Set();
		idsOf.set(alike, ids.add(id));
	}
	return ({ id, name }) => ((idsOf.get(alikeOf(name))?.size ?? 0) > 1 ? nameWithId({ id, name }) : name);
}

export function nameWithId({ id, name }: Named): string {
	return `${name} · ${tailOf(id)}`;
}

const TAIL_CHARACTERS = 8;

/** Ids of one time begin alike. */
export function tailOf(id: string): string {
	return `…${id.slice(-TAIL_CHARACTERS)}`;
}

/** Nobody sees a difference in spaces, and hardly one in capitals. */
function alikeOf(name: string): string {
	return name.trim().toLowerCase();
}
