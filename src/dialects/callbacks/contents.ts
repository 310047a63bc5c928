/**
 * What a message contains, as the member of a ReceivedCallback that is named after its kind. The two dialects spell all kinds alike but
 * for image, audio and video, of which Z-API tells more: those writers are handed in.
 */
import type { MessageContent } from '../../domain/message.ts';
import type { Told } from './told.ts';

export type ContentOf<K extends MessageContent['kind']> = Extract<MessageContent, { readonly kind: K }>;

export interface MediaWriters {
	image(content: ContentOf<'image'>): object;
	audio(content: ContentOf<'audio'>): object;
	video(content: ContentOf<'video'>): object;
}

/** One member, or none for a kind that has no documented one: the envelope then tells that something came, nothing undocumented what. */
export function contentMember(told: Told, media: MediaWriters): Readonly<Record<string, object>> {
	const { content } = told.message;
	switch (content.kind) {
		case 'text':
			return { text: { message: content.text } };
		case 'image':
			return { image: media.image(content) };
		case 'audio':
			return { audio: media.audio(content) };
		case 'video':
			return { video: media.video(content) };
		case 'document':
			return { document: documentContent(content) };
		case 'location':
			return { location: locationContent(content) };
		case 'contact':
			return { contact: { displayName: content.name, vCard: content.vCard, phones: content.phones } };
		case 'reaction':
			return { reaction: reactionContent(content, told) };
		case 'unknown':
			return {};
	}
}

/** All members are always there: 0 and '' where nobody told them keep the documented types. */
function documentContent(content: ContentOf<'document'>): object {
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

function locationContent(content: ContentOf<'location'>): object {
	return { longitude: content.longitude, latitude: content.latitude, address: content.address ?? '', url: content.url ?? '' };
}

/** A reaction taken back comes with an empty `value`. */
function reactionContent(content: ContentOf<'reaction'>, told: Told): object {
	return {
		value: content.emoji,
		time: told.at,
		reactionBy: told.message.fromMe ? told.instance.phone : told.with.phone,
		referencedMessage: {
			messageId: content.to.whatsappId,
			fromMe: content.to.fromMe,
			phone: told.with.phone,
			participant: content.to.participantPhone ?? null,
		},
	};
}
