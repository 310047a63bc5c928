/**
 * Which members a ReceivedCallback has beside its content. The documents print another set for nearly every kind (contracts: `webhooks/z-api/received-*`,
 * of 37 members 11 are in all), and receivers are written against them: so the sets are data, one of each kind, told as what it adds to and takes from
 * another one.
 */
import type { MessageContent, MessageKind } from '../../domain/content.ts';
import type { Member } from './members.ts';
import * as member from './members.ts';
import type { Told } from './told.ts';

/** In the order in which they are written. */
export type Envelope = Readonly<Record<string, Member>>;

export interface Envelopes {
	/** Of kinds that are not among `byKind`. */
	readonly plain: Envelope;
	readonly byKind: Readonly<Partial<Record<MessageKind | 'ptv', Envelope>>>;
	/** Of notices by their name; where it is not there, `group` in a chat with many and `person` elsewhere. */
	readonly notices: { readonly person: Envelope; readonly group: Envelope; readonly byName: Readonly<Record<string, Envelope>> };
	/** Whether what only one kind of notice has (`details`) is told. */
	readonly hasDetails: boolean;
	/** What the context of a message, whatever its kind, makes of its envelope. */
	readonly inContext: readonly ContextRule[];
}

interface ContextRule {
	readonly applies: (told: Told) => boolean;
	readonly change: (envelope: Envelope) => Envelope;
}

/** Text, media, places, contacts, polls, events and what the documents print like them. The three last ones are there where there is something to tell. */
export const PLAIN: Envelope = {
	isStatusReply: member.isStatusReply,
	senderLid: member.senderLid,
	connectedPhone: member.connectedPhone,
	waitingMessage: member.waitingMessage,
	isEdit: member.isEdit,
	isGroup: member.isGroup,
	isNewsletter: member.isNewsletter,
	instanceId: member.instanceId,
	messageId: member.messageId,
	phone: member.phone,
	fromMe: member.fromMe,
	momment: member.momment,
	status: member.status,
	chatName: member.chatName,
	senderPhoto: member.senderPhoto,
	senderName: member.senderName,
	participantPhone: member.participantPhone,
	participantLid: member.participantLid,
	photo: member.photo,
	broadcast: member.broadcast,
	type: member.always('ReceivedCallback'),
	referenceMessageId: member.referenceMessageIdWhereIs,
	messageExpirationSeconds: member.messageExpirationSecondsWhereIs,
	forwarded: member.forwardedWhereIs,
};

/** The envelopes that follow from a plain one: of today, since the shorter one of 2022 had fewer of them. */
export function envelopesFrom(plain: Envelope): Envelopes {
	const unmarked = without(plain, 'fromApi');
	const answer: Envelope = { ...plain, referenceMessageId: member.referenceMessageId, forwarded: member.forwarded };
	const offer: Envelope = {
		...without(plain, 'senderLid', 'participantPhone'),
		chatLid: member.chatLid,
		senderPhoto: member.senderPhotoOrNull,
		photo: member.photoOrNull,
		forwarded: member.forwarded,
		fromApi: member.fromApi,
	};
	return {
		plain,
		byKind: {
			buttons: offer,
			carousel: { ...offer, photo: member.photo },
			template: offer,
			'pix-key': offer,
			'button-reply': answer,
			'list-reply': answer,
			'poll-vote': { ...without(plain, 'participantLid'), participantPhone: member.authorPhone },
			product: without(plain, 'chatName'),
			order: {
				...without(plain, 'participantPhone', 'participantLid'),
				senderPhoto: member.senderPhotoOrNull,
				forwarded: member.forwarded,
			},
			pin: unmarked,
			ptv: {
				...without(unmarked, 'participantLid'),
				participantPhone: member.authorPhone,
				messageExpirationSeconds: member.messageExpirationSeconds,
				forwarded: member.forwarded,
			},
			waiting: waitingEnvelope(unmarked),
		},
		notices: noticeEnvelopes(unmarked),
		hasDetails: true,
		inContext: CONTEXT_RULES,
	};
}

function waitingEnvelope(plain: Envelope): Envelope {
	return {
		...without(plain, 'isStatusReply', 'senderLid', 'connectedPhone', 'isEdit', 'participantPhone'),
		senderPhoto: member.senderPhotoOrNull,
		photo: member.photoOrNull,
		viewOnce: member.viewOnce,
	};
}

function noticeEnvelopes(plain: Envelope): Envelopes['notices'] {
	const person: Envelope = {
		...without(plain, 'participantPhone', 'participantLid', 'messageExpirationSeconds'),
		referenceMessageId: member.referenceMessageId,
		externalAdReply: member.externalAdReply,
		forwarded: member.forwarded,
		notification: member.notification,
		notificationParameters: member.notificationParameters,
		callId: member.callId,
	};
	const group: Envelope = { ...person, participantPhone: member.authorPhone };
	// Quirk of the documents: false, although the phone ends in @newsletter.
	const ofNewsletter: Envelope = {
		...group,
		senderPhoto: member.senderPhotoOrNull,
		photo: member.photoOrNull,
		isNewsletter: member.always(false),
	};
	const dated: Envelope = {
		...without(person, 'isStatusReply', 'senderLid', 'waitingMessage', 'isEdit'),
		photo: member.photoOrNull,
		expiresAt: member.always(null),
		code: member.always(null),
	};
	const ofProfile: Envelope = { ...without(dated, 'messageId', 'notificationParameters'), photo: member.photo };
	const ofMembership: Envelope = { ...dated, participantPhone: member.authorPhone };
	return {
		person,
		group,
		byName: {
			CHAT_LABEL_ASSOCIATION: { ...without(dated, 'messageId'), senderPhoto: member.senderPhotoOrNull },
			PROFILE_NAME_UPDATED: ofProfile,
			PROFILE_PICTURE_UPDATED: ofProfile,
			MEMBERSHIP_APPROVAL_REQUEST: ofMembership,
			REVOKED_MEMBERSHIP_REQUESTS: ofMembership,
			GROUP_MEMBER_LINK_PROPERTY_UPDATE: {
				...ofMembership,
				chatLid: member.chatLid,
				senderPhoto: member.senderPhotoOrNull,
				participantLid: member.participantLidOrEmpty,
			},
			NEWSLETTER_ADMIN_PROMOTE: ofNewsletter,
			NEWSLETTER_ADMIN_DEMOTE: ofNewsletter,
			PAYMENT_ACTION_REQUEST_DECLINED: {
				...without(plain, 'senderPhoto', 'participantLid', 'messageExpirationSeconds'),
				participantPhone: member.authorPhone,
				// The word of 2022, here alone.
				status: member.always('MESSAGE_RECEIVED'),
				notification: member.notification,
				notificationParameters: member.notificationParameters,
			},
		},
	};
}

const CONTEXT_RULES: readonly ContextRule[] = [
	{
		applies: ({ with: { phone } }) => phone.endsWith('@lid'),
		change: (envelope) => ({ ...envelope, chatLid: member.chatLid }),
	},
	{
		applies: ({ message }) => message.content.context?.ad !== undefined,
		change: (envelope) => ({
			...without(envelope, 'participantPhone', 'participantLid'),
			externalAdReply: member.externalAdReply,
			messageExpirationSeconds: member.messageExpirationSeconds,
			forwarded: member.forwarded,
		}),
	},
	{
		applies: ({ message }) => message.content.context?.statusReply !== undefined,
		change: (envelope) => ({
			...without(envelope, 'participantPhone', 'participantLid'),
			referenceMessageId: member.referenceMessageId,
			messageExpirationSeconds: member.messageExpirationSeconds,
			forwarded: member.forwarded,
			fromApi: member.fromApi,
			statusImage: member.statusImage,
		}),
	},
	{
		applies: ({ message }) => message.content.context?.broadcastTo !== undefined,
		change: (envelope) => ({
			...without(envelope, 'senderLid'),
			chatLid: member.chatLid,
			participantPhone: member.always(null),
			participantLid: member.participantLidOrEmpty,
			senderPhoto: member.senderPhotoOrNull,
			photo: member.photoOrNull,
			messageExpirationSeconds: member.messageExpirationSeconds,
			forwarded: member.forwarded,
			fromApi: member.fromApi,
			broadcastRecipients: member.broadcastRecipients,
		}),
	},
];

/** The envelope of a message, and what its notice brings along. */
export function writeEnvelope(told: Told, envelopes: Envelopes): Readonly<Record<string, unknown>> {
	const written: Record<string, unknown> = {};
	for (const [key, write] of membersOf(envelopeOf(told, envelopes))) {
		const value = write(told);
		if (value !== undefined) written[key] = value;
	}
	const { content } = told.message;
	return envelopes.hasDetails && content.kind === 'notice' ? { ...written, ...content.details } : written;
}

/** A webhook's body is written for each message: the members of an envelope are listed once. */
const MEMBERS = new WeakMap<Envelope, readonly (readonly [key: string, write: Member])[]>();

function membersOf(envelope: Envelope): readonly (readonly [key: string, write: Member])[] {
	const known = MEMBERS.get(envelope);
	if (known !== undefined) return known;
	const members = Object.entries(envelope);
	MEMBERS.set(envelope, members);
	return members;
}

function envelopeOf(told: Told, envelopes: Envelopes): Envelope {
	const { content } = told.message;
	const ofKind = envelopeOfKind(content.kind === 'edit' ? content.content : content, told, envelopes);
	return envelopes.inContext.reduce((envelope, rule) => (rule.applies(told) ? rule.change(envelope) : envelope), ofKind);
}

function envelopeOfKind(content: MessageContent, told: Told, { plain, byKind, notices }: Envelopes): Envelope {
	switch (content.kind) {
		case 'notice':
			return notices.byName[content.name] ?? (member.isGroup(told) ? notices.group : notices.person);
		case 'deletion':
			return member.isGroup(told) ? notices.group : notices.person;
		case 'video':
			return (content.look === 'ptv' ? byKind.ptv : byKind.video) ?? plain;
		default:
			return byKind[content.kind] ?? plain;
	}
}

export function without(envelope: Envelope, ...keys: readonly string[]): Envelope {
	return Object.fromEntries(Object.entries(envelope).filter(([key]) => !keys.includes(key)));
}
