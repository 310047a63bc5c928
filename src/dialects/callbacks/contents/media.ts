/** Documents, stickers and places, which both dialects write alike, and who writes the others. Sizes and links that nobody told are 0 and ''. */
import type { ContentOf } from '../content-of.ts';

export interface MediaWriters {
	image(content: ContentOf<'image'>): object;
	audio(content: ContentOf<'audio'>): object;
	video(content: ContentOf<'video'>): object;
}

/** All members are always there: 0 and '' where nobody told them keep the documented types. */
export function documentContent(content: ContentOf<'document'>): object {
	const fileName = content.fileName ?? fileNameOf(content.url);
	return {
		documentUrl: content.url,
		mimeType: content.mimeType,
		title: content.title ?? fileName.replace(/\.[^.]*$/, ''),
		pageCount: content.pageCount ?? 0,
		fileName,
	};
}

/** The last part of the address where it looks like a file, undecoded; '' otherwise. */
function fileNameOf(url: string): string {
	const path = URL.canParse(url) ? new URL(url).pathname : '';
	return /[^/]+\.\w{1,5}$/.exec(path)?.[0] ?? '';
}

export function stickerContent(content: ContentOf<'sticker'>): object {
	return { stickerUrl: content.url, mimeType: content.mimeType };
}

export function locationContent(content: ContentOf<'location'>): object {
	return { longitude: content.longitude, latitude: content.latitude, address: content.address ?? '', url: content.url ?? '' };
}
