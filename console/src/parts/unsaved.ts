/**
 * What was changed and is not saved: the browser asks before the tab that has it is closed or loaded anew. Whether somebody changed what stands in a form is told
 * whatever its fields are: by its values as they are, and as they were when it was first touched.
 */
import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';
import { isPersonLeaving } from '../api/session.ts';

/** Changes by where they belong, until the page is left. */
export interface UnsavedChanges {
	readonly of: (place: string) => object | undefined;
	readonly keep: (place: string, changes: object) => void;
	readonly drop: (place: string) => void;
}

export function unsavedChanges(): UnsavedChanges {
	const kept = new Map<string, object>();
	let rest: (() => void) | undefined;
	return {
		of: (place) => kept.get(place),
		keep: (place, changes) => {
			kept.set(place, changes);
			rest ??= askBeforeLeaving(() => true);
		},
		drop: (place) => {
			kept.delete(place);
			if (kept.size > 0) return;
			rest?.();
			rest = undefined;
		},
	};
}

/** Answers what ends it. A page that would ask is not kept by browsers to go back to: it is for while there may be something. */
function askBeforeLeaving(isUnsaved: () => boolean): () => void {
	const ask = (event: BeforeUnloadEvent): void => {
		if (isUnsaved() && !isPersonLeaving()) event.preventDefault();
	};
	addEventListener('beforeunload', ask);
	return () => removeEventListener('beforeunload', ask);
}

export interface Unsaved {
	/** Spread into the form. What is chosen in a list that hangs outside of it comes here as well. */
	readonly watched: {
		readonly onPointerDownCapture: () => void;
		readonly onKeyDownCapture: () => void;
		readonly onInputCapture: () => void;
	};
	readonly isChanged: () => boolean;
}

export function useUnsaved(form: RefObject<HTMLFormElement | null>): Unsaved {
	// Until then fields fill in by themselves what they have to ask for.
	const before = useRef<string>(undefined);
	const touch = (): void => {
		before.current ??= valuesIn(form.current);
	};
	const isChanged = (): boolean => before.current !== undefined && before.current !== valuesIn(form.current);
	const isUnsaved = useEffectEvent(isChanged);
	useEffect(() => askBeforeLeaving(() => isUnsaved()), []);
	return {
		watched: {
			onPointerDownCapture: touch,
			onKeyDownCapture: touch,
			// Neither a key nor a pointer: dictated, or filled in by the browser. What was there is not to be had any more.
			onInputCapture: () => {
				before.current ??= '';
			},
		},
		isChanged,
	};
}

function valuesIn(form: HTMLFormElement | null): string {
	const fields = form?.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea') ?? [];
	return JSON.stringify([...fields].map((field) => ('checked' in field && isTicked(field.type) ? field.checked : field.value)));
}

function isTicked(type: string): boolean {
	return type === 'checkbox' || type === 'radio';
}
