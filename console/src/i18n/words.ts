/**
 * What a page says, in both languages, beside the page: `const WORDS = words({ en: {...}, pt: {...} })`, and in it `const say = useWords(WORDS)`. A word is a text,
 * or a function that answers one. One that is missing in a language does not compile.
 */
import { type Language, useLanguage } from './language.ts';

// biome-ignore lint/suspicious/noExplicitAny: what a word needs to be said is its own affair
type Word = string | ((...given: any[]) => string) | { readonly [name: string]: Word };
type Words = { readonly [name: string]: Word };
export type InBoth<T> = { readonly [L in Language]: T };

export function words<T extends Words>(both: { readonly en: T; readonly pt: NoInfer<T> }): InBoth<T> {
	return both;
}

export function useWords<T>(both: InBoth<T>): T {
	return both[useLanguage()];
}
