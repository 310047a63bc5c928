/** Groups as Z-API shows them: in lists, alone, and to whoever was invited. */
import type { ChatFlags, Group } from '../../../ports/whatsapp.ts';
import { groupFields, participantRow } from '../../callbacks/group-views.ts';

/** A row of `GET groups`. Numbers and flags are strings there, times too, as documented. */
export function groupRow(group: Group, flags: ChatFlags | undefined, lastMessageAt: number | undefined): object {
	const { mutedUntil } = flags ?? {};
	return {
		isGroup: true,
		name: group.subject,
		phone: group.id,
		unread: String(flags?.isMarkedUnread ? 1 : 0),
		lastMessageTime: String(lastMessageAt ?? group.createdAt),
		isMuted: mutedUntil === undefined ? '0' : '1',
		isMarkedSpam: String(flags?.isSpam ?? false),
		archived: String(flags?.isArchived ?? false),
		pinned: String(flags?.isPinned ?? false),
		muteEndTime: mutedUntil === undefined ? null : String(mutedUntil),
		messagesUnread: String(flags?.unread ?? 0),
	};
}

export function groupMetadata(group: Group): object {
	return {
		...groupFields(group),
		description: group.description,
		invitationLink: group.invitationUrl ?? null,
		invitationLinkError: group.invitationUrl === undefined ? 'not-authorized' : null,
		communityId: group.communityId ?? null,
		adminOnlyMessage: group.settings.adminOnlyMessage,
		adminOnlySettings: group.settings.adminOnlySettings,
		requireAdminApproval: group.settings.requireAdminApproval,
		isGroupAnnouncement: group.isAnnouncement,
		participants: group.participants.map(participantRow),
	};
}

/** What somebody who is not in it yet may know. `contactsCount`: how many of them are in our address book. */
export function invitationMetadata(group: Group, url: string): object {
	return {
		...groupFields(group),
		description: group.description,
		invitationLink: url,
		contactsCount: group.participants.filter(({ name }) => name !== undefined).length,
		participantsCount: group.participants.length,
		participants: group.participants.map(({ phone, isAdmin, isSuperAdmin }) => ({ phone, isAdmin, isSuperAdmin })),
	};
}
