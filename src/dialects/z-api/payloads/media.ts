/**
 * Image, audio and video as Z-API tells of them (contracts: z-api `received-image.json` and its siblings). Sizes, lengths and links that
 * the channel did not tell are 0 and '', which keeps the documented types.
 */
import type { MediaWriters } from '../../callbacks/contents.ts';

export const zApiMedia: MediaWriters = {
	image: (content) => ({
		mimeType: content.mimeType,
		imageUrl: content.url,
		thumbnailUrl: content.thumbnailUrl ?? '',
		downloadError: null,
		caption: content.caption ?? '',
		width: content.width ?? 0,
		height: content.height ?? 0,
		viewOnce: content.viewOnce ?? false,
	}),
	audio: (content) => ({
		ptt: content.voiceNote ?? false,
		seconds: content.seconds ?? 0,
		audioUrl: content.url,
		mimeType: content.mimeType,
		viewOnce: content.viewOnce ?? false,
	}),
	video: (content) => ({
		videoUrl: content.url,
		caption: content.caption ?? '',
		mimeType: content.mimeType,
		seconds: content.seconds ?? 0,
		viewOnce: content.viewOnce ?? false,
	}),
};
