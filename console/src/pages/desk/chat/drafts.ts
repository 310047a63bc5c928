/** What was begun in a chat and is not sent: still there when one comes back to it, or when somebody else has taken it, until the page is left. */
import { useSyncExternalStore } from 'react';

export interface Draft {
	readonly text: string;
	readonly file?: File | undefined;
	/** Whoever sends again what perhaps arrived sends it once. */
	readonly key: string;
}

/** By chat. */
export interface Kept<T> {
	readonly of: (chatId: string) => T;
	readonly keep: (chatId: string, value: T) => void;
	readonly subscribe: (listener: () => void) => () => void;
}

const drafts: Kept<Draft> = keeper({ text: '', key: '' });
/** Notes that were begun. */
export const noteDrafts: Kept<string> = keeper('');

export const draftOf: Kept<Draft>['of'] = drafts.of;

export function keepDraft(chatId: string, changed: Partial<Omit<Draft, 'key'>>): void {
	drafts.keep(chatId, { ...drafts.of(chatId), ...changed, key: freshKey() });
}

export function useDraft(chatId: string): Draft {
	return useKept(drafts, chatId);
}

export function useKept<T>({ subscribe, of }: Kept<T>, chatId: string): T {
	return useSyncExternalStore(subscribe, () => of(chatId));
}

function keeper<T>(nothing: T): Kept<T> {
	const kept = new Map<string, T>();
	const listeners = new Set<() => void>();
	return {
		of: (chatId) => kept.get(chatId) ?? nothing,
		keep: (chatId, value) => {
			kept.set(chatId, value);
			for (const listener of listeners) listener();
		},
		subscribe: (listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}

function freshKey(): string {
	return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
