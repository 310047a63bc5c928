/** By what a contact is recognised where it is not named by its id: in what a provider told, in messages that it wrote in groups, in answers that were kept. */
import type { Message } from '../../domain/message.ts';
import { phoneSpellings } from '../../domain/phone.ts';
import type { AboutContact } from '../../ports/personal-data.ts';
import { fromJson } from './row-values.ts';

/** Shorter ones would be found in anything. */
const TRACE_LENGTH_MIN = 8;

/** Numbers in each spelling, addresses, LIDs. */
export function tracesOf({ contact, aliases, chats }: AboutContact): readonly string[] {
	const names = [...aliases.map(({ value }) => value), ...chats.map(({ phone }) => phone), contact.lid ?? ''];
	const spelled = names.flatMap((name) => (/^\d+$/.test(name) ? phoneSpellings(name) : [name]));
	return [...new Set(spelled)].filter((trace) => trace.length >= TRACE_LENGTH_MIN);
}

/** Whether a text names it. A longer number that contains it does not. */
export function names(text: string, traces: readonly string[]): boolean {
	return traces.some((trace) => {
		for (let at = text.indexOf(trace); at !== -1; at = text.indexOf(trace, at + 1)) {
			if (!isDigit(text[at - 1]) && !isDigit(text[at + trace.length])) return true;
		}
		return false;
	});
}

function isDigit(character: string | undefined): boolean {
	return character !== undefined && character >= '0' && character <= '9';
}

/** Whether the content of a message (JSON) of a group is the contact's: it wrote it, it is about what it wrote, or WhatsApp tells of it. */
export function isItsContent(json: string | null, traces: readonly string[]): boolean {
	return json !== null && names(json, traces) && isIts(fromJson<Message['content']>(json), traces);
}

/** Whether an event (its data, JSON) tells of such a message. */
export function isItsEvent(json: string | null, traces: readonly string[]): boolean {
	if (json === null || !names(json, traces)) return false;
	const { message } = fromJson<{ readonly message?: Message }>(json);
	return message !== undefined && isIts(message.content, traces);
}

function isIts(content: Message['content'], traces: readonly string[]): boolean {
	const { phone = '', lid = '' } = content.context?.participant ?? {};
	const writer = 'to' in content ? (content.to.participantPhone ?? '') : '';
	const noticed = content.kind === 'notice' ? JSON.stringify(content) : '';
	return [phone, lid, writer, noticed].some((text) => names(text, traces));
}

/** Of these such messages have one in their JSON: the others need not be read. */
export const GROUP_MARKS: readonly string[] = ['"participant":', '"participantPhone":', '"kind":"notice"'];

/** How an attendance says that it is without personal data (JSON). */
export const CUSTOMER_ERASED = '"customer":{"name":"","phone":""}';

/** The tables that are walked before anything is erased, in their order. */
const WALKED: readonly ['journal', 'messages', 'events', 'answers'] = ['journal', 'messages', 'events', 'answers'];
export type Walked = (typeof WALKED)[number];

/** Where a walk is, in one number: which table, and the `seq` in it. */
const TABLE_SIZE = 2 ** 48;

export function placeIn(place: number): { readonly table: Walked | undefined; readonly seq: number } {
	return { table: WALKED[Math.floor(place / TABLE_SIZE)], seq: place % TABLE_SIZE };
}

export function placeAfter(place: number, seq: number, isEnd: boolean): number {
	const table = Math.floor(place / TABLE_SIZE);
	return isEnd ? (table + 1) * TABLE_SIZE : table * TABLE_SIZE + seq;
}

/** Whose answers may tell of an account's contacts: its own credentials', and those that reach all accounts. `scope` as `IdempotencyRecord` has it. */
export function isAnswerOf(scope: string, owners: ReadonlySet<string>): boolean {
	const owner = scope.split(':', 2)[1] ?? '';
	// An application may have been deleted since it asked.
	return owner === 'admin' || owner.startsWith('tok_') || owner.startsWith('app_') || owners.has(owner);
}

/** Answers tell of a message by its chat, rather than by a number. An answer that cannot be read tells nobody anything. */
export function answerNames(sealed: string, unseal: (sealed: string) => string, about: AboutContact): boolean {
	try {
		const ids = [about.contact.id, ...about.chats.map(({ id }) => id)];
		return names(unseal(sealed), [...tracesOf(about), ...ids]);
	} catch {
		return false;
	}
}
