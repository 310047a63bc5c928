/** `/v1/whatsapp`: who is on WhatsApp, and whose 24-hour window is open until when. */
import type { FastifyInstance } from 'fastify';
import { type TObject, type TString, Type } from 'typebox';
import { parsePhone } from '../../domain/phone.ts';
import type { WhatsApp } from '../../messaging/services.ts';
import type { ChatReads, ChatView } from '../../ports/chats.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Page } from '../../ports/pages.ts';
import { type Caller, callerOf } from './authentication.ts';
import { type ChatWindow, findChat, readNumber, WINDOW_MS, windowOf } from './chat-window.ts';
import { VALID_EXAMPLE, WINDOW_EXAMPLE, WINDOWS_EXAMPLE } from './examples.ts';
import { e164, isoTime } from './record.ts';
import { answers, Validity, Window, Windows } from './schemas.ts';

/** The list has no pages. Of more open windows than this, those with the latest messages are told. */
const WINDOWS_MAX = 10_000;
const CHATS_AT_ONCE = 200;

const tags = ['WhatsApp'];
const Params: TObject<{ number: TString }> = Type.Object({ number: Type.String({ description: 'E.164, with "+" or without' }) });

export interface WhatsAppDeps {
	readonly whatsapp: WhatsApp;
	readonly chats: Pick<ChatReads, 'findByAlias' | 'chatsOf'>;
	readonly clock: Clock;
}

export function whatsAppRoutes(scope: FastifyInstance, deps: WhatsAppDeps): void {
	scope.get<{ Params: { number: string } }>(
		'/v1/whatsapp/contacts/:number',
		{
			schema: {
				summary: 'Whether a number is on WhatsApp',
				tags,
				params: Params,
				response: answers(Validity, VALID_EXAMPLE, 'What cannot be a number is none of WhatsApp’s'),
			},
		},
		async (request) => {
			const phone = parsePhone(request.params.number);
			if (phone === undefined) return { valid: false };
			const [found] = await deps.whatsapp.ask(callerOf(request).instance, 'contacts.exist', { phones: [phone] });
			return { valid: found?.exists ?? false };
		},
	);
	scope.get(
		'/v1/whatsapp/chatwindow',
		{ schema: { summary: 'List the open 24-hour windows', tags, response: answers(Windows, WINDOWS_EXAMPLE, 'Latest message first') } },
		async (request) => ({ contacts: (await openWindows(deps, callerOf(request))).map(writeContact) }),
	);
	scope.get<{ Params: { number: string } }>(
		'/v1/whatsapp/chatwindow/:number',
		{
			schema: {
				summary: 'Whether the 24-hour window of a customer is open',
				tags,
				params: Params,
				response: answers(Window, WINDOW_EXAMPLE, 'Of a customer who never wrote it is closed'),
			},
		},
		async (request) => {
			const digits = readNumber('number', request.params.number);
			const view = await findChat(deps.chats, callerOf(request), digits);
			const window = windowOf(view?.chat, deps.clock.now());
			return { open: window.isOpen, closesIn: closesIn(window) };
		},
	);
}

type OpenWindow = ChatView & { readonly window: ChatWindow };

async function openWindows({ chats, clock }: WhatsAppDeps, { instance }: Caller): Promise<readonly OpenWindow[]> {
	const now = clock.now();
	const open: OpenWindow[] = [];
	let cursor: string | undefined;
	do {
		const page: Page<ChatView> = await chats.chatsOf(instance.id, { limit: CHATS_AT_ONCE, ...(cursor === undefined ? {} : { cursor }) });
		// A chat's last message is no older than what the customer last wrote.
		const recent = page.items.filter(({ chat }) => now - chat.lastMessageAt < WINDOW_MS);
		for (const view of recent) {
			const window = windowOf(view.chat, now);
			if (window.isOpen) open.push({ ...view, window });
		}
		cursor = recent.length === page.items.length ? page.next : undefined;
	} while (cursor !== undefined && open.length < WINDOWS_MAX);
	return open.slice(0, WINDOWS_MAX);
}

function writeContact({ chat, contact, window }: OpenWindow): { phone: string; name: string; closesIn: string } {
	return { phone: e164(chat.phone), name: contact.name, closesIn: closesIn(window) };
}

function closesIn({ closesAt }: ChatWindow): string {
	return closesAt === undefined ? '' : isoTime(closesAt);
}
