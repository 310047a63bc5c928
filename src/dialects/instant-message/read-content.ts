/** What an interaction says, from the body's `mediaType` and the part that belongs to it. */
import type { SendContent } from '../../messaging/services.ts';
import { badParameter } from './errors.ts';

export interface InteractionContent {
	readonly message?: string;
	readonly mediaType?: 'text' | 'image' | 'video' | 'audio' | 'document' | 'location';
	readonly mediaData?: { readonly link?: string; readonly id?: string; readonly caption?: string; readonly filename?: string };
	readonly location?: { readonly latitude: number; readonly longitude: number; readonly name?: string; readonly address?: string };
}

/** Throws invalid_request where the part that the `mediaType` asks for is missing. */
export function readContent(body: InteractionContent): SendContent {
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
			return readMedium(body, mediaType);
	}
}

function readText(body: InteractionContent): SendContent {
	if (body.mediaType === undefined && (body.mediaData || body.location)) {
		throw badParameter('mediaType', 'is required with mediaData or location', 'é obrigatório com mediaData ou location');
	}
	if (!body.message) throw badParameter('message', 'is required and not empty', 'é obrigatório e não pode ser vazio');
	return { kind: 'text', text: body.message };
}

/** The documented example has latitude and longitude swapped (latitude -122), so numbers are taken as they are. */
function readLocation(body: InteractionContent): SendContent {
	if (!body.location) throw badParameter('location', 'is required for mediaType location', 'é obrigatório para mediaType location');
	return { kind: 'location', ...body.location };
}

function readMedium(body: InteractionContent, medium: 'image' | 'video' | 'audio' | 'document'): SendContent {
	const { link, id, caption, filename } = body.mediaData ?? {};
	if (!link) {
		throw id
			? badParameter('mediaData.id', 'cannot be used yet; give mediaData.link', 'ainda não é aceito; informe mediaData.link')
			: badParameter('mediaData.link', `is required for mediaType ${medium}`, `é obrigatório para mediaType ${medium}`);
	}
	const words = caption ?? body.message;
	return {
		kind: 'medium',
		medium,
		field: 'mediaData.link',
		source: link,
		...(words === undefined ? {} : { caption: words }),
		...(filename === undefined ? {} : { fileName: filename }),
	};
}
