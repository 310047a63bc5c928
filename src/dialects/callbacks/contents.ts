/**
 * What a message contains, as the member of a ReceivedCallback that is named after its kind. The two dialects spell all kinds alike but for text, image,
 * audio and video, of which some tell more than others: those writers are handed in.
 */
import type { ContactContent, ContentBody } from '../../domain/content.ts';
import type { ContentOf } from './content-of.ts';
import { checkoutMember, orderContent, paymentMember, productContent } from './contents/commerce.ts';
import { buttonsContent, carouselContent, pixKeyContent, templateContent } from './contents/interactive.ts';
import { documentContent, locationContent, type MediaWriters, stickerContent } from './contents/media.ts';
import { eventContent, eventReplyContent, pinContent, pollContent, pollVoteContent, reactionContent } from './contents/upon.ts';
import type { Told } from './told.ts';

export interface ContentWriters extends MediaWriters {
	text(content: ContentOf<'text'>, told: Told): object;
}

/** One member, or none for a kind that has no documented one: the envelope then tells that something came, nothing undocumented what. */
export function contentMember(told: Told, writers: ContentWriters): Readonly<Record<string, object>> {
	return memberOf(told.message.content, told, writers);
}

function memberOf(content: ContentBody, told: Told, writers: ContentWriters): Readonly<Record<string, object>> {
	switch (content.kind) {
		case 'text':
			return { text: writers.text(content, told) };
		case 'image':
			return { image: writers.image(content) };
		case 'audio':
			return { audio: writers.audio(content) };
		case 'video':
			return { video: writers.video(content) };
		case 'document':
			return { document: documentContent(content) };
		case 'sticker':
			return { sticker: stickerContent(content) };
		case 'location':
			return { location: locationContent(content) };
		case 'contact':
			return { contact: contactContent(content) };
		case 'contacts':
			return { contact: contactsContent(content.contacts) };
		case 'buttons':
			return { buttonsMessage: buttonsContent(content) };
		case 'button-reply':
			return { buttonsResponseMessage: { buttonId: content.buttonId, message: content.text } };
		case 'list':
			return { text: { message: content.text, title: content.title } };
		case 'list-reply':
			return { listResponseMessage: { message: content.text, title: content.title, selectedRowId: content.optionId } };
		case 'template':
			return { hydratedTemplate: templateContent(content) };
		case 'carousel':
			return { carouselMessage: carouselContent(content) };
		case 'pix-key':
			return { pixKeyMessage: pixKeyContent(content) };
		case 'poll':
			return { poll: pollContent(content) };
		case 'poll-vote':
			return { pollVote: pollVoteContent(content) };
		case 'event':
			return { event: eventContent(content) };
		case 'event-reply':
			return { eventResponse: eventReplyContent(content, told) };
		case 'reaction':
			return { reaction: reactionContent(content, told) };
		case 'pin':
			return { pinMessage: pinContent(content, told) };
		case 'edit':
			return memberOf(content.content, told, writers);
		case 'product':
			return { product: productContent(content) };
		case 'catalog':
			return { text: { message: content.text, ...(content.title === undefined ? {} : { title: content.title }) } };
		case 'order':
			return { order: orderContent(content) };
		case 'checkout':
			return checkoutMember(content);
		case 'payment':
			return paymentMember(content);
		case 'newsletter-invite':
			return { newsletterAdminInvite: newsletterInviteContent(content) };
		case 'deletion':
		case 'notice':
		case 'waiting':
		case 'deleted':
		case 'unknown':
			return {};
	}
}

function contactContent({ name, vCard, phones }: Omit<ContactContent, 'kind'>): object {
	return { displayName: name, vCard, phones };
}

/** Several cards in one file is what the format allows; the documents know a single contact only. */
function contactsContent(contacts: readonly Omit<ContactContent, 'kind'>[]): object {
	return {
		displayName: contacts.map(({ name }) => name).join(', '),
		vCard: contacts.map(({ vCard }) => vCard).join('\n'),
		phones: contacts.flatMap(({ phones }) => phones),
	};
}

/** The one expiry in seconds. */
function newsletterInviteContent(content: ContentOf<'newsletter-invite'>): object {
	return {
		newsletterId: content.newsletterId,
		newsletterName: content.newsletterName,
		text: content.text,
		inviteExpiration: Math.floor(content.expiresAt / 1000),
	};
}
