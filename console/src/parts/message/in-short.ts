/** A message in a few words: for quotes, lists, and what reads aloud. */
import type { Content } from '../../api/views.ts';
import type { InBoth } from '../../i18n/words.ts';
import type { MESSAGE_WORDS } from './words.ts';

type Say = typeof MESSAGE_WORDS extends InBoth<infer T> ? T : never;

const CHARS_MAX = 120;

export function inShort(content: Content, say: Say): string {
	return cut(said(content, say));
}

function said(content: Content, say: Say): string {
	const { kind } = content;
	switch (kind) {
		case 'image':
		case 'video':
		case 'document':
		case 'sticker':
			return content.caption || content.title || content.fileName || say[kind];
		case 'audio':
			return content.voiceNote ? say.voiceNote : say.audio;
		case 'location':
			return content.name ?? say.location;
		case 'contact':
		case 'event':
			return content.name ?? say[kind];
		case 'contacts':
			return content.contacts?.map(({ name }) => name).join(', ') ?? say.contact;
		case 'poll':
			return content.question ?? say.choices;
		case 'deleted':
			return say.deleted;
		case 'reaction':
			return content.emoji || say.reaction;
		case 'edit':
			return content.content ? said(content.content, say) : say.edit;
		default:
			return content.text ?? content.title ?? content.name ?? say.unknown;
	}
}

function cut(text: string): string {
	const chars = [...text.replace(/\s+/g, ' ').trim()];
	return chars.length > CHARS_MAX ? `${chars.slice(0, CHARS_MAX).join('')}…` : chars.join('');
}
