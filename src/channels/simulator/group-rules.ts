/** Who is what in a group, and what the instance sees of it. */
import type { Group } from '../../ports/whatsapp.ts';
import { notThere, refused } from './refused.ts';
import type { Society } from './society.ts';
import type { GroupRecord, MemberRecord } from './society-records.ts';

const LINK = 'https://chat.whatsapp.com/';

/** Throws not_there (what: group). */
export function groupOf(society: Society, groupId: string): GroupRecord {
	const group = society.groups.get(groupId);
	if (group === undefined) throw notThere('group');
	return group;
}

/** Of a group that the instance is or was in. */
export function ownGroup(society: Society, groupId: string): GroupRecord {
	const group = groupOf(society, groupId);
	if (!isMember(group, society.self) && !group.former.some((one) => one.phone === society.self)) throw notThere('group');
	return group;
}

export function groupOfLink(society: Society, url: string): readonly [string, GroupRecord] {
	const code = url.startsWith(LINK) ? url.slice(LINK.length).replace(/[?/].*$/, '') : '';
	for (const entry of society.groups.entries()) if (entry[1].invitation === code) return entry;
	throw refused('the invitation link leads nowhere: it was replaced, or never was one');
}

export function linkOf({ invitation }: Pick<GroupRecord, 'invitation'>): string {
	return LINK + invitation;
}

export function isMember(group: GroupRecord, phone: string): boolean {
	return group.members.some((one) => one.phone === phone);
}

export function isAdmin(group: GroupRecord, phone: string): boolean {
	return group.members.some((one) => one.phone === phone && one.isAdmin);
}

export function assertAdmin(group: GroupRecord, phone: string): void {
	assertMember(group, phone);
	if (!isAdmin(group, phone)) throw refused('only admins of the group may do this');
}

export function assertMember(group: GroupRecord, phone: string): void {
	if (!isMember(group, phone)) throw refused('only participants of the group may do this');
}

/** Why a phone cannot write into a group; undefined: it can. */
export function writingRefused(group: GroupRecord, phone: string): string | undefined {
	if (!isMember(group, phone)) return 'whoever is not in the group cannot write into it';
	if (group.settings.adminOnlyMessage && !isAdmin(group, phone)) return 'only admins write into this group';
	return undefined;
}

/** As the instance sees it. */
export function groupView(society: Society, id: string, group: GroupRecord): Group {
	const isOurs = isMember(group, society.self);
	const areWeAdmin = isAdmin(group, society.self);
	return {
		id,
		subject: group.subject,
		subjectAt: group.subjectAt,
		subjectBy: society.spelling(group.subjectBy),
		description: group.description,
		...(group.photoUrl !== undefined && { photoUrl: group.photoUrl }),
		owner: society.spelling(group.owner),
		createdAt: group.createdAt,
		participants: group.members.map((member) => participantView(society, member)),
		requests: areWeAdmin ? group.requests.map(({ phone }) => society.spelling(phone)) : [],
		...(areWeAdmin && { invitationUrl: linkOf(group) }),
		...(group.communityId !== undefined && { communityId: group.communityId }),
		isAnnouncement: group.isAnnouncement,
		settings: group.settings,
		isMember: isOurs,
	};
}

function participantView(society: Society, { phone, isAdmin, isSuperAdmin }: MemberRecord): Group['participants'][number] {
	const { firstName, lastName } = society.book.get(phone) ?? {};
	const name = [firstName, lastName].filter((part) => part !== undefined).join(' ');
	return {
		phone: society.spelling(phone),
		...(name !== '' && { name }),
		...(firstName !== undefined && { firstName }),
		isAdmin,
		isSuperAdmin,
	};
}
