/** Whether somebody changed what stands in a form, whatever its fields are: its values as they are, and as they were when it was first touched. */
import { type RefObject, useRef } from 'react';

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
	return {
		watched: {
			onPointerDownCapture: touch,
			onKeyDownCapture: touch,
			// Neither a key nor a pointer: dictated, or filled in by the browser. What was there is not to be had any more.
			onInputCapture: () => {
				before.current ??= '';
			},
		},
		isChanged: () => before.current !== undefined && before.current !== valuesIn(form.current),
	};
}

function valuesIn(form: HTMLFormElement | null): string {
	const fields = form?.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea') ?? [];
	return JSON.stringify([...fields].map((field) => ('checked' in field && isTicked(field.type) ? field.checked : field.value)));
}

function isTicked(type: string): boolean {
	return type === 'checkbox' || type === 'radio';
}
