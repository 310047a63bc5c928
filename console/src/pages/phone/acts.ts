/** What the owner of a phone does on it, and what the gateway sends to it. Each throws Refused. */
import { change } from '../../api/http.ts';
import type { Message, PhoneBehaviour, Written } from '../../api/views.ts';
import type { Whose } from './data.ts';

/** One key that names the kind, as `POST /simulator/{id}/messages` has it: `{ text }`, `{ image: { url } }`, `{ reaction: {…} }`. */
export type Wish = { readonly [kind: string]: unknown };

export interface Writing {
	readonly name?: string | undefined;
	/** The address of a group; missing: the chat with the instance. */
	readonly group?: string | undefined;
	readonly replyTo?: string | undefined;
}

export async function write({ instanceId, phone }: Whose, wish: Wish, { name, group, replyTo }: Writing = {}): Promise<Written> {
	const body = { from: phone, ...wish, ...defined({ name, group, replyTo }) };
	return await change<Written>('POST', `/simulator/${instanceId}/messages`, body);
}

export type Presence = 'composing' | 'paused';

export async function showPresence({ instanceId, phone }: Whose, status: Presence): Promise<void> {
	await change('POST', `/simulator/${instanceId}/presence`, { from: phone, status });
}

export async function behave({ instanceId, phone }: Whose, wish: Partial<PhoneBehaviour>): Promise<PhoneBehaviour> {
	return await change<PhoneBehaviour>('PUT', `/simulator/${instanceId}/contacts/${phone}`, wish);
}

export async function call({ instanceId, phone }: Whose, media: 'voice' | 'video'): Promise<void> {
	await change('POST', `/simulator/${instanceId}/phones/${phone}/calls`, { media });
}

/** The gateway sends to the phone, as an integration would ask it to. */
export async function send({ instanceId, phone }: Whose, wish: Wish): Promise<Message> {
	return await change<Message>('POST', `/instances/${instanceId}/messages`, { to: phone, ...wish });
}

export async function markRead(chatId: string): Promise<void> {
	await change('POST', `/chats/${chatId}/read`);
}

export async function createSimulator(accountId: string, name: string, phone: string): Promise<void> {
	await change('POST', `/accounts/${accountId}/instances`, { name, channel: 'simulator', phone });
}

function defined<T extends object>(given: T): Partial<T> {
	return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<T>;
}
