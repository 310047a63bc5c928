/**
 * Communities: groups under one roof. Each has a group in which its admins announce; the members of that one are the community's. Whoever comes into a group
 * of it is in the community, whoever is removed from the community is out of all its groups.
 */
import type { Asked, Community, CommunityChange } from '../../ports/whatsapp.ts';
import { assertAdmin, assertMember, groupOf, groupView, isMember, linkOf } from './group-rules.ts';
import { changeParticipants, dissolve, drawnGroupDigits, makeGroup, putIn, renewInvitation } from './groups.ts';
import { checkedPhoto, checkedText, notThere, refused } from './refused.ts';
import type { Deed, Society } from './society.ts';
import type { CommunityRecord, GroupRecord } from './society-records.ts';

/** WhatsApp's own limits. */
const NAME_CHARS_MAX = 100;
const DESCRIPTION_CHARS_MAX = 2048;
const GROUPS_MAX = 100;

export function makeCommunity(deed: Deed, asked: { readonly name: string; readonly description?: string }): Community {
	const { society } = deed;
	const name = checkedText('the name', asked.name, { min: 1, max: NAME_CHARS_MAX });
	const description = checkedText('the description', asked.description ?? '', { min: 0, max: DESCRIPTION_CHARS_MAX });
	const id = drawnGroupDigits(deed);
	const announcing = { adminOnlyMessage: true, adminOnlySettings: true, requireAdminApproval: false, adminOnlyAddMember: true };
	const more = { communityId: id, isAnnouncement: true, description, settings: announcing };
	const { groupId } = makeGroup(deed, { by: society.self, subject: name, phones: [] }, more);
	const community: CommunityRecord = { name, description, announcementId: groupId, whoCanAddGroups: 'admins' };
	society.communities.set(id, community);
	return communityView(society, id, community);
}

export function communitiesOfOurs(society: Society): readonly Community[] {
	return [...society.communities.entries()]
		.filter(([, community]) => isMember(groupOf(society, community.announcementId), society.self))
		.map(([id, community]) => communityView(society, id, community));
}

export function showCommunity(society: Society, id: string): Community {
	return communityView(society, id, ownCommunity(society, id));
}

export function changeCommunity(deed: Deed, id: string, change: CommunityChange): void {
	const { society } = deed;
	const community = adminedCommunity(society, id);
	const { name, description, photoUrl, whoCanAddGroups } = change;
	const news = {
		...(name !== undefined && { name: checkedText('the name', name, { min: 1, max: NAME_CHARS_MAX }) }),
		...(description !== undefined && {
			description: checkedText('the description', description, { min: 0, max: DESCRIPTION_CHARS_MAX }),
		}),
		...(photoUrl !== undefined && { photoUrl: checkedPhoto(photoUrl) }),
	};
	society.communities.set(id, { ...community, ...news, ...(whoCanAddGroups !== undefined && { whoCanAddGroups }) });
	const announcement = groupOf(society, community.announcementId);
	const { name: subject, ...rest } = news;
	const renamed = subject === undefined ? {} : { subject, subjectAt: deed.at, subjectBy: society.self };
	society.groups.set(community.announcementId, { ...announcement, ...rest, ...renamed });
}

export function changeCommunityMembers(deed: Deed, asked: Asked<'communities.participants'>): readonly string[] {
	const { society } = deed;
	const { communityId, ...change } = asked;
	const { announcementId } = adminedCommunity(society, communityId);
	const errors = changeParticipants(deed, announcementId, { by: society.self, ...change });
	if (asked.act !== 'remove') return errors;
	const phones = asked.phones.map((phone) => society.keyOf(phone));
	for (const [groupId, group] of linkedGroups(society, communityId)) {
		const inside = phones.filter((phone) => isMember(group, phone));
		if (groupId === announcementId || inside.length === 0) continue;
		changeParticipants(deed, groupId, { by: adminFor(group, society), act: 'remove', phones: inside });
	}
	return errors;
}

export function linkGroups(deed: Deed, { communityId, groupIds, isLinked }: Asked<'communities.link'>): void {
	const { society } = deed;
	const community = ownCommunity(society, communityId);
	if (community.whoCanAddGroups === 'admins' || !isLinked) adminedCommunity(society, communityId);
	for (const groupId of groupIds) {
		const group = groupOf(society, groupId);
		assertAdmin(group, society.self);
		if (isLinked) link(deed, communityId, groupId, group);
		else unlink(deed, communityId, groupId, group);
	}
}

/** The link of a community is that of the group in which it announces. */
export function renewCommunityInvitation(deed: Deed, id: string): string {
	return renewInvitation(deed, ownCommunity(deed.society, id).announcementId, deed.society.self);
}

/** Its groups go on by themselves; the one that announced is gone. */
export function deactivateCommunity(deed: Deed, id: string): void {
	const { society } = deed;
	const { announcementId } = adminedCommunity(society, id);
	const announcement = groupOf(society, announcementId);
	if (announcement.owner !== society.self) throw refused('only who made the community may deactivate it');
	dissolve(society, announcementId, announcement);
}

function communityView(society: Society, id: string, community: CommunityRecord): Community {
	const { name, description, photoUrl, announcementId, whoCanAddGroups } = community;
	const groups = linkedGroups(society, id).map(([groupId, group]) => {
		const { subject, isAnnouncement } = groupView(society, groupId, group);
		return { id: groupId, subject, isAnnouncement };
	});
	return {
		...{ id, name, description, whoCanAddGroups },
		...(photoUrl !== undefined && { photoUrl }),
		groups: groups.toSorted((one, other) => Number(other.isAnnouncement) - Number(one.isAnnouncement)),
		invitationUrl: linkOf(groupOf(society, announcementId)),
	};
}

function linkedGroups(society: Society, id: string): readonly (readonly [string, GroupRecord])[] {
	return [...society.groups.entries()].filter(([, group]) => group.communityId === id);
}

function ownCommunity(society: Society, id: string): CommunityRecord {
	const community = society.communities.get(id);
	if (community === undefined) throw notThere('community');
	assertMember(groupOf(society, community.announcementId), society.self);
	return community;
}

function adminedCommunity(society: Society, id: string): CommunityRecord {
	const community = ownCommunity(society, id);
	assertAdmin(groupOf(society, community.announcementId), society.self);
	return community;
}

function link(deed: Deed, communityId: string, groupId: string, group: GroupRecord): void {
	const { society } = deed;
	if (group.communityId === communityId) return;
	if (group.communityId !== undefined) throw refused('the group belongs to another community');
	if (linkedGroups(society, communityId).length > GROUPS_MAX) throw refused(`a community has ${GROUPS_MAX} groups at most`);
	society.groups.set(groupId, { ...group, communityId });
	const { announcementId } = ownCommunity(society, communityId);
	const announcement = groupOf(society, announcementId);
	const newcomers = group.members.map(({ phone }) => phone).filter((phone) => !isMember(announcement, phone));
	if (newcomers.length > 0) putIn(deed, announcementId, { by: society.self, phones: newcomers });
}

function unlink(deed: Deed, communityId: string, groupId: string, group: GroupRecord): void {
	if (group.isAnnouncement) throw refused('the group that announces belongs to its community');
	if (group.communityId !== communityId) throw refused('the group is not in this community');
	const { communityId: _, ...alone } = group;
	deed.society.groups.set(groupId, alone);
}

/** Admins of a community act in all its groups: where the instance is no admin of one, WhatsApp does it in the name of one who is. */
function adminFor(group: GroupRecord, society: Society): string {
	const admins = group.members.filter((one) => one.isAdmin).map(({ phone }) => phone);
	return admins.includes(society.self) ? society.self : (admins[0] ?? group.owner);
}
