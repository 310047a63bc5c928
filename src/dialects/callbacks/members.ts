/**
 * The members of a ReceivedCallback beside its content, each by the one function that writes it. Which of them a callback has depends on what it tells
 * of (`envelopes.ts`). Where the documents type a member as a string it is '' where nobody told it, and null only where they allow null.
 */
import type { AdReference, MessageContent, StatusReference } from '../../domain/content.ts';
import { isPerson } from '../../domain/phone.ts';
import { addressKind } from './address.ts';
import type { Told } from './told.ts';

/** Undefined leaves the member out. */
export type Member = (told: Told) => unknown;

export const always =
	(value: unknown): Member =>
	() =>
		value;

export const isStatusReply: Member = ({ message }) => message.content.context?.statusReply !== undefined;
/** Documented: "content not available yet". True also for a kind that this gateway cannot tell of: the receiver learns that a message came. */
export const waitingMessage: Member = ({ message: { content } }) => content.kind === 'waiting' || content.kind === 'unknown';
export const viewOnce: Member = ({ message: { content } }) => content.kind === 'waiting' && (content.viewOnce ?? false);
export const isEdit: Member = ({ message }) => message.content.kind === 'edit';

export const isGroup: Member = (told) => addressKind(told.with.phone).isGroup;
export const isNewsletter: Member = (told) => addressKind(told.with.phone).isNewsletter;
export const broadcast: Member = (told) => addressKind(told.with.phone).isBroadcast;

export const instanceId: Member = ({ instance }) => instance.id;
export const connectedPhone: Member = ({ instance }) => instance.phone;
/** Of an edit or a deletion the message that it is about: that is the one which the receiver knows. */
export const messageId: Member = ({ message: { content, whatsappId } }) =>
	content.kind === 'edit' || content.kind === 'deletion' ? content.to.whatsappId : whatsappId;
export const phone: Member = (told) => told.with.phone;
export const fromMe: Member = ({ message }) => message.fromMe;
export const momment: Member = ({ at }) => at;

/** What we sent is SENT when it is echoed; what came is RECEIVED, also from the instance's own phone (z-api `received-ptv`, `received-pin-message`). */
export const status: Member = ({ message }) => (message.fromMe && message.origin !== 'phone' ? 'SENT' : 'RECEIVED');
/** Whether a caller of the API sent it, or somebody holding the phone. */
export const fromApi: Member = ({ message }) => message.fromMe && message.origin !== 'phone';
export const fromApiOfOwn: Member = (told) => (told.message.fromMe ? fromApi(told) : undefined);

export const chatName: Member = (told) => told.with.chatName;
export const photo: Member = (told) => told.with.photoUrl ?? '';
export const photoOrNull: Member = (told) => told.with.photoUrl ?? null;

/** Of our own number the gateway knows no profile: its number stands for its name, as WhatsApp shows a person without one. */
export const senderName: Member = ({ message, instance, with: { senderName: name } }) => {
	if (message.fromMe) return instance.phone;
	return message.content.context?.participant?.name ?? name;
};
export const senderPhoto: Member = (told) => photoOfSender(told) ?? '';
export const senderPhotoOrNull: Member = (told) => photoOfSender(told) ?? null;
export const senderLid: Member = (told) => participantOf(told)?.lid ?? told.with.lid ?? '';
/** Many people have no LID in common. */
export const chatLid: Member = (told) => (isPerson(told.with.phone) ? (told.with.lid ?? '') : null);

/** Who of a group wrote; null elsewhere. */
export const participantPhone: Member = (told) =>
	isPerson(told.with.phone) ? null : (participantOf(told)?.phone ?? ownPhone(told) ?? null);
export const participantLid: Member = (told) => participantOf(told)?.lid ?? null;
export const participantLidOrEmpty: Member = (told) => participantOf(told)?.lid ?? '';
/** Who wrote, wherever: for kinds that tell it outside groups, too. */
export const authorPhone: Member = (told) => phoneOfAuthor(told);

export const forwarded: Member = ({ message }) => message.content.context?.forwarded ?? false;
export const forwardedWhereIs: Member = ({ message }) => message.content.context?.forwarded || undefined;
export const messageExpirationSeconds: Member = ({ message }) => message.content.context?.expiresInSeconds ?? 0;
export const messageExpirationSecondsWhereIs: Member = ({ message }) => message.content.context?.expiresInSeconds;
export const referenceMessageId: Member = (told) => answered(told) ?? null;
export const referenceMessageIdWhereIs: Member = (told) => answered(told);
export const broadcastRecipients: Member = ({ message }) => message.content.context?.broadcastTo;

export const externalAdReply: Member = ({ message }) => (message.content.context?.ad ? adOf(message.content.context.ad) : null);
export const statusImage: Member = ({ message }) => imageOf(message.content.context?.statusReply);

export const notification: Member = ({ message }) => noticeOf(message.content).name;
export const notificationParameters: Member = ({ message }) => noticeOf(message.content).parameters;
export const callId: Member = ({ message }) => noticeOf(message.content).callId ?? null;

/** A deletion is told as the notice that WhatsApp makes of it. */
function noticeOf(content: MessageContent): { readonly name: string; readonly parameters: readonly unknown[]; readonly callId?: string } {
	return content.kind === 'notice' ? content : { name: 'REVOKE', parameters: [] };
}

/** Their phone, digits. Of what happened in a chat with many, and nobody told who did it, the instance's own. */
export function phoneOfAuthor(told: Told): string {
	return participantOf(told)?.phone ?? ownPhone(told) ?? (isPerson(told.with.phone) ? told.with.phone : told.instance.phone);
}

function ownPhone({ message, instance }: Told): string | undefined {
	return message.fromMe ? instance.phone : undefined;
}

function participantOf({ message }: Told): NonNullable<MessageContent['context']>['participant'] {
	return message.content.context?.participant;
}

function photoOfSender(told: Told): string | undefined {
	if (told.message.fromMe) return undefined;
	const participant = participantOf(told);
	return participant === undefined ? told.with.photoUrl : participant.photoUrl;
}

function answered({ message }: Told): string | undefined {
	return message.replyTo ?? message.content.context?.statusReply?.whatsappId;
}

/** The last three say how WhatsApp draws it, the same for every advertisement. */
function adOf(ad: AdReference): object {
	return {
		title: ad.title,
		body: ad.body,
		mediaType: ad.mediaType,
		thumbnailUrl: ad.thumbnailUrl,
		sourceType: ad.sourceType,
		sourceId: ad.sourceId,
		ctwaClid: ad.clickId ?? '',
		sourceUrl: ad.sourceUrl,
		containsAutoReply: false,
		renderLargerThumbnail: true,
		showAdAttribution: true,
	};
}

/** `mimetype` without a capital: here alone. */
function imageOf(reference: StatusReference | undefined): object | undefined {
	const image = reference?.image;
	return (
		image && {
			imageUrl: image.url,
			thumbnailUrl: image.thumbnailUrl ?? '',
			caption: image.caption ?? '',
			mimetype: image.mimeType,
			viewOnce: image.viewOnce ?? false,
			width: image.width ?? 0,
			height: image.height ?? 0,
		}
	);
}
