/** Domain events with the values of the documented examples, so that a rendered payload can be held against the example itself. */
import type { Attendance } from '../../src/domain/attendance.ts';
import type { MessageContent } from '../../src/domain/content.ts';
import type { Correspondent, DomainEvent, EventData, EventOf, EventType, TranscriptEntry } from '../../src/domain/event.ts';
import type { Message } from '../../src/domain/message.ts';
import type { DialectName, Subscriptions, Webhook } from '../../src/domain/webhook.ts';

export const EXAMPLE_ID = 'A20DA9C0183A2D35A260F53F5D2B9244';
export const INSTANCE_ID = 'instance.id';

export const CUSTOMER: Correspondent = {
	chatId: 'cht_1',
	phone: '5544999999999',
	chatName: 'name',
	senderName: 'name',
	photoUrl: 'https://',
	lid: '81896604192873@lid',
};

export function message(change: Partial<Message> & { readonly content?: MessageContent } = {}): Message {
	return {
		id: `msg_${EXAMPLE_ID.toLowerCase()}`,
		whatsappId: EXAMPLE_ID,
		accountId: 'acc_1',
		instanceId: INSTANCE_ID,
		chatId: 'cht_1',
		fromMe: false,
		origin: 'phone',
		content: { kind: 'text', text: 'teste' },
		status: 'received',
		timeline: {},
		createdAt: 1632228638000,
		updatedAt: 1632228638000,
		...change,
	};
}

export function ownMessage(change: Partial<Message> = {}): Message {
	return message({ fromMe: true, origin: 'api', status: 'sent', ...change });
}

export function event<T extends EventType>(
	type: T,
	data: EventData[T],
	change: Partial<Pick<EventOf<T>, 'at' | 'instance'>> = {},
): EventOf<T> {
	return {
		id: 'evt_1',
		type,
		accountId: 'acc_1',
		instance: { id: INSTANCE_ID, phone: '554499999999' },
		chatId: 'cht_1',
		at: 1632228638000,
		data,
		...change,
	};
}

export function webhook(dialect: DialectName, subscriptions: Subscriptions): Webhook {
	return {
		id: 'whk_1',
		accountId: 'acc_1',
		dialect,
		origin: 'dialect',
		url: 'https://example.com/',
		subscriptions,
		order: 'chat',
		enabled: true,
		secrets: [],
		keyPairs: [],
		signatures: ['v1'],
		createdAt: 0,
		updatedAt: 0,
	};
}

/** `message.received` on the instance of the documented examples. */
export function received(change: Partial<Message> = {}, from: Correspondent = CUSTOMER): EventOf<'message.received'> {
	const data = { message: message(change), with: from };
	return event('message.received', data, { instance: { id: EXAMPLE_ID, phone: '554499999999' } });
}

/** The attendance of seed 002, with its transcript of two messages. */
export function attendanceEvent(
	type: 'attendance.started' | 'attendance.finished',
	change: Partial<Attendance> = {},
	transcript: readonly TranscriptEntry[] = seedTranscript(),
): DomainEvent {
	const attendance: Attendance = {
		id: 'atd_1',
		accountId: 'acc_1',
		instanceId: 'instance id',
		chatId: 'cht_1',
		number: 1492,
		status: type === 'attendance.started' ? 'progress' : 'finished',
		customer: { name: 'nome', phone: '554499999999' },
		department: { id: 'dep_1', name: 'Nome do departamento' },
		operators: [{ id: 'opr_1', name: 'Nome do operador' }],
		requestedAt: 1651065472000,
		startedAt: 1651065471166,
		version: 1,
		...(type === 'attendance.started'
			? {}
			: {
					finishedAt: 1651065481865,
					finishedBy: { id: 'opr_1', name: 'Nome do operador' },
					report: 'Relato do operador',
					ratingObservation: 'Observação do cliente',
				}),
		...change,
	};
	const data = { attendance, with: { ...CUSTOMER, ...SEED_CUSTOMER }, transcript };
	return event(type, data, { instance: { id: 'instance id', phone: '5544888888888' } }) as DomainEvent;
}

const SEED_CUSTOMER = { phone: '554499999999', chatName: 'nome', senderName: 'nome', photoUrl: 'URL_DA_FOTO' };

function seedTranscript(): readonly TranscriptEntry[] {
	return [
		{
			message: message({
				whatsappId: 'ID_DA_MENSAGEM',
				content: { kind: 'text', text: 'mensagem enviada' },
				createdAt: 1651065478000,
			}),
		},
		{
			message: ownMessage({
				whatsappId: 'ID_DA_MENSAGEM_2',
				origin: 'automatic',
				status: 'read',
				content: { kind: 'text', text: 'só um momento' },
				createdAt: 1651065479380,
			}),
		},
	];
}
