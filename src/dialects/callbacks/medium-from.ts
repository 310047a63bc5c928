/** A medium within other content, as a caller gives it: its type is found out where it is fetched. */
import type { ContentOf } from './content-of.ts';

/** `source`: an https URL or a Base64 data URI. */
export function mediumFrom<K extends 'image' | 'video' | 'document'>(kind: K, source: string): ContentOf<K> {
	return { kind, url: source, mimeType: '' } as ContentOf<K>;
}
