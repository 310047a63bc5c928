/**
 * What happens on the simulated network, told the way a provider tells it. Ids and message ids depend on nothing but what happened, so
 * telling a thing again changes nothing.
 */
import { hash } from 'node:crypto';
import type { Participant } from '../../domain/content.ts';
import type { PresenceStatus } from '../../domain/event.ts';
import type { InboundMessage, InboundParty, Observation } from '../../ports/channel.ts';
import type { Outgoing } from './chats.ts';
import type { ReportRecord } from './records.ts';

export function tellReport(report: ReportRecord): Observation {
	const id = reportId(report);
	if (report.kind === 'connected') {
		return { id, at: report.at, kind: 'connected', raw: { event: 'connection.update', connection: 'open', session: report.session } };
	}
	const raw = { event: 'connection.update', connection: 'close', session: report.session, lastDisconnect: { error: report.reason } };
	return { id, at: report.at, kind: 'disconnected', reason: report.reason, raw };
}

export function reportId(report: ReportRecord): string {
	return `session-${report.session}:${report.kind}`;
}

/** WhatsApp's words for the steps that a phone reports. */
const RECEIPTS = { received: 'DELIVERY_ACK', read: 'READ', played: 'PLAYED' } as const;

export function tellStep(message: Outgoing, step: keyof typeof RECEIPTS, at: number, spelling: string): Observation {
	return {
		id: `${message.whatsappId}:${step}`,
		at,
		kind: 'status',
		whatsappIds: [message.whatsappId],
		step,
		raw: {
			event: 'messages.update',
			key: { remoteJid: jid(spelling), fromMe: true, id: message.whatsappId },
			status: RECEIPTS[step],
			timestamp: at,
		},
	};
}

export function tellMessage(message: InboundMessage, at: number): Observation {
	return {
		id: `${message.whatsappId}:message`,
		at,
		kind: 'message',
		message,
		raw: {
			event: 'messages.upsert',
			key: { remoteJid: jid(message.chat.phone), fromMe: message.fromMe, id: message.whatsappId },
			...(!message.fromMe && { pushName: message.content.context?.participant?.name ?? message.chat.name }),
			timestamp: at,
			message: message.content,
			...(message.replyTo !== undefined && { contextInfo: { stanzaId: message.replyTo } }),
		},
	};
}

/** The answer of a customer to a message that was read; `participant` where that was in a group. */
export function answerOf(message: Outgoing, text: string, chat: InboundParty, participant?: Participant): InboundMessage {
	const answered = participant === undefined ? message.whatsappId : `${message.whatsappId} by ${participant.phone}`;
	return {
		whatsappId: `3EB0${hash('sha256', `answer to ${answered}`).slice(0, 18).toUpperCase()}`,
		chat,
		fromMe: false,
		content: {
			kind: 'text',
			text: text.replaceAll('{message}', () => message.quote ?? ''),
			...(participant !== undefined && { context: { participant } }),
		},
		replyTo: message.whatsappId,
	};
}

export function tellPresence(id: string, from: InboundParty, status: PresenceStatus, at: number): Observation {
	return {
		id: `${id}:presence`,
		at,
		kind: 'presence',
		from,
		status,
		...(status === 'unavailable' && { lastSeenAt: at }),
		raw: { event: 'presence.update', id: jid(from.phone), presences: { [jid(from.phone)]: { lastKnownPresence: status, lastSeen: at } } },
	};
}

/** As WhatsApp itself writes addresses. */
function jid(spelling: string): string {
	if (spelling.includes('@')) return spelling;
	if (spelling.endsWith('-group')) return spelling.replace(/-group$/, '@g.us');
	if (spelling.endsWith('-broadcast')) return spelling.replace(/-broadcast$/, '@broadcast');
	return `${spelling}@s.whatsapp.net`;
}
