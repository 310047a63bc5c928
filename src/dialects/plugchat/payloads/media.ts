/**
 * Image, audio and video as Plugchat documents them (contracts: plugchat `received-image.json` and its siblings); today's pages print
 * text only, so both generations share these. '' where the channel did not tell keeps the documented type.
 */
import type { MediaWriters } from '../../callbacks/contents/media.ts';

export const plugchatMedia: MediaWriters = {
	image: (content) => ({
		mimeType: content.mimeType,
		imageUrl: content.url,
		thumbnailUrl: content.thumbnailUrl ?? '',
		caption: content.caption ?? '',
	}),
	audio: (content) => ({ audioUrl: content.url, mimeType: content.mimeType }),
	video: (content) => ({ videoUrl: content.url, mimeType: content.mimeType, caption: content.caption ?? '' }),
};
