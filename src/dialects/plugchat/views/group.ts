/** Groups as Plugchat shows them. */
import type { Group } from '../../../ports/whatsapp.ts';
import { groupFields, participantRow } from '../../callbacks/group-views.ts';

/** To whoever holds its link. */
export function invitationMetadata(group: Group): object {
	return { ...groupFields(group), participants: group.participants.map(participantRow) };
}

/** The link is the admins' to see. */
export function groupMetadata(group: Group): object {
	return { ...invitationMetadata(group), invitationLink: group.invitationUrl ?? null };
}
