/**
 * Finds the chat of an instance with somebody, or says what makes it. A contact is a person; numbers and LIDs are aliases of it. A group, a newsletter,
 * a broadcast list is a contact, too, with its address as alias and its subject as name.
 */
import type { Instance } from '../domain/account.ts';
import type { Correspondent } from '../domain/event.ts';
import type { Alias, Chat, Contact } from '../domain/message.ts';
import { type Address, isPerson, parseAddress, phoneKey } from '../domain/phone.ts';
import { RecadoError } from '../errors.ts';
import type { Change } from '../ports/changes.ts';
import type { InboundParty } from '../ports/channel.ts';
import type { ChatView } from '../ports/chats.ts';
import type { Ids } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';

export interface OpenedChat extends ChatView {
	/** What makes it, where it was not there; what was learnt about the contact. */
	readonly changes: readonly Change[];
}

export interface OpenChat {
	readonly store: Pick<Store, 'chats'>;
	readonly ids: Ids;
	readonly instance: Instance;
	readonly party: InboundParty;
	readonly at: number;
}

/** A conflict `exists` at commit means that somebody else made chat or contact meanwhile: open it again. */
export async function openChat({ store, ids, instance, party, at }: OpenChat): Promise<OpenedChat> {
	const aliases = aliasesOf(party);
	const known = await store.chats.findByAlias(instance.id, instance.accountId, aliases);
	if (known) return learnInChat(known, party, aliases);
	const acquainted = await store.chats.findContact(instance.accountId, aliases);
	const met = acquainted && learn(acquainted, party, aliases);
	const contact: Contact = met?.contact ?? {
		id: ids.next('ctc'),
		accountId: instance.accountId,
		name: party.name ?? party.phone,
		...(party.photoUrl === undefined ? {} : { photoUrl: party.photoUrl }),
		...(party.lid === undefined ? {} : { lid: party.lid }),
	};
	const chat: Chat = {
		id: ids.next('cht'),
		accountId: instance.accountId,
		instanceId: instance.id,
		contactId: contact.id,
		phone: party.phone,
		name: contact.name,
		lastMessageAt: at,
		createdAt: at,
	};
	const changes: readonly Change[] = met?.changes ?? [{ kind: 'contact.insert', contact, aliases }];
	return { chat, contact, changes: [...changes, { kind: 'chat.insert', chat }] };
}

/** Whoever is known by an address alone: the recipient of a message. */
export function partyOfAddress({ value }: Address): InboundParty {
	return { phone: value, aliases: [aliasOf(value)], ...(value.endsWith('@lid') ? { lid: value } : {}) };
}

/** Throws invalid_phone. */
export function readAddress(written: string): Address {
	const address = parseAddress(written);
	if (!address) throw new RecadoError('invalid_phone');
	return address;
}

export function correspondentOf({ chat, contact }: ChatView): Correspondent {
	return {
		chatId: chat.id,
		phone: chat.phone,
		chatName: chat.name,
		senderName: contact.name,
		...(contact.photoUrl === undefined ? {} : { photoUrl: contact.photoUrl }),
		...(contact.lid === undefined ? {} : { lid: contact.lid }),
		...(chat.lastInboundAt === undefined ? {} : { lastInboundAt: chat.lastInboundAt }),
	};
}

function aliasesOf(party: InboundParty): readonly Alias[] {
	const own = aliasOf(party.phone);
	const others = party.aliases.filter((alias) => alias.kind !== own.kind || alias.value !== own.value);
	return [own, ...others];
}

/** Of what a chat is told by: its address says what it is. */
function aliasOf(address: string): Alias {
	if (address.endsWith('@lid')) return { kind: 'lid', value: address };
	return isPerson(address) ? { kind: 'phone', value: phoneKey(address) } : { kind: 'address', value: address };
}

function learnInChat({ chat, contact }: ChatView, party: InboundParty, aliases: readonly Alias[]): OpenedChat {
	const learnt = learn(contact, party, aliases);
	const { name } = learnt.contact;
	if (party.name === undefined || name === chat.name) return { chat, ...learnt };
	return { chat: { ...chat, name }, contact: learnt.contact, changes: [...learnt.changes, { kind: 'chat.touch', id: chat.id, name }] };
}

/** What a provider tells of somebody now is what this very message is shown with. */
function learn(contact: Contact, party: InboundParty, aliases: readonly Alias[]): { contact: Contact; changes: readonly Change[] } {
	const news = {
		...(party.name === undefined || party.name === contact.name ? {} : { name: party.name }),
		...(party.lid === undefined || party.lid === contact.lid ? {} : { lid: party.lid }),
		...(party.photoUrl === undefined || party.photoUrl === contact.photoUrl ? {} : { photoUrl: party.photoUrl }),
	};
	if (Object.keys(news).length === 0) return { contact, changes: [] };
	return {
		contact: { ...contact, ...news },
		changes: [{ kind: 'contact.update', id: contact.id, accountId: contact.accountId, ...news, aliases }],
	};
}
