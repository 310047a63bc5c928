/** What asks for a tap (contracts: z-api `received-buttons-*`, `received-hydrated-template-*`, `received-carousel`, `received-pix-key`). */
import type { ActionButton, DocumentContent, ImageContent, LocationContent, VideoContent } from '../../../domain/content.ts';
import type { ContentOf } from '../content-of.ts';
import { documentContent, locationContent } from './media.ts';

type Header = ImageContent | VideoContent | DocumentContent | LocationContent;

/** Where WhatsApp copies a code from: a copy button is a link to this page. */
const COPY_CODE_PAGE = 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=';

/** 1 is WhatsApp's number for a button that answers. */
const REPLY_BUTTON_TYPE = 1;

export function buttonsContent({ header, text, buttons }: ContentOf<'buttons'>): object {
	return {
		imageUrl: header?.kind === 'image' ? header.url : null,
		videoUrl: header?.kind === 'video' ? header.url : null,
		message: text,
		buttons: buttons.map(({ id, label }) => ({ buttonId: id, type: REPLY_BUTTON_TYPE, buttonText: { displayText: label } })),
	};
}

export function templateContent(content: ContentOf<'template'>): object {
	return {
		header: headerOf(content.header),
		message: content.text,
		footer: content.footer ?? '',
		title: content.title ?? '',
		templateId: content.templateId,
		hydratedButtons: content.buttons.map(hydrated),
	};
}

export function carouselContent({ text, cards }: ContentOf<'carousel'>): object {
	return {
		text,
		cards: cards.map((card) => ({
			header: headerOf(card.header),
			message: card.text,
			footer: card.footer ?? '',
			title: card.title ?? '',
			hydratedButtons: card.buttons.map(hydrated),
		})),
	};
}

export function pixKeyContent({ currency, referenceId, key, keyType, merchantName }: ContentOf<'pix-key'>): object {
	return { currency, referenceId, key, keyType, merchantName };
}

/** An object without members where there is none. */
function headerOf(header: Header | undefined): object {
	switch (header?.kind) {
		case undefined:
			return {};
		case 'image':
			return {
				image: {
					imageUrl: header.url,
					thumbnailUrl: header.thumbnailUrl ?? header.url,
					caption: header.caption ?? '',
					mimeType: header.mimeType,
					...sizeOf(header),
				},
			};
		case 'video':
			return {
				video: {
					videoUrl: header.url,
					caption: header.caption ?? '',
					mimeType: header.mimeType,
					seconds: header.seconds ?? 0,
					...sizeOf(header),
				},
			};
		case 'document':
			return { document: { caption: header.caption ?? null, ...documentContent(header) } };
		case 'location':
			return { location: { ...locationContent(header), name: header.name ?? '' } };
	}
}

function sizeOf(medium: ImageContent | VideoContent): object {
	return { viewOnce: medium.viewOnce ?? false, width: medium.width ?? 0, height: medium.height ?? 0 };
}

/** No document prints a button that calls; a link that a phone dials is what tells it in the documented members. */
function hydrated(button: ActionButton, index: number): object {
	switch (button.action) {
		case 'reply':
			return { index, quickReplyButton: { displayText: button.label, id: button.id } };
		case 'url':
			return { index, urlButton: { displayText: button.label, url: button.url } };
		case 'copy':
			return { index, urlButton: { displayText: button.label, url: `${COPY_CODE_PAGE}${encodeURIComponent(button.code)}` } };
		case 'call':
			return { index, urlButton: { displayText: button.label, url: `tel:+${button.phone}` } };
	}
}
