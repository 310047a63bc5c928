/** Short news at the corner of the page: something was done, or could not be. What shows them is fetched with the first. */
import { useSyncExternalStore } from 'react';
import { language } from '../i18n/language.ts';
import { words } from '../i18n/words.ts';
import { messageOf } from './problem.tsx';

const WORDS = words({ en: { dismiss: 'Dismiss' }, pt: { dismiss: 'Dispensar' } });

const FAILED_MS = 12_000;

interface News {
	readonly color: 'green' | 'red';
	readonly title?: string;
	readonly message: string;
	readonly autoClose?: number;
}

let isTold = false;
const listeners = new Set<() => void>();

export function tellDone(message: string): void {
	void show({ color: 'green', message });
}

export function tellFailed(title: string, error: unknown): void {
	void show({ color: 'red', title, message: messageOf(error), autoClose: FAILED_MS });
}

/** Whether there ever was something to show. */
export function useIsTold(): boolean {
	return useSyncExternalStore(subscribe, () => isTold);
}

async function show(news: News): Promise<void> {
	isTold = true;
	for (const listener of listeners) listener();
	const { notifications } = await import('@mantine/notifications');
	notifications.show({ ...news, closeButtonProps: { 'aria-label': WORDS[language()].dismiss } });
}

function subscribe(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}
