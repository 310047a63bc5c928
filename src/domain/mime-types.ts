/** What a file extension says about the type of its content. */

const MIME_TYPE_BY_EXTENSION: Readonly<Record<string, string>> = {
	'3gp': 'video/3gpp',
	aac: 'audio/aac',
	amr: 'audio/amr',
	csv: 'text/csv',
	doc: 'application/msword',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	gif: 'image/gif',
	html: 'text/html',
	jpeg: 'image/jpeg',
	jpg: 'image/jpeg',
	json: 'application/json',
	m4a: 'audio/mp4',
	mp3: 'audio/mpeg',
	mp4: 'video/mp4',
	ods: 'application/vnd.oasis.opendocument.spreadsheet',
	odt: 'application/vnd.oasis.opendocument.text',
	ogg: 'audio/ogg; codecs=opus',
	pdf: 'application/pdf',
	png: 'image/png',
	ppt: 'application/vnd.ms-powerpoint',
	pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
	rar: 'application/vnd.rar',
	rtf: 'application/rtf',
	svg: 'image/svg+xml',
	txt: 'text/plain',
	wav: 'audio/wav',
	webp: 'image/webp',
	xls: 'application/vnd.ms-excel',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	xml: 'application/xml',
	zip: 'application/zip',
};

/** Without its dot, in any case; undefined for one that is not known. */
export function mimeTypeOfExtension(extension: string): string | undefined {
	const key = extension.toLowerCase();
	return Object.hasOwn(MIME_TYPE_BY_EXTENSION, key) ? MIME_TYPE_BY_EXTENSION[key] : undefined;
}
