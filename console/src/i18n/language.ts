/** Portuguese or English: as the browser asks for it, until a person chooses; the choice is kept in this browser. */
import { useSyncExternalStore } from 'react';

export type Language = 'en' | 'pt';

const KEY = 'recado.language';
const listeners = new Set<() => void>();
let current: Language = kept() ?? preferred();
show();

export function language(): Language {
	return current;
}

/** `pt-BR` or `en`: what numbers, dates and the gateway's own words are asked for in. */
export function locale(): string {
	return current === 'pt' ? 'pt-BR' : 'en';
}

export function chooseLanguage(chosen: Language): void {
	current = chosen;
	localStorage.setItem(KEY, chosen);
	show();
	for (const listener of listeners) listener();
}

export function useLanguage(): Language {
	return useSyncExternalStore(subscribe, language);
}

function subscribe(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

function kept(): Language | undefined {
	const value = localStorage.getItem(KEY);
	return value === 'en' || value === 'pt' ? value : undefined;
}

function preferred(): Language {
	const first = navigator.languages.find((tag) => /^(pt|en)\b/i.test(tag));
	return first?.toLowerCase().startsWith('pt') ? 'pt' : 'en';
}

function show(): void {
	document.documentElement.lang = locale();
}
