/** What is wrong with fields of a form stands at them: whoever sent it is led to the first, and it is not said again below where that tells all. */
import { type RefObject, useEffect, useRef } from 'react';
import { Refused } from '../api/http.ts';

export interface FaultsAtFields {
	/** For the form. */
	readonly form: RefObject<HTMLFormElement | null>;
	/** Whether the fields tell all that was said of it. */
	readonly isTold: boolean;
}

/** @param paths of faults that the fields tell, any place of a list as `[]`: `items[].name` */
export function useFaultsAtFields(error: unknown, paths: readonly string[]): FaultsAtFields {
	const form = useRef<HTMLFormElement>(null);
	useEffect(() => {
		if (error === undefined) return;
		const first = form.current?.querySelector<HTMLElement>('[aria-invalid=true]');
		first?.focus({ preventScroll: true });
		// Where it is focused it may end up under the head of its dialog, and what is said of it below the edge.
		first?.scrollIntoView({ block: 'center' });
	}, [error]);
	const isTold =
		error instanceof Refused && error.faults.length > 0 && error.faults.every(({ path }) => paths.includes(path.replace(/\[\d+\]/g, '[]')));
	return { form, isTold };
}
