/** The `text` of a callback: of today with its link, `descritpion` spelled as documented, and the words alone as in 2022. */
import type { ContentOf } from './content-of.ts';
import { given } from './given.ts';
import type { Told } from './told.ts';

export function textAlone(content: ContentOf<'text'>): object {
	return { message: content.text };
}

/** Where the chat began from an advertisement, the link is that one's, and `description` is spelled right (z-api `received-external-ad-reply`). */
export function textWithLink(content: ContentOf<'text'>, told: Told): object {
	const message = content.text;
	const ad = told.message.content.context?.ad;
	if (ad) return { message, description: ad.body, title: ad.title, url: ad.sourceUrl, thumbnailUrl: ad.thumbnailUrl };
	const { preview } = content;
	if (preview === undefined) return { message };
	return given({
		message,
		descritpion: preview.description,
		title: preview.title,
		url: preview.url,
		thumbnailUrl: preview.thumbnailUrl,
	});
}
