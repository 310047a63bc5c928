/** What a webhook tells, read from the bodies of two dialects: our own, and Plugchat's. What the day is not about is undefined. */
import type { Arrival } from './receiver.ts';

export type Status = 'SENT' | 'RECEIVED' | 'READ';

/** Messages are known by the id that WhatsApp has for them, which both dialects tell. */
export type Telling =
	| { readonly kind: 'received'; readonly messageId: string; readonly phone: string; readonly text: string }
	| { readonly kind: 'sent'; readonly messageId: string; readonly phone: string }
	| { readonly kind: 'status'; readonly messageId: string; readonly status: string }
	| { readonly kind: 'failed'; readonly messageId: string }
	| { readonly kind: 'started'; readonly number: number; readonly phone: string }
	| Finished
	| { readonly kind: 'transferred'; readonly number: number; readonly reason: string }
	| { readonly kind: 'rated'; readonly number: number; readonly rating: number; readonly observation: string };

export interface Finished {
	readonly kind: 'finished';
	readonly number: number;
	readonly phone: string;
	readonly finishedBy: string;
	readonly report: string;
	/** Names of categories, or of their items where they have some. */
	readonly categories: readonly string[];
	/** Ids of messages, in the order in which they stand there. */
	readonly transcript: readonly string[];
}

/** The account and the instance that a body names. */
export interface Sender {
	readonly accountId?: string;
	readonly instanceId?: string;
}

export function tellingOf(arrival: Arrival): Telling | undefined {
	return arrival.path.endsWith('/recado') ? recadoTelling(JSON.parse(arrival.body)) : plugchatTelling(JSON.parse(arrival.body));
}

export function senderOf(arrival: Arrival): Sender {
	const { accountId, instanceId } = JSON.parse(arrival.body) as Sender;
	return { ...(accountId === undefined ? {} : { accountId }), ...(instanceId === undefined ? {} : { instanceId }) };
}

interface RecadoMessage {
	readonly whatsappId: string;
	readonly content: { readonly text?: string };
}

interface RecadoBody {
	readonly type: string;
	readonly data: {
		readonly message: RecadoMessage;
		readonly contact: { readonly phone: string };
		readonly status: string;
		readonly attendance: {
			readonly number: number;
			readonly finishedBy?: { readonly name: string };
			readonly report?: string;
			readonly category?: { readonly name: string };
			readonly categories?: readonly { readonly itemName: string }[];
		};
		readonly transfer: { readonly reason?: string };
		readonly answer: { readonly rating: number; readonly observation?: string };
		readonly transcript: readonly RecadoMessage[];
	};
}

function recadoTelling({ type, data }: RecadoBody): Telling | undefined {
	switch (type) {
		case 'message.received':
			return { kind: 'received', messageId: data.message.whatsappId, phone: data.contact.phone, text: data.message.content.text ?? '' };
		case 'message.sent':
			return { kind: 'sent', messageId: data.message.whatsappId, phone: data.contact.phone };
		case 'message.status':
			return { kind: 'status', messageId: data.message.whatsappId, status: data.status.toUpperCase() };
		case 'message.failed':
			return { kind: 'failed', messageId: data.message.whatsappId };
		case 'attendance.started':
			return { kind: 'started', number: data.attendance.number, phone: data.contact.phone };
		case 'attendance.transferred':
			return { kind: 'transferred', number: data.attendance.number, reason: data.transfer.reason ?? '' };
		case 'attendance.finished':
			return recadoFinished(data);
		case 'survey.answered':
			return { kind: 'rated', number: data.attendance.number, rating: data.answer.rating, observation: data.answer.observation ?? '' };
		default:
			return undefined;
	}
}

function recadoFinished({ attendance, contact, transcript }: RecadoBody['data']): Finished {
	const { number, finishedBy, report, category, categories } = attendance;
	return {
		kind: 'finished',
		number,
		phone: contact.phone,
		finishedBy: finishedBy?.name ?? '',
		report: report ?? '',
		categories: categories?.map(({ itemName }) => itemName) ?? (category ? [category.name] : []),
		transcript: transcript.map(({ whatsappId }) => whatsappId),
	};
}

interface PlugchatBody {
	readonly type?: string;
	readonly messageId: string;
	readonly phone: string;
	readonly error?: string;
	readonly text?: { readonly message: string };
	readonly ids: readonly string[];
	readonly status: string;
	readonly attendance?: {
		readonly attendanceNumber: number;
		readonly customer: { readonly phone: string };
		readonly status: 'PROGRESS' | 'FINISH';
		readonly finishBy: string;
		/** The space is theirs. */
		readonly 'operatorReport ': string;
		readonly attendanceCategory?: { readonly name: string };
		readonly attendanceCategories?: readonly { readonly itemName: string }[];
	};
	/** Messages by their ids, oldest first. */
	readonly chat: Readonly<Record<string, unknown>>;
}

function plugchatTelling(body: PlugchatBody): Telling | undefined {
	if (body.attendance) return plugchatAttendance(body.attendance, body.chat);
	const { type, messageId, phone } = body;
	switch (type) {
		case 'ReceivedCallback':
			return { kind: 'received', messageId, phone, text: body.text?.message ?? '' };
		case 'DeliveryCallback':
			return body.error === undefined ? { kind: 'sent', messageId, phone } : { kind: 'failed', messageId };
		case 'MessageStatusCallback':
			return { kind: 'status', messageId: body.ids[0] ?? '', status: body.status };
		default:
			return undefined;
	}
}

function plugchatAttendance(attendance: NonNullable<PlugchatBody['attendance']>, chat: PlugchatBody['chat']): Telling {
	const { attendanceNumber: number, customer, status, attendanceCategory, attendanceCategories } = attendance;
	if (status === 'PROGRESS') return { kind: 'started', number, phone: customer.phone };
	return {
		kind: 'finished',
		number,
		phone: customer.phone,
		finishedBy: attendance.finishBy,
		report: attendance['operatorReport '],
		categories: attendanceCategories?.map(({ itemName }) => itemName) ?? (attendanceCategory ? [attendanceCategory.name] : []),
		transcript: Object.keys(chat),
	};
}
