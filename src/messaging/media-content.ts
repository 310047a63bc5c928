/** Where media are within what a message says. */
import type { ContentBody, Medium, MessageContent } from '../domain/content.ts';
import type { MediaKind } from '../domain/media-type.ts';
import type { Message } from '../domain/message.ts';
import type { Change } from '../ports/changes.ts';
import type { MediumSource, SendContent, UponWish } from './services.ts';

/** Answers the medium as it is to stand in the message. `field` names it for errors. */
export type TakeMedium = (kind: MediaKind, medium: Medium, field: string) => Promise<Medium>;

/** The same content, with each of its media as `take` answered it; those of a carousel are taken beside each other. */
export async function mapMedia(content: SendContent, take: TakeMedium): Promise<MessageContent | UponWish> {
	if (content.kind === 'medium') return mapSource(content, take);
	if (content.kind === 'upon') {
		const { act } = content;
		return act.kind === 'edit' ? { ...content, act: { ...act, content: await mapBody(act.content, take) } } : content;
	}
	return mapBody(content, take);
}

/** Whether there is anything in it to be taken. */
export function hasMedia(content: SendContent): boolean {
	switch (content.kind) {
		case 'text':
			return isData(content.preview?.thumbnailUrl);
		case 'upon':
			return content.act.kind === 'edit' && hasMedia(content.act.content);
		case 'edit':
			return hasMedia(content.content);
		default:
			return MEDIA_KINDS.has(content.kind);
	}
}

const MEDIA_KINDS: ReadonlySet<SendContent['kind']> = new Set<SendContent['kind']>([
	'medium',
	'image',
	'video',
	'audio',
	'document',
	'sticker',
	'buttons',
	'template',
	'carousel',
]);

/** What else is told of it stays as it was given. */
async function mapSource(
	{ kind: _, medium, field, source, mimeType, fileName, ...rest }: MediumSource,
	take: TakeMedium,
): Promise<MessageContent> {
	const given = { url: source, mimeType: mimeType ?? '', ...(fileName === undefined ? {} : { fileName }) };
	return { kind: medium, ...rest, ...(await take(medium, given, field)) };
}

async function mapBody<T extends ContentBody>(content: T, take: TakeMedium): Promise<T>;
async function mapBody(content: ContentBody, take: TakeMedium): Promise<ContentBody> {
	switch (content.kind) {
		case 'image':
		case 'video':
		case 'audio':
		case 'document':
		case 'sticker':
			return mapWhole(content, content.kind, take);
		case 'text':
			return { ...content, ...(content.preview === undefined ? {} : { preview: await mapPicture(content.preview, 'preview', take) }) };
		case 'buttons':
			return { ...content, ...(content.header === undefined ? {} : { header: await mapWhole(content.header, 'header', take) }) };
		case 'template':
			if (content.header === undefined || content.header.kind === 'location') return content;
			return { ...content, header: await mapWhole(content.header, 'header', take) };
		case 'carousel':
			return {
				...content,
				cards: await Promise.all(
					content.cards.map(async (card, index) =>
						card.header === undefined ? card : { ...card, header: await mapWhole(card.header, `cards[${index}].header`, take) },
					),
				),
			};
		case 'edit':
			return { ...content, content: await mapBody(content.content, take) };
		default:
			return content;
	}
}

async function mapWhole<T extends Medium & { readonly kind: MediaKind }>(medium: T, field: string, take: TakeMedium): Promise<T> {
	return mapPicture({ ...medium, ...(await take(medium.kind, medium, field)) }, field, take);
}

/** A picture of a picture is a link as it was given, unless it was given as bytes. */
async function mapPicture<T extends { readonly thumbnailUrl?: string }>(owner: T, field: string, take: TakeMedium): Promise<T> {
	const { thumbnailUrl } = owner;
	if (thumbnailUrl === undefined || !isData(thumbnailUrl)) return owner;
	const { url } = await take('image', { url: thumbnailUrl, mimeType: '' }, `${field}.thumbnailUrl`);
	return { ...owner, thumbnailUrl: url };
}

export function isData(url: string | undefined): boolean {
	return url?.startsWith('data:') ?? false;
}

/** The end of a link of ours; the id alone would open it. */
const OWN_LINK = /\/media\/(med_[0-9a-f]{32,})$/;

export function idOfLink(url: string): string | undefined {
	return OWN_LINK.exec(url)?.[1];
}

/** Media of ours that nothing else has yet go with the message from now on. */
export async function attachments({ id, accountId, content }: Message): Promise<readonly Change[]> {
	if (!hasMedia(content)) return [];
	const ids: string[] = [];
	await mapMedia(content, async (_kind, medium) => {
		const linked = idOfLink(medium.url);
		if (linked !== undefined) ids.push(linked);
		return medium;
	});
	return ids.length === 0 ? [] : [{ kind: 'media.attach', ids, accountId, messageId: id }];
}
