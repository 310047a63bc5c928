/** What was begun on the page of the phone and not sent yet: it is still there when one comes back to it. */
import { useState } from 'react';

/** Until the page is loaded anew. */
const begun = new Map<string, unknown>();

export type Change<T> = (change: (before: T) => T) => void;

/** As `useState`, but what is kept outlives the component. @param key of another one the component has to be another one, too */
export function useDraft<T>(key: string, first: T): readonly [T, Change<T>] {
	const read = (): T => (begun.has(key) ? (begun.get(key) as T) : first);
	const [draft, setDraft] = useState(read);
	// What failed to be sent after the component was gone is put back as well.
	const set: Change<T> = (change) => {
		const next = change(read());
		begun.set(key, next);
		setDraft(next);
	};
	return [draft, set];
}
