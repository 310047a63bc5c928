/** Where the documents contradict themselves, or ask for what nothing could give: each exception with its reason, and no other. */
import { nameOf, type Operation } from './operations.ts';

interface Quirk {
	/** Listed as required or typed, and fine without or otherwise: paths as in the contract. */
	readonly lenient?: readonly string[];
	/** Keys of the answer that may be missing or null. */
	readonly optional?: readonly string[];
	/** Keys of the answer whose type the documents have wrong: any is fine. */
	readonly mistyped?: readonly string[];
	readonly reason: string;
}

/** Listed as required on every page of a list; whoever leaves them out gets the first page. */
const PAGING = ['page', 'pageSize', 'amount', 'lastMessageId'];

/** Without `value`, or with a text in it, the body is another one of the three forms of this call (contracts, quirk 1). */
const FORM_BY_VALUE: Quirk = { lenient: ['value'], reason: 'the error is about the form that the body looks like' };

/** Null in the example and a boolean in the table, while the call that sets it takes a string. */
const RETAILER: Quirk = { mistyped: ['retailerId'], reason: 'it is a string where it is set' };

const QUIRKS: Readonly<Record<string, Quirk>> = {
	'plugchat webhooks.update-webhooks.value-object.startAttendance': FORM_BY_VALUE,
	'plugchat webhooks.update-webhooks.value-object.receiveMessage': FORM_BY_VALUE,
	'plugchat webhooks.update-webhooks.value-object.sendingMessage': FORM_BY_VALUE,
	'plugchat webhooks.update-webhooks.value-object.messageDeliveryError': FORM_BY_VALUE,
	'plugchat webhooks.update-webhooks.value-object.messageStatus': FORM_BY_VALUE,
	'plugchat webhooks.update-webhooks.value-object.whenDisconnecting': FORM_BY_VALUE,
	'plugchat webhooks.update-every-webhooks': FORM_BY_VALUE,
	'plugchat business.get-product-id': RETAILER,
	'plugchat business.get-products': RETAILER,
	'plugchat business.get-products-phone': RETAILER,
	'plugchat chats.finish-attendance': { lenient: ['autoTransfer'], reason: 'without it the chat stays where it is' },
	'plugchat webhooks.update-webhooks.flat': {
		lenient: [
			'finishAttendance',
			'startAttendance',
			'receiveMessage',
			'sendingMessage',
			'messageDeliveryError',
			'messageStatus',
			'whenDisconnecting',
		],
		reason: 'all seven are listed as required, and other pages of the same call send one (contracts, quirk 2)',
	},
	'plugchat chats.get-attendance-by-task': { optional: ['trelloTask'], reason: 'there is no Trello here' },
	'plugchat chats.get-metadata-chat': { optional: ['profileThumbnail'], reason: 'null in the list of the same chats' },
	'z-api chats.get-metadata-chat': {
		optional: ['notes', 'profileThumbnail'],
		reason: 'notes are a call of the business group, which is not there',
	},
	'z-api partner.list-instances': { lenient: ['query'], reason: 'typed a number, and a part of a name or id is looked for' },
	'z-api group.metadata-group': { optional: ['invitationLink'], reason: 'only admins see it' },
	'plugchat group.metadata-group': { optional: ['invitationLink'], reason: 'only admins see it' },
};

/** The example of a message prints every member that any kind has. */
const OF_A_KIND = [
	'mediaData',
	'location',
	'message',
	'contextId',
	'failCode',
	'failMessage',
	'lastMessage',
	'next',
	'previous',
	'closesIn',
];

export function lenientOf(operation: Operation): ReadonlySet<string> {
	return new Set([...PAGING, ...(QUIRKS[nameOf(operation)]?.lenient ?? [])]);
}

export function optionalOf(operation: Operation): readonly string[] {
	return [...(operation.system === 'instant-message' ? OF_A_KIND : []), ...(QUIRKS[nameOf(operation)]?.optional ?? [])];
}

export function mistypedOf(operation: Operation): readonly string[] {
	return QUIRKS[nameOf(operation)]?.mistyped ?? [];
}
