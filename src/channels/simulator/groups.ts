/**
 * Groups, as WhatsApp runs them. Whoever makes one is its superadmin. What only admins may do, the group's settings say; whoever is put in by somebody
 * who may not, has to be approved where the group wants that. The instance and simulated phones go by the same rules. WhatsApp writes a notice into the
 * group for what happens to its members; a phone that was never in a group knows nothing of it.
 */
import type { GroupChange, GroupSettings, ParticipantAct } from '../../ports/whatsapp.ts';
import { drawnCode, drawnDigits } from './drawn.ts';
import { assertAdmin, assertMember, groupOf, groupOfLink, isAdmin, isMember, linkOf } from './group-rules.ts';
import { admits } from './privacy.ts';
import { checkedPhoto, checkedText, refused } from './refused.ts';
import type { Deed, Society } from './society.ts';
import type { GroupRecord } from './society-records.ts';

/** WhatsApp's own limits. */
const MEMBERS_MAX = 1024;
const SUBJECT_CHARS_MAX = 100;
const DESCRIPTION_CHARS_MAX = 2048;

/** Groups on one instance's network: what they hold is held in memory. The next one is refused. */
const GROUPS_MAX = 1000;

/** Those who left a group and are remembered; of more, the ones that left first are forgotten. */
const FORMER_MAX = 256;

const OPEN_TO_ALL: GroupSettings = {
	adminOnlyMessage: false,
	adminOnlySettings: false,
	requireAdminApproval: false,
	adminOnlyAddMember: false,
};

export interface GroupMaking {
	readonly by: string;
	readonly subject: string;
	readonly phones: readonly string[];
	readonly autoInvite?: boolean;
}

/** Answers its address. */
export function makeGroup(
	deed: Deed,
	making: GroupMaking,
	more: Partial<GroupRecord> = {},
): { readonly groupId: string; readonly errors: readonly string[] } {
	const { society, at } = deed;
	if (society.groups.size >= GROUPS_MAX) throw refused(`there are ${GROUPS_MAX} groups, as many as there can be`);
	const { by } = making;
	const subject = checkedText('the subject', making.subject, { min: 1, max: SUBJECT_CHARS_MAX });
	const groupId = `${drawnGroupDigits(deed)}-group`;
	society.groups.set(groupId, {
		subject,
		...{ subjectAt: at, subjectBy: by, description: '', owner: by, createdAt: at },
		members: [{ phone: by, isAdmin: true, isSuperAdmin: true, joinedAt: at }],
		...{ former: [], requests: [], invitation: newInvitation(deed), isAnnouncement: false, settings: OPEN_TO_ALL },
		...more,
	});
	const phones = making.phones.map((phone) => society.keyOf(phone)).filter((phone) => phone !== by);
	const errors = addMembers(deed, groupId, { by, phones, autoInvite: making.autoInvite ?? false, isMaking: true });
	tellMembers(deed, groupId, { name: 'GROUP_CREATE', by, parameters: [subject] });
	return { groupId, errors };
}

/** `120363` and twelve digits, as WhatsApp's own look. */
export function drawnGroupDigits(deed: Deed): string {
	return `120363${drawnDigits(12, ...deed.drawnFor('group'))}`;
}

export function changeGroup(deed: Deed, groupId: string, by: string, change: GroupChange): void {
	const group = groupOf(deed.society, groupId);
	const { subject, description, photoUrl, settings } = change;
	assertMember(group, by);
	if (settings !== undefined || group.settings.adminOnlySettings) assertAdmin(group, by);
	deed.society.groups.set(groupId, {
		...group,
		...(subject !== undefined && {
			subject: checkedText('the subject', subject, { min: 1, max: SUBJECT_CHARS_MAX }),
			subjectAt: deed.at,
			subjectBy: by,
		}),
		...(description !== undefined && { description: checkedText('the description', description, { min: 0, max: DESCRIPTION_CHARS_MAX }) }),
		...(photoUrl !== undefined && { photoUrl: checkedPhoto(photoUrl) }),
		settings: { ...group.settings, ...settings },
	});
	const addsAlone = settings?.adminOnlyAddMember;
	if (addsAlone === undefined || addsAlone === group.settings.adminOnlyAddMember) return;
	const linkMode = addsAlone ? 'ADMIN_LINK' : 'ALL_MEMBER_LINK';
	tellMembers(deed, groupId, { name: 'GROUP_MEMBER_LINK_PROPERTY_UPDATE', by, parameters: [], details: { linkMode } });
}

export interface ParticipantChange {
	readonly by: string;
	readonly act: ParticipantAct;
	readonly phones: readonly string[];
	readonly autoInvite?: boolean;
}

/** Answers a sentence for each phone with which it could not be done. */
export function changeParticipants(deed: Deed, groupId: string, change: ParticipantChange): readonly string[] {
	const { society } = deed;
	const { by, act, autoInvite = false } = change;
	const group = groupOf(society, groupId);
	assertMember(group, by);
	const phones = [...new Set(change.phones.map((phone) => society.keyOf(phone)))];
	if (act === 'add') {
		if (group.settings.adminOnlyAddMember) assertAdmin(group, by);
		return addMembers(deed, groupId, { by, phones, autoInvite, isMaking: false });
	}
	assertAdmin(group, by);
	switch (act) {
		case 'remove':
			return removeMembers(deed, groupId, by, phones);
		case 'promote':
		case 'demote':
			return changeAdmins(deed, groupId, act === 'promote', phones);
		case 'approve':
		case 'reject':
			return settleRequests(deed, groupId, { by, isApproved: act === 'approve', phones });
	}
}

export function leaveGroup(deed: Deed, groupId: string, phone: string): void {
	assertMember(groupOf(deed.society, groupId), phone);
	tellMembers(deed, groupId, { name: 'GROUP_PARTICIPANT_LEAVE', by: phone, parameters: [deed.society.spelling(phone)] });
	takeOut(deed, groupId, [phone]);
}

/** By a link. Where the group wants that, the phone is not in it before an admin approves. */
export function joinGroup(deed: Deed, url: string, phone: string): void {
	const { society } = deed;
	const [groupId, group] = groupOfLink(society, url);
	if (isMember(group, phone)) return;
	if (group.members.length >= MEMBERS_MAX) throw refused('the group is full');
	if (group.settings.requireAdminApproval) request(deed, groupId, { phone, askedBy: phone });
	else putIn(deed, groupId, { by: phone, phones: [phone] });
}

/** A phone does not want to be let in any more. */
export function withdrawRequest(deed: Deed, groupId: string, phone: string): void {
	const group = groupOf(deed.society, groupId);
	if (!group.requests.some((one) => one.phone === phone)) throw refused('the phone did not ask to be let in');
	deed.society.groups.set(groupId, { ...group, requests: group.requests.filter((one) => one.phone !== phone) });
	tellAdmins(deed, groupId, { name: 'REVOKED_MEMBERSHIP_REQUESTS', by: phone, parameters: [deed.society.spelling(phone)] });
}

/** The link from now on; the one before it leads nowhere. */
export function renewInvitation(deed: Deed, groupId: string, by: string): string {
	const group = groupOf(deed.society, groupId);
	assertAdmin(group, by);
	const invitation = newInvitation(deed);
	deed.society.groups.set(groupId, { ...group, invitation });
	return linkOf({ invitation });
}

interface Adding {
	readonly by: string;
	readonly phones: readonly string[];
	readonly autoInvite: boolean;
	/** Nobody has to be asked while a group is made. */
	readonly isMaking: boolean;
}

function addMembers(deed: Deed, groupId: string, { by, phones, autoInvite, isMaking }: Adding): readonly string[] {
	const { society } = deed;
	const errors: string[] = [];
	const added: string[] = [];
	const group = groupOf(society, groupId);
	const needsApproval = !isMaking && group.settings.requireAdminApproval && !isAdmin(group, by);
	for (const phone of new Set(phones)) {
		const hindrance = hindranceOf(society, { group, by, phone, isFull: group.members.length + added.length >= MEMBERS_MAX });
		if (hindrance === 'by their privacy settings' && autoInvite && by === society.self) {
			deed.tell(phone, { kind: 'text', text: `${group.subject}\n${linkOf(group)}` }, { fromMe: true });
		} else if (hindrance !== undefined) errors.push(`${society.spelling(phone)} cannot be added: ${hindrance}`);
		else if (needsApproval) request(deed, groupId, { phone, askedBy: by });
		else added.push(phone);
	}
	if (added.length > 0) putIn(deed, groupId, { by, phones: added, isSilent: isMaking });
	return errors;
}

function hindranceOf(
	society: Society,
	{ group, by, phone, isFull }: { group: GroupRecord; by: string; phone: string; isFull: boolean },
): string | undefined {
	if (!/^\d+$/.test(phone) || !society.isOnWhatsApp(phone)) return 'not on WhatsApp';
	if (isMember(group, phone)) return 'in the group already';
	if (isFull) return `the group has ${MEMBERS_MAX} participants, as many as there can be`;
	const isAllowed = phone === society.self ? admits(society, 'groupAdd', by) : society.phones.part(phone, 'mayBeAdded');
	return isAllowed ? undefined : 'by their privacy settings';
}

function request(deed: Deed, groupId: string, { phone, askedBy }: { phone: string; askedBy: string }): void {
	const { society } = deed;
	const group = groupOf(society, groupId);
	if (group.requests.some((one) => one.phone === phone)) return;
	society.groups.set(groupId, { ...group, requests: [...group.requests, { phone, askedBy }] });
	const isByLink = askedBy === phone;
	tellAdmins(deed, groupId, {
		name: 'MEMBERSHIP_APPROVAL_REQUEST',
		by: askedBy,
		parameters: (isByLink ? [phone] : [askedBy, phone]).map((one) => society.spelling(one)),
		details: { requestMethod: isByLink ? 'invite_link' : 'non_admin_add' },
	});
}

function settleRequests(
	deed: Deed,
	groupId: string,
	{ by, isApproved, phones }: { by: string; isApproved: boolean; phones: readonly string[] },
): readonly string[] {
	const { society } = deed;
	const group = groupOf(society, groupId);
	const settled = phones.filter((phone) => group.requests.some((one) => one.phone === phone));
	society.groups.set(groupId, { ...group, requests: group.requests.filter((one) => !settled.includes(one.phone)) });
	if (isApproved && group.members.length + settled.length > MEMBERS_MAX) throw refused('the group is full');
	if (isApproved && settled.length > 0) putIn(deed, groupId, { by, phones: settled });
	return phones.filter((phone) => !settled.includes(phone)).map((phone) => `${society.spelling(phone)} did not ask to be let in`);
}

/** Whoever comes into a group of a community is in the community. */
export function putIn(
	deed: Deed,
	groupId: string,
	{ by, phones, isSilent = false }: { readonly by: string; readonly phones: readonly string[]; readonly isSilent?: boolean },
): void {
	const { society, at } = deed;
	const group = groupOf(society, groupId);
	const members = phones.map((phone) => ({ phone, isAdmin: false, isSuperAdmin: false, joinedAt: at }));
	society.groups.set(groupId, {
		...group,
		members: [...group.members, ...members],
		requests: group.requests.filter(({ phone }) => !phones.includes(phone)),
	});
	const parameters = phones.map((phone) => society.spelling(phone));
	if (!isSilent) tellMembers(deed, groupId, { name: 'GROUP_PARTICIPANT_ADD', by, parameters });
	const announcementId = group.communityId === undefined ? undefined : society.communities.get(group.communityId)?.announcementId;
	if (announcementId === undefined || announcementId === groupId) return;
	const announcement = groupOf(society, announcementId);
	const newcomers = members.filter(({ phone }) => !isMember(announcement, phone));
	society.groups.set(announcementId, { ...announcement, members: [...announcement.members, ...newcomers] });
}

function removeMembers(deed: Deed, groupId: string, by: string, phones: readonly string[]): readonly string[] {
	const { society } = deed;
	const group = groupOf(society, groupId);
	const removed = phones.filter((phone) => group.members.some((one) => one.phone === phone && !one.isSuperAdmin));
	if (removed.length > 0) {
		tellMembers(deed, groupId, { name: 'GROUP_PARTICIPANT_REMOVE', by, parameters: removed.map((phone) => society.spelling(phone)) });
		takeOut(deed, groupId, removed);
	}
	return errorsOf(society, group, phones, removed);
}

function changeAdmins(deed: Deed, groupId: string, isAdmin: boolean, phones: readonly string[]): readonly string[] {
	const { society } = deed;
	const group = groupOf(society, groupId);
	const changed = phones.filter((phone) => group.members.some((one) => one.phone === phone && (isAdmin || !one.isSuperAdmin)));
	const members = group.members.map((one) => (changed.includes(one.phone) ? { ...one, isAdmin } : one));
	if (!members.some((one) => one.isAdmin)) throw refused('a group has at least one admin');
	society.groups.set(groupId, { ...group, members });
	return errorsOf(society, group, phones, changed);
}

function errorsOf(society: Society, group: GroupRecord, phones: readonly string[], done: readonly string[]): readonly string[] {
	return phones
		.filter((phone) => !done.includes(phone))
		.map((phone) => `${society.spelling(phone)} ${isMember(group, phone) ? 'made the group' : 'is not in the group'}`);
}

/** A group without members is gone; one without admins gets its oldest member. */
export function takeOut(deed: Deed, groupId: string, phones: readonly string[]): void {
	const { society, at } = deed;
	const group = groupOf(society, groupId);
	const [gone, left] = [
		group.members.filter(({ phone }) => phones.includes(phone)),
		group.members.filter(({ phone }) => !phones.includes(phone)),
	];
	const [oldest, ...others] = left;
	if (oldest === undefined) {
		dissolve(society, groupId, group);
		return;
	}
	const former = [...group.former, ...gone.map(({ phone, joinedAt }) => ({ phone, joinedAt, leftAt: at }))].slice(-FORMER_MAX);
	const members = left.some((one) => one.isAdmin) ? left : [{ ...oldest, isAdmin: true }, ...others];
	society.groups.set(groupId, { ...group, members, former });
}

/** A community goes with the group that announces in it; its other groups go on by themselves. */
export function dissolve(society: Society, groupId: string, { isAnnouncement, communityId }: GroupRecord): void {
	society.groups.delete(groupId);
	if (!isAnnouncement || communityId === undefined) return;
	society.communities.delete(communityId);
	for (const [id, { communityId: of, ...alone }] of [...society.groups.entries()]) if (of === communityId) society.groups.set(id, alone);
}

interface Notice {
	readonly name: string;
	readonly by: string;
	readonly parameters: readonly unknown[];
	readonly details?: Readonly<Record<string, string>>;
}

function tellMembers(deed: Deed, groupId: string, { name, by, parameters, details }: Notice): void {
	const { society } = deed;
	if (!isMember(groupOf(society, groupId), society.self)) return;
	const content = {
		kind: 'notice' as const,
		name,
		parameters,
		...(details && { details }),
		context: { participant: society.participant(by) },
	};
	deed.tell(groupId, content, { fromMe: by === society.self });
}

function tellAdmins(deed: Deed, groupId: string, notice: Notice): void {
	if (isAdmin(groupOf(deed.society, groupId), deed.society.self)) tellMembers(deed, groupId, notice);
}

function newInvitation(deed: Deed): string {
	return drawnCode(22, ...deed.drawnFor('invitation')).replaceAll(/[-_]/g, '0');
}
