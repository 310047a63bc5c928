/** The envelopes of 2022 (contracts: plugchat `received-text-legacy.json` and its siblings). What was not documented then has the plain one. */
import { type Envelope, type Envelopes, PLAIN, without } from '../../callbacks/envelopes.ts';
import * as member from '../../callbacks/members.ts';

const PLAIN_OF_2022: Envelope = without(
	PLAIN,
	'isStatusReply',
	'senderLid',
	'connectedPhone',
	'waitingMessage',
	'isEdit',
	'isGroup',
	'isNewsletter',
	'participantLid',
	'messageExpirationSeconds',
);

const ANSWER: Envelope = { ...PLAIN_OF_2022, referenceMessageId: member.referenceMessageId, forwarded: member.forwarded };

const NOTICE: Envelope = {
	...without(PLAIN_OF_2022, 'senderPhoto'),
	notification: member.notification,
	notificationParameters: member.notificationParameters,
};

export const LEGACY_ENVELOPES: Envelopes = {
	plain: PLAIN_OF_2022,
	byKind: { product: without(PLAIN_OF_2022, 'chatName'), 'button-reply': ANSWER, 'list-reply': ANSWER },
	notices: {
		person: NOTICE,
		group: { ...NOTICE, participantPhone: member.authorPhone },
		byName: {
			PAYMENT_ACTION_REQUEST_DECLINED: {
				...NOTICE,
				participantPhone: member.authorPhone,
				status: member.always('MESSAGE_RECEIVED'),
			},
		},
	},
	hasDetails: false,
	inContext: [],
};
