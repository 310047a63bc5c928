/** What is read of the store. */
import type { RecadoReads } from '../../../../src/dialects/recado/deps.ts';
import {
	account,
	application,
	attempt,
	attendance,
	category,
	chat,
	cloud,
	delivery,
	department,
	event,
	instance,
	message,
	operator,
} from './records.ts';

export function fakeStore(): RecadoReads {
	const one = async <T extends { readonly id: string }>(id: string, ...things: readonly T[]): Promise<T | undefined> =>
		things.find((thing) => thing.id === id);
	return {
		accounts: {
			account: (id) => one(id, account),
			accounts: async (page) => ({ items: [account], ...(page.cursor === undefined ? { next: 'c2' } : {}) }),
			instance: (id) => one(id, instance, cloud),
			instancesOf: async () => [instance],
			allInstances: async () => [instance, cloud],
			application: (id) => one(id, application),
			applicationsOf: async () => [application],
			departments: async () => [department],
			operators: async () => [operator],
			categories: async () => [category],
		},
		chats: {
			chat: (id) => Promise.resolve(id === chat.chat.id ? chat : undefined),
			chatsById: async (ids) => [chat].filter(({ chat: { id } }) => ids.includes(id)),
			chatsOf: async () => ({ items: [chat] }),
			findContact: async () => chat.contact,
		},
		messages: {
			message: (id) => one(id, message),
			byWhatsappId: async (_instanceId, whatsappId) => (whatsappId === message.whatsappId ? message : undefined),
			queueCount: async () => 2,
			queue: async () => [message],
			ofChat: async () => [message],
			latestOfChat: async () => ({ message, unread: 0 }),
			list: async () => ({ items: [message], total: 1 }),
		},
		attendances: { list: async () => ({ items: [attendance] }), attendance: (id) => one(id, attendance) },
		events: { list: async () => ({ items: [event] }), event: (id) => one(id, event) },
		deliveries: {
			delivery: (id) => one(id, delivery),
			list: async () => ({ items: [{ ...delivery, body: '' }], next: 'c3' }),
			attempts: async () => [attempt],
		},
		personal: { about: async () => ({ contact: chat.contact, aliases: [], chats: [chat.chat] }) },
	};
}
