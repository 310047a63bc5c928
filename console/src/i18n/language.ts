/**
 * Portuguese or English: as the browser asks for it, until a person chooses; the choice is kept in this browser, and holds in all of its tabs. Whoever says words
 * listens (`useLanguage`, `useWords`): with another language they are said anew in place, and what was typed and opened stays.
 */
import { useSyncExternalStore } from 'react';

export type Language = 'en' | 'pt';

const KEY = 'recado.language';
const listeners = new Set<() => void>();
let current: Language = kept() ?? preferred();
show();
// Told to the other tabs alone. Null: everything that was kept is gone.
addEventListener('storage', ({ key }) => {
	if (key === KEY || key === null) take(kept() ?? preferred());
});

export function language(): Language {
	return current;
}

/** `pt-BR` or `en`: what numbers, dates and the gateway's own words are asked for in. */
export function locale(): string {
	return current === 'pt' ? 'pt-BR' : 'en';
}

export function chooseLanguage(chosen: Language): void {
	localStorage.setItem(KEY, chosen);
	take(chosen);
}

export function useLanguage(): Language {
	return useSyncExternalStore(whenLanguageChanges, language);
}

/** Answers what ends it. */
export function whenLanguageChanges(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

function take(chosen: Language): void {
	if (chosen === current) return;
	current = chosen;
	show();
	for (const listener of listeners) listener();
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
