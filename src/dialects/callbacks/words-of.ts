/** The words in a message of any kind, where a dialect has one member for all of them. */
import type { ContentBody } from '../../domain/content.ts';

/** What a person would read out; '' where there are none: of a medium without a caption, a deletion, a pin. */
export function wordsOf(content: ContentBody): string {
	switch (content.kind) {
		case 'poll':
			return content.question;
		case 'poll-vote':
			return content.options.join(', ');
		case 'event':
		case 'contact':
			return content.name;
		case 'contacts':
			return content.contacts.map(({ name }) => name).join(', ');
		case 'event-reply':
			return content.reply;
		case 'reaction':
			return content.emoji;
		case 'edit':
			return wordsOf(content.content);
		case 'location':
			return content.name ?? content.address ?? '';
		case 'product':
			return content.title;
		case 'pix-key':
			return content.key;
		case 'document':
			return content.caption ?? content.fileName ?? '';
		default:
			return textOrCaption(content);
	}
}

function textOrCaption(content: ContentBody): string {
	if ('text' in content) return content.text ?? '';
	return 'caption' in content ? (content.caption ?? '') : '';
}
