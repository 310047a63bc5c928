/** A message in a few words, as the list of chats on a phone shows it. */
import type { MessageContent } from '../../domain/message.ts';

/** Beyond this a text is cut, with an ellipsis. */
const QUOTE_CHARS_MAX = 120;

/** Null for what nobody answers: a reaction. */
export function quoteOf(content: MessageContent): string | null {
	switch (content.kind) {
		case 'text':
			return shorten(content.text);
		case 'image':
			return shorten(content.caption ?? 'imagem');
		case 'video':
			return shorten(content.caption ?? 'vídeo');
		case 'audio':
			return 'áudio';
		case 'document':
			return shorten(content.caption ?? content.title ?? content.fileName ?? 'documento');
		case 'location':
			return shorten(content.name ?? content.address ?? 'localização');
		case 'contact':
			return shorten(content.name);
		case 'reaction':
			return null;
		case 'unknown':
			return 'mensagem';
	}
}

function shorten(text: string): string {
	const characters = Array.from(text.slice(0, QUOTE_CHARS_MAX * 2));
	if (characters.length <= QUOTE_CHARS_MAX && text.length <= QUOTE_CHARS_MAX * 2) return text;
	return `${characters.slice(0, QUOTE_CHARS_MAX - 1).join('')}…`;
}
