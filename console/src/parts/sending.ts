/** One change on its way to the gateway: whether it is, what was said of it, and of which field. What was typed stays where it was refused. */
import { useState } from 'react';
import { Refused } from '../api/http.ts';

export interface Sending {
	readonly isSending: boolean;
	/** Of the last one that did not work; undefined where it did. */
	readonly error: unknown;
	/** What is wrong with a field of the body, by its path: `name`, `week.monday[0].to`. */
	readonly faultOf: (path: string) => string | undefined;
	/** `then` is called where it worked. */
	readonly send: <T>(act: () => Promise<T>, then?: (answer: T) => void) => void;
	readonly forget: () => void;
}

export function useSending(): Sending {
	const [isSending, setSending] = useState(false);
	const [error, setError] = useState<unknown>();
	return {
		isSending,
		error,
		faultOf: (path) => (error instanceof Refused ? sentence(error.faults.find((fault) => fault.path === path)?.message) : undefined),
		send: (act, then) => {
			setSending(true);
			setError(undefined);
			act().then(
				(answer) => {
					setSending(false);
					then?.(answer);
				},
				(thrown: unknown) => {
					setSending(false);
					setError(thrown);
				},
			);
		},
		forget: () => setError(undefined),
	};
}

/** The gateway tells it after the path: at its field it stands for itself. */
function sentence(told: string | undefined): string | undefined {
	return told === undefined ? undefined : told.charAt(0).toUpperCase() + told.slice(1);
}
