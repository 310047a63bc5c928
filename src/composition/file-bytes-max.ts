/** How large a file may be that comes within a request, for who is about to send one. */
import type { Config } from '../config/config.ts';
import type { FileBytesMax } from '../dialects/recado/deps.ts';

/** What stands in the body beside the file: its name, to whom, and a caption, of WhatsApp's longest text (4,096 letters of four bytes) at most. */
const BESIDE_BYTES = 20_480;

/** As a file is written in JSON: four letters of Base64 for three bytes. */
export function fileBytesMax({ http, media }: Pick<Config, 'http' | 'media'>): FileBytesMax {
	const fitting = Math.max(0, Math.floor((http.bodyBytesMax - BESIDE_BYTES) / 4) * 3);
	return { media: Math.min(media.bytesMax, fitting), document: Math.min(media.documentBytesMax, fitting) };
}
