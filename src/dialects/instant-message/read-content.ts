/** What an interaction says, from the body's `mediaType` and the part that belongs to it. */
import type { Media, SendContent } from '../../messaging/services.ts';
import type { Caller } from './authentication.ts';
import { badParameter } from './errors.ts';
import type { InteractionBody } from './send-body.ts';
import { findUpload } from './uploads.ts';

/** Throws invalid_request where the part that the `mediaType` asks for is missing, or names a medium that is not there. */
export async function readContent(media: Pick<Media, 'get'>, caller: Caller, body: InteractionBody): Promise<SendContent> {
	const mediaType = body.mediaType ?? 'text';
	switch (mediaType) {
		case 'text':
			return readText(body);
		case 'location':
			return readLocation(body);
		case 'image':
		case 'video':
		case 'audio':
		case 'document':
			return readMedium(body, mediaType, await sourceOf(media, caller, body, mediaType));
	}
}

function readText(body: InteractionBody): SendContent {
	if (body.mediaType === undefined && (body.mediaData || body.location)) {
		throw badParameter('mediaType', 'is required with mediaData or location', 'é obrigatório com mediaData ou location');
	}
	if (!body.message) throw badParameter('message', 'is required and not empty', 'é obrigatório e não pode ser vazio');
	return { kind: 'text', text: body.message };
}

/** The documented example has latitude and longitude swapped (latitude -122), so numbers are taken as they are. */
function readLocation({ location }: InteractionBody): SendContent {
	if (!location) throw badParameter('location', 'is required for mediaType location', 'é obrigatório para mediaType location');
	const { latitude, longitude, name, address } = location;
	return { kind: 'location', latitude, longitude, ...(name === undefined ? {} : { name }), ...(address === undefined ? {} : { address }) };
}

interface Source {
	readonly field: string;
	readonly source: string;
	readonly fileName?: string;
}

/** The documented example has link and id; the link counts then. */
async function sourceOf(media: Pick<Media, 'get'>, caller: Caller, { mediaData }: InteractionBody, medium: string): Promise<Source> {
	const { link, id } = mediaData ?? {};
	if (link) return { field: 'mediaData.link', source: link };
	if (!id)
		throw badParameter('mediaData.link', `or id is required for mediaType ${medium}`, `ou id é obrigatório para mediaType ${medium}`);
	const uploaded = await findUpload(media, caller, id);
	if (!uploaded) throw badParameter('mediaData.id', 'is no uploaded medium', 'não é uma mídia enviada');
	return { field: 'mediaData.id', source: uploaded.url, ...(uploaded.fileName === undefined ? {} : { fileName: uploaded.fileName }) };
}

function readMedium(
	{ mediaData, message }: InteractionBody,
	medium: 'image' | 'video' | 'audio' | 'document',
	{ fileName: uploadedName, ...source }: Source,
): SendContent {
	const words = mediaData?.caption ?? message;
	const fileName = mediaData?.filename ?? uploadedName;
	return {
		kind: 'medium',
		medium,
		...source,
		...(words === undefined ? {} : { caption: words }),
		...(fileName === undefined ? {} : { fileName }),
	};
}
