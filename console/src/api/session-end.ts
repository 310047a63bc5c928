/**
 * The end of a session while a page is open: it ran out, or was ended elsewhere. The page stays as it is, with what was typed there; what it asked and was refused
 * waits until the same person is signed in again, and is asked once more then. With anybody else everything begins anew (`session.ts`).
 */
import { useSyncExternalStore } from 'react';

let ended: { readonly isOver: Promise<void>; readonly goOn: () => void } | undefined;
const listeners = new Set<() => void>();

/** Resolves once the same person is signed in again. */
export function sessionEnded(): Promise<void> {
	if (ended === undefined) {
		const { promise, resolve } = Promise.withResolvers<void>();
		ended = { isOver: promise, goOn: resolve };
		tell();
	}
	return ended.isOver;
}

export function goOn(): void {
	ended?.goOn();
	ended = undefined;
	tell();
}

export function hasEnded(): boolean {
	return ended !== undefined;
}

export function useHasEnded(): boolean {
	return useSyncExternalStore(subscribe, hasEnded);
}

function tell(): void {
	for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

// Dialogs of the page listen at the window as well, and would close below the one in which one signs in. This is here before any of them.
addEventListener(
	'keydown',
	(event) => {
		if (ended === undefined || event.key !== 'Escape') return;
		event.preventDefault();
		event.stopImmediatePropagation();
	},
	true,
);
