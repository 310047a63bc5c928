/**
 * The calls of `WhatsAppCalls`, each with the function that does it: one that *reads* answers from memory, also while nobody is connected; a *deed*
 * changes something, or asks WhatsApp, and needs the session.
 */
import {
	type Answered,
	type Asked,
	type Group,
	type Nothing,
	type Page,
	WHATSAPP_CALLS,
	type WhatsAppCallName,
} from '../../ports/whatsapp.ts';
import * as book from './address-book.ts';
import * as calls from './calls.ts';
import * as flags from './chat-flags.ts';
import * as communities from './communities.ts';
import { drawnCode } from './drawn.ts';
import * as rules from './group-rules.ts';
import * as groups from './groups.ts';
import * as privacy from './privacy.ts';
import * as profile from './profile.ts';
import * as shop from './shop.ts';
import type { Deed, Society } from './society.ts';

export interface SessionFacts {
	readonly isOpen: boolean;
	readonly number: number;
	readonly now: number;
}

type Handler<N extends WhatsAppCallName> =
	| { readonly read: (society: Society, asked: Asked<N>, session: SessionFacts) => Answered<N> }
	| { readonly deed: (deed: Deed, asked: Asked<N>) => Answered<N> };

/** A pairing code is valid for so long. */
const PHONE_CODE_MS = 60_000;

export const HANDLERS: { readonly [N in WhatsAppCallName]: Handler<N> } = {
	'profile.get': { read: (society) => profile.ownProfile(society) },
	'profile.set': { deed: profile.setProfile },

	'contacts.list': { read: book.listContacts },
	'contacts.get': { read: (society, { phone }) => book.showContact(society, phone) },
	'contacts.add': { deed: book.addContacts },
	'contacts.remove': { deed: book.removeContacts },
	'contacts.exist': { deed: ({ society }, asked) => book.existOnWhatsApp(society, asked) },
	'contacts.block': { deed: book.blockContact },
	'contacts.report': { deed: book.reportContact },

	'chats.flags': { read: flags.flagsOf },
	'chats.change': { deed: flags.changeChat },
	'chats.read': { deed: flags.readMessages },

	'groups.create': { deed: createGroup },
	'groups.list': { read: (society, page) => pageOf(ownGroups(society), page) },
	'groups.get': { read: (society, { groupId }) => showGroup(society, society.keyOf(groupId)) },
	'groups.change': {
		deed: (deed, { groupId, change }) => done(groups.changeGroup(deed, ownGroupId(deed.society, groupId), deed.society.self, change)),
	},
	'groups.participants': {
		deed: (deed, { groupId, ...change }) => ({
			errors: groups.changeParticipants(deed, ownGroupId(deed.society, groupId), { by: deed.society.self, ...change }),
		}),
	},
	'groups.leave': { deed: (deed, { groupId }) => done(groups.leaveGroup(deed, ownGroupId(deed.society, groupId), deed.society.self)) },
	'groups.newInvitation': { deed: (deed, { groupId }) => ({ url: newInvitation(deed, groupId) }) },
	'groups.invitation': { deed: ({ society }, { url }) => rules.groupView(society, ...rules.groupOfLink(society, url)) },
	'groups.join': { deed: (deed, { url }) => done(groups.joinGroup(deed, url, deed.society.self)) },

	'communities.create': { deed: communities.makeCommunity },
	'communities.list': { read: (society, page) => pageOf(communities.communitiesOfOurs(society), page) },
	'communities.get': { read: (society, { communityId }) => communities.showCommunity(society, communityId) },
	'communities.change': { deed: (deed, { communityId, change }) => done(communities.changeCommunity(deed, communityId, change)) },
	'communities.participants': { deed: (deed, asked) => ({ errors: communities.changeCommunityMembers(deed, asked) }) },
	'communities.link': { deed: (deed, asked) => done(communities.linkGroups(deed, asked)) },
	'communities.newInvitation': { deed: (deed, { communityId }) => ({ url: communities.renewCommunityInvitation(deed, communityId) }) },
	'communities.deactivate': { deed: (deed, { communityId }) => done(communities.deactivateCommunity(deed, communityId)) },

	'privacy.set': { deed: privacy.setPrivacy },
	'privacy.disallowed': { read: (society, { setting }) => privacy.disallowed(society, setting) },

	'calls.ring': { deed: calls.ringPhone },
	'calls.token': { deed: calls.callToken },
	'calls.sip': { deed: calls.sipAccess },
	'session.phoneCode': { read: phoneCode },
	'session.device': { read: (_society, _asked, { number }) => profile.deviceOf(number) },

	'products.list': { read: shop.listProducts },
	'products.get': { read: shop.showProduct },
	'products.put': { deed: shop.putProduct },
	'products.delete': { deed: shop.deleteProduct },
};

export const CALL_NAMES: ReadonlySet<WhatsAppCallName> = new Set(WHATSAPP_CALLS);

function createGroup(deed: Deed, asked: Asked<'groups.create'>): Group {
	const { society } = deed;
	const { groupId } = groups.makeGroup(deed, { ...asked, by: society.self });
	return showGroup(society, groupId);
}

function showGroup(society: Society, groupId: string): Group {
	return rules.groupView(society, groupId, rules.ownGroup(society, groupId));
}

/** Those that it is in, in the order in which they were made. */
function ownGroups(society: Society): readonly Group[] {
	return [...society.groups.entries()]
		.filter(([, group]) => rules.isMember(group, society.self))
		.map(([id, group]) => rules.groupView(society, id, group))
		.toSorted((one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1));
}

function ownGroupId(society: Society, written: string): string {
	const groupId = society.keyOf(written);
	rules.ownGroup(society, groupId);
	return groupId;
}

function newInvitation(deed: Deed, id: string): string {
	if (deed.society.communities.get(id) !== undefined) return communities.renewCommunityInvitation(deed, id);
	return groups.renewInvitation(deed, ownGroupId(deed.society, id), deed.society.self);
}

/** Another one every minute, always the same for the same phone and time. */
function phoneCode(
	{ seed, instanceId }: Society,
	{ phone }: Asked<'session.phoneCode'>,
	{ isOpen, now }: SessionFacts,
): Answered<'session.phoneCode'> {
	if (isOpen) return null;
	const period = Math.floor(now / PHONE_CODE_MS);
	const code = drawnCode(12, seed, instanceId, 'phone code', phone, period).replaceAll(/[-_]/g, '0').toUpperCase();
	return { code: `${code.slice(0, 4)}-${code.slice(4, 8)}` };
}

function pageOf<T>(items: readonly T[], { offset, limit }: Page): readonly T[] {
	return items.slice(offset, offset + limit);
}

/** Of what changes something and has nothing to answer. */
function done(_changed: unknown): Nothing {
	return {};
}
