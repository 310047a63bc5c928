/** What people do on their phones besides writing, each kind of act with the function that does it. */
import { phoneKey } from '../../domain/phone.ts';
import type { PhoneAct, PhoneActed } from '../../ports/simulator.ts';
import { tellCall } from './calls.ts';
import { drawnHex } from './drawn.ts';
import * as rules from './group-rules.ts';
import * as groups from './groups.ts';
import { setProfile } from './profile.ts';
import { checkedPhoto, checkedText, notThere, refused } from './refused.ts';
import type { Deed } from './society.ts';

const NAME_CHARS_MAX = 200;

/** Newsletters that the instance sees: what is held in memory. One more is refused. */
const NEWSLETTERS_MAX = 1000;

type Done = Omit<PhoneActed, 'whatsappIds'>;
type Of<K extends PhoneAct['kind']> = Extract<PhoneAct, { kind: K }>;

const ACTS: { readonly [K in PhoneAct['kind']]: (deed: Deed, act: Of<K>) => Done } = {
	'make-group': (deed, { phone, ...group }) => groups.makeGroup(deed, { by: person(deed, phone), ...group }),
	'change-group': (deed, { phone, groupId, change }) => {
		groups.changeGroup(deed, deed.society.keyOf(groupId), person(deed, phone), change);
		return {};
	},
	'change-participants': (deed, { phone, groupId, act, phones }) => ({
		errors: groups.changeParticipants(deed, deed.society.keyOf(groupId), { by: person(deed, phone), act, phones }),
	}),
	'join-group': (deed, { phone, url }) => {
		groups.joinGroup(deed, url, person(deed, phone));
		return {};
	},
	'withdraw-request': (deed, { phone, groupId }) => {
		groups.withdrawRequest(deed, deed.society.keyOf(groupId), person(deed, phone));
		return {};
	},
	'leave-group': (deed, { phone, groupId }) => {
		groups.leaveGroup(deed, deed.society.keyOf(groupId), person(deed, phone));
		return {};
	},
	'change-profile': changeProfile,
	call,
	'label-chats': labelChats,
	'change-role': changeRole,
	notice,
};

export function perform<K extends PhoneAct['kind']>(deed: Deed, act: Of<K>): PhoneActed {
	const kind: K = act.kind as K;
	const done = ACTS[kind](deed, act);
	return { ...done, whatsappIds: deed.told.map(({ whatsappId }) => whatsappId) };
}

/** The instance sees a newsletter: for the first time, or under a new name. */
export function meetNewsletter({ society: { newsletters } }: Deed, address: string, name: string): void {
	const known = newsletters.get(address);
	if (known === undefined && newsletters.size >= NEWSLETTERS_MAX)
		throw refused(`there are ${NEWSLETTERS_MAX} newsletters, as many as there can be`);
	newsletters.set(address, { role: 'SUBSCRIBER', ...known, name });
}

/** Whoever acts is somebody on WhatsApp, with a number spelled as it is written first. */
function person(deed: Deed, written: string): string {
	const { society } = deed;
	const phone = phoneKey(written);
	if (!society.isOnWhatsApp(phone)) throw refused(`${written} is not on WhatsApp`);
	if (phone !== society.self) {
		society.phones.register(written);
		deed.phones.add(phone);
	}
	return phone;
}

/** Whoever has a chat with them is told. */
function changeProfile(deed: Deed, { phone: written, name, about, photoUrl }: Of<'change-profile'>): Done {
	const { society } = deed;
	const phone = person(deed, written);
	const change = {
		...(name !== undefined && { name }),
		...(about !== undefined && { about }),
		...(photoUrl !== undefined && { photoUrl }),
	};
	const fromMe = phone === society.self;
	if (fromMe) setProfile(deed, change);
	else {
		if (name !== undefined) checkedText('the name', name, { min: 1, max: NAME_CHARS_MAX });
		if (photoUrl !== undefined) checkedPhoto(photoUrl);
		society.phones.changeProfile(written, change);
	}
	const notice = { kind: 'notice' as const, parameters: [] };
	if (name !== undefined) deed.tell(phone, { ...notice, name: 'PROFILE_NAME_UPDATED', details: { profileName: name } }, { fromMe });
	if (photoUrl !== undefined)
		deed.tell(phone, { ...notice, name: 'PROFILE_PICTURE_UPDATED', details: { updatedPhoto: photoUrl } }, { fromMe });
	return {};
}

/** Whom the instance blocked cannot reach it: their phone rings in vain. */
function call(deed: Deed, { phone: written, media, stage }: Of<'call'>): Done {
	if (media === 'video' && stage === 'ringing') throw refused('a video call is told of only when it was missed');
	const phone = person(deed, written);
	if (deed.society.book.get(phone)?.isBlocked) return {};
	const name = stage === 'ringing' ? 'CALL_VOICE' : media === 'voice' ? 'CALL_MISSED_VOICE' : 'CALL_MISSED_VIDEO';
	tellCall(deed, phone, { name, callId: drawnHex(32, ...deed.drawnFor('call')), fromMe: false });
	return {};
}

/** Told once, in the chat of the first. */
function labelChats(deed: Deed, { labels }: Of<'label-chats'>): Done {
	const [first] = labels;
	if (first === undefined) throw refused('no label is given');
	const content = { kind: 'notice' as const, name: 'CHAT_LABEL_ASSOCIATION', parameters: labels };
	deed.tell(deed.society.keyOf(first.phone), content, { fromMe: true });
	return {};
}

function changeRole(deed: Deed, { phone: written, newsletterId, name, role }: Of<'change-role'>): Done {
	const { society } = deed;
	const phone = person(deed, written);
	if (name !== undefined) meetNewsletter(deed, newsletterId, name);
	const known = society.newsletters.get(newsletterId);
	if (known === undefined) throw notThere('newsletter');
	society.newsletters.set(newsletterId, { ...known, role });
	const notice = role === 'ADMIN' ? 'NEWSLETTER_ADMIN_PROMOTE' : 'NEWSLETTER_ADMIN_DEMOTE';
	const parameters = [society.own.phone, role];
	deed.tell(newsletterId, { kind: 'notice', name: notice, parameters, context: { participant: society.participant(phone) } });
	return {};
}

function notice(deed: Deed, act: Of<'notice'>): Done {
	const { society } = deed;
	const phone = person(deed, act.phone);
	const address = act.address === undefined ? phone : society.keyOf(act.address);
	const { name, parameters, callId, details, fromMe = false } = act;
	if (address.endsWith('-group')) rules.groupOf(society, address);
	const context = address === phone ? {} : { context: { participant: society.participant(fromMe ? society.self : phone) } };
	const content = {
		kind: 'notice' as const,
		name,
		parameters,
		...(callId !== undefined && { callId }),
		...(details && { details }),
		...context,
	};
	deed.tell(address, content, { fromMe });
	return {};
}
