/**
 * `GET get-attendence-by-task`: an attendance with its messages, in the form of 2022: ids where names came later, and one shape for all messages. The task
 * in Trello, which its example shows, is left out: there is none.
 */
import type { Instance } from '../../../domain/account.ts';
import type { Message } from '../../../domain/message.ts';
import { correspondentOf } from '../../../messaging/chat-opening.ts';
import type { Ticket } from '../../../service-desk/services.ts';
import { contentMember } from '../../callbacks/contents.ts';
import * as member from '../../callbacks/members.ts';
import type { Told } from '../../callbacks/told.ts';
import { attendanceOf2022 } from './attendance-of-2022.ts';
import { OUTBOUND_STATUS, TRANSCRIPT_CONTENTS } from './transcript.ts';

export function ticketBody({ attendance, view, transcript }: Ticket, { id, phone }: Instance): object {
	const told = (message: Message): Told => ({ message, with: correspondentOf(view), instance: { id, phone }, at: message.createdAt });
	return {
		attendanceData: { [attendance.id]: attendanceOf2022(attendance) },
		chat: Object.fromEntries(transcript.map((message) => [message.whatsappId, entry(told(message))])),
	};
}

function entry(told: Told): object {
	return {
		broadcast: member.broadcast(told),
		chatName: member.chatName(told),
		forwarded: member.forwarded(told),
		fromMe: member.fromMe(told),
		instanceId: member.instanceId(told),
		isGroup: member.isGroup(told),
		messageId: member.messageId(told),
		momment: member.momment(told),
		participantPhone: member.authorPhone(told),
		phone: member.phone(told),
		photo: member.photo(told),
		senderName: member.senderName(told),
		senderPhoto: member.senderPhoto(told),
		status: OUTBOUND_STATUS[told.message.status],
		...contentMember(told, TRANSCRIPT_CONTENTS),
		type: 'ReceivedCallback',
		waitingMessage: member.waitingMessage(told),
	};
}
