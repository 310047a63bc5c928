/**
 * Image, audio and video as Z-API tells of them (contracts: z-api `received-image.json` and its siblings). Sizes, lengths and links that
 * the channel did not tell are 0 and '', which keeps the documented types.
 */
import type { MediaWriters } from '../../callbacks/contents/media.ts';

export const zApiMedia: MediaWriters = {
	/** The addresses are null where WhatsApp could not fetch it (z-api `received-image-download-error.json`). */
	image: (content) => {
		const isThere = content.downloadError === undefined;
		return {
			mimeType: content.mimeType,
			imageUrl: isThere ? content.url : null,
			thumbnailUrl: isThere ? (content.thumbnailUrl ?? '') : null,
			downloadError: content.downloadError ?? null,
			caption: content.caption ?? '',
			width: content.width ?? 0,
			height: content.height ?? 0,
			viewOnce: content.viewOnce ?? false,
		};
	},
	audio: (content) => ({
		ptt: content.voiceNote ?? false,
		seconds: content.seconds ?? 0,
		audioUrl: content.url,
		mimeType: content.mimeType,
		viewOnce: content.viewOnce ?? false,
	}),
	/** A GIF and a round video note are printed without the last two. */
	video: (content) => ({
		videoUrl: content.url,
		caption: content.caption ?? '',
		mimeType: content.mimeType,
		...(content.look === undefined ? { seconds: content.seconds ?? 0, viewOnce: content.viewOnce ?? false } : {}),
	}),
};
