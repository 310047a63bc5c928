/**
 * Whether the gateway can be reached. A request or a stream that failed is a suspicion; the gateway is away once it does not answer a question that it answers
 * anybody, and is asked that again until it does. The frame of the pages tells so, once for all of them (`shell/away-strip.tsx`).
 */
import { useSyncExternalStore } from 'react';
import { API } from './root.ts';

/** It costs nothing: no store is asked for it, and nobody has to be signed in. */
const QUESTION = `${API}/session/methods`;
const ASKED_EVERY_MS = 2_000;
/** Beyond it a gateway that hangs, or a network that swallows what is sent, counts as away. */
const ANSWERS_WITHIN_MS = 5_000;

let isGone = false;
let asking: Promise<boolean> | undefined;
let next: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

export function isAway(): boolean {
	return isGone;
}

export function useIsAway(): boolean {
	return useSyncExternalStore(subscribe, isAway);
}

/** Asks it; many who suspect at once ask once. */
export function isThere(): Promise<boolean> {
	asking ??= ask().finally(() => {
		asking = undefined;
	});
	return asking;
}

/** Called each time that it is back. */
export function whenBack(listener: () => void): void {
	subscribe(() => {
		if (!isGone) listener();
	});
}

/** Resolves at once where it is there. */
export function untilBack(): Promise<void> {
	if (!isGone) return Promise.resolve();
	return new Promise((resolve) => {
		const end = subscribe(() => {
			if (isGone) return;
			end();
			resolve();
		});
	});
}

/** What a proxy says of a gateway that is away. */
export function isOfProxy(status: number, code: string | undefined): boolean {
	return code === undefined && status >= 502 && status <= 504;
}

async function ask(): Promise<boolean> {
	clearTimeout(next);
	const isAnswered = await fetch(QUESTION, { cache: 'no-store', signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) }).then(
		({ ok }) => ok,
		() => false,
	);
	if (!isAnswered) next = setTimeout(() => void isThere(), ASKED_EVERY_MS);
	if (isGone === isAnswered) {
		isGone = !isAnswered;
		for (const listener of [...listeners]) listener();
	}
	return isAnswered;
}

function subscribe(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

/** Whoever comes back to the page, or to the network, need not wait for the next time. */
const look = (): void => {
	if (isGone && !document.hidden) void isThere();
};
document.addEventListener('visibilitychange', look);
addEventListener('online', look);
