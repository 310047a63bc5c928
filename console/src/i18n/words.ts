/**
 * What a page says, in both languages, beside the page: `const WORDS = words({ en: {...}, pt: {...} })`, and in it `const say = useWords(WORDS)`. A word is a text,
 * or a function that answers one. One that is missing in a language does not compile. Words are read while rendering and not kept in a state: kept ones would stay
 * behind when the language changes.
 */
import { type Language, useLanguage } from './language.ts';

/** What a word is given to be said is its own affair: `never` stands for all of it. */
type Word = string | ((...given: never[]) => string) | { readonly [name: string]: Word };
type Words = { readonly [name: string]: Word };
export type InBoth<T> = { readonly [L in Language]: T };

export function words<T extends Words>(both: { readonly en: T; readonly pt: NoInfer<T> }): InBoth<T> {
	return both;
}

export function useWords<T>(both: InBoth<T>): T {
	return both[useLanguage()];
}
