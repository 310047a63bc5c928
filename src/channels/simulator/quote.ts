/** A message in a few words, as the list of chats on a phone shows it. */
import type { MessageContent } from '../../domain/content.ts';

/** Beyond this a text is cut, with an ellipsis. */
const QUOTE_CHARS_MAX = 120;

/** Null for what nobody answers: what acts upon another message, and what WhatsApp itself wrote. */
export function quoteOf(content: MessageContent): string | null {
	switch (content.kind) {
		case 'text':
		case 'buttons':
		case 'list':
		case 'template':
		case 'carousel':
		case 'catalog':
		case 'order':
		case 'newsletter-invite':
		case 'button-reply':
			return shorten(content.text);
		case 'image':
		case 'video':
			return shorten(content.caption ?? MEDIA_NAMES[content.kind]);
		case 'audio':
		case 'sticker':
			return MEDIA_NAMES[content.kind];
		case 'document':
			return shorten(content.caption ?? content.title ?? content.fileName ?? 'documento');
		case 'location':
			return shorten(content.name ?? content.address ?? 'localização');
		case 'contact':
		case 'event':
			return shorten(content.name);
		case 'contacts':
			return shorten(content.contacts.map(({ name }) => name).join(', '));
		case 'list-reply':
		case 'product':
			return shorten(content.title);
		case 'poll':
			return shorten(content.question);
		case 'pix-key':
			return shorten(content.key);
		case 'checkout':
			return shorten(content.text ?? 'pedido');
		case 'payment':
			return 'pagamento';
		case 'unknown':
		case 'waiting':
			return 'mensagem';
		case 'reaction':
		case 'edit':
		case 'deletion':
		case 'pin':
		case 'poll-vote':
		case 'event-reply':
		case 'notice':
		case 'deleted':
			return null;
	}
}

const MEDIA_NAMES = { image: 'imagem', video: 'vídeo', audio: 'áudio', sticker: 'figurinha' };

function shorten(text: string): string {
	const characters = Array.from(text.slice(0, QUOTE_CHARS_MAX * 2));
	if (characters.length <= QUOTE_CHARS_MAX && text.length <= QUOTE_CHARS_MAX * 2) return text;
	return `${characters.slice(0, QUOTE_CHARS_MAX - 1).join('')}…`;
}
