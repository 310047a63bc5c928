/** Short news at the corner of the page: something was done, or could not be. What shows them is fetched soon after the page: it has to be there when the gateway is not. */
import { useSyncExternalStore } from 'react';
import { fetched } from '../api/code.ts';
import { language } from '../i18n/language.ts';
import { words } from '../i18n/words.ts';
import { messageOf } from './problem.tsx';

const WORDS = words({ en: { dismiss: 'Dismiss' }, pt: { dismiss: 'Dispensar' } });

const FAILED_MS = 12_000;
/** By then a page has fetched what it needs itself. */
const READY_MS = 5_000;

interface News {
	readonly color: 'green' | 'red';
	readonly title?: string;
	readonly message: string;
	readonly autoClose?: number;
}

/** Whether what shows them is wanted. */
let isWanted = false;
const listeners = new Set<() => void>();

export function tellDone(message: string): void {
	void show({ color: 'green', message });
}

export function tellFailed(title: string, error: unknown): void {
	void show({ color: 'red', title, message: messageOf(error), autoClose: FAILED_MS });
}

/** Whether what shows them is to be there: with the first, and else soon. */
export function useIsTold(): boolean {
	return useSyncExternalStore(subscribe, () => isWanted);
}

async function show(news: News): Promise<void> {
	want();
	const { notifications } = await fetched(() => import('@mantine/notifications'));
	notifications.show({ ...news, closeButtonProps: { 'aria-label': WORDS[language()].dismiss } });
}

function want(): void {
	if (isWanted) return;
	isWanted = true;
	for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

setTimeout(want, READY_MS);
