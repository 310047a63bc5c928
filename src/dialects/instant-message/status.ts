/** The states of a message in the lists, which know four words, and what they say of a failure. */
import { MESSAGE_STEPS, type Message, type MessageFailure, type MessageStep } from '../../domain/message.ts';
import type { RecordStatus } from './record.ts';

const WORDS: Readonly<Record<MessageStep, RecordStatus>> = {
	queued: 'stored',
	sent: 'sent',
	received: 'delivered',
	read: 'read',
	played: 'read',
};

/** What a `status` filter looks for: whatever is told with that word. */
export function stepsOf(status: RecordStatus): readonly MessageStep[] {
	return MESSAGE_STEPS.filter((step) => WORDS[step] === status);
}

/** A failed message stays at the last step that it reached: the API has no word for failing, only `failCode`. */
export function statusOf(message: Message): RecordStatus {
	if (message.status === 'failed') return message.timeline.sent === undefined ? 'stored' : 'sent';
	return WORDS[message.status];
}

/**
 * `failCode` is a number. Codes of providers are passed on; our own words become the codes of the WhatsApp Business API that this API was built on:
 * 1013 "user is not valid", 500 "unknown error".
 */
const FAIL_CODES: Readonly<Record<string, number>> = { not_on_whatsapp: 1013 };
const FAIL_CODE_UNKNOWN = 500;

export interface FailureMembers {
	readonly failCode: number;
	readonly failMessage: string;
}

export function failureMembers(failure: MessageFailure): FailureMembers {
	const code = /^\d{1,9}$/.test(failure.code) ? Number(failure.code) : (FAIL_CODES[failure.code] ?? FAIL_CODE_UNKNOWN);
	return { failCode: code, failMessage: failure.reason };
}
