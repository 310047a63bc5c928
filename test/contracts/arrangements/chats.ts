/** Chats and contacts, which Plugchat and Z-API have alike: a customer wrote, so there is something to look at and to change. */
import type { Scene } from '../scene.ts';
import { type Arrange, type Arrangements, holds, same } from './arrangement.ts';
import { phonesOf } from './groups.ts';

const DAY_SECONDS = 86_400;

export const CHATS: Arrangements = {
	'chats.get-chats': async (scene) => {
		await scene.written();
		return { effect: async ({ body }) => holds('the chat is listed', phonesOf(body).includes(scene.phone)) };
	},
	'chats.get-metadata-chat': async (scene) => {
		await known(scene);
		return { effect: async ({ body }) => same('the phone', body.phone, scene.phone) };
	},
	'chats.get-message-chats': async (scene) => {
		const first = await scene.written({ text: 'primeira' });
		const second = await scene.written({ text: 'segunda' });
		return {
			query: { amount: '10', lastMessageId: second },
			effect: async ({ body }) =>
				same(
					'the messages before the given one',
					body.map((one: { messageId: string }) => one.messageId),
					[first],
				),
		};
	},
	'chats.archive-chat': flagging('archive', 'isArchived'),
	'chats.pin-chat': flagging('pin', 'isPinned'),
	'chats.delete-chat': async (scene) => {
		await scene.written();
		return {
			body: { phone: scene.phone, action: 'delete' },
			effect: async () => holds('the chat is not listed', !phonesOf(await chatsOf(scene)).includes(scene.phone)),
		};
	},
	'contacts.get-contacts': async (scene) => {
		await known(scene);
		return { effect: async ({ body }) => holds('the contact is listed', phonesOf(body).includes(scene.phone)) };
	},
	'contacts.get-metadata-contact': async (scene) => {
		await known(scene);
		return { effect: async ({ body }) => same('the phone', body.phone, scene.phone) };
	},
	'contacts.get-profile-picture': async (scene) => {
		await known(scene);
		return { effect: async ({ body }) => holds('the picture has an address', String(body[0]?.link).startsWith('https://')) };
	},
	'contacts.get-iswhatsapp': async (scene) => {
		await scene.simulator('PUT', `/contacts/${scene.otherPhone}`, { onWhatsApp: false });
		return {
			effect: async ({ body }) => [
				...same('whether the phone is there', body[0]?.exists, true),
				...same('whether the other is', (await scene.get(`phone-exists/${scene.otherPhone}`))[0]?.exists, false),
			],
		};
	},
};

export const ZAPI_CHATS: Arrangements = {
	...CHATS,
	'chats.clear-chat': async (scene) => {
		await scene.written();
		return {
			body: { phone: scene.phone, action: 'clear' },
			effect: async () => same('the messages', await scene.get(`chat-messages/${scene.phone}?amount=10`), []),
		};
	},
	'chats.mute-chat': flagging('mute', 'isMuted'),
	'chats.read-chat': async (scene) => {
		await scene.written();
		return {
			body: { phone: scene.phone, action: 'read' },
			effect: () => scene.eventually('nothing is unread', async () => (await chatOf(scene))?.messagesUnread === 0),
		};
	},
	'chats.chat-expiration': async (scene) => {
		await scene.written();
		return {
			body: { phone: scene.phone, chatExpiration: '90_DAYS' },
			effect: async () => same('expiresInSeconds', (await scene.onWhatsApp(`chats/${scene.phone}`)).expiresInSeconds, 90 * DAY_SECONDS),
		};
	},
	'contacts.add-contacts': (scene) => ({
		body: [{ firstName: 'Rosa', lastName: 'Lima', phone: scene.phone }],
		effect: async () => same('the name in the address book', (await scene.get(`contacts/${scene.phone}`)).name, 'Rosa Lima'),
	}),
	'contacts.remove-contacts': async (scene) => {
		await scene.call('POST', 'contacts/add', [{ firstName: 'Rosa', phone: scene.otherPhone }]);
		return {
			body: [scene.otherPhone],
			effect: async () =>
				holds('the contact is not listed', !phonesOf(await scene.get('contacts?page=1&pageSize=50')).includes(scene.otherPhone)),
		};
	},
	'contacts.block-contact': (scene) => ({
		body: { phone: scene.phone, action: 'block' },
		effect: async () => {
			await scene.simulator('POST', '/messages', { from: scene.phone, text: 'bloqueado' });
			const heard = await scene.written({ text: 'ouvido' }, scene.otherPhone);
			const { body } = await scene.admin('GET', `/messages?instanceId=${scene.account.instance.id}`);
			return same(
				'what arrived',
				body.items.map((one: { whatsappId: string }) => one.whatsappId),
				[heard],
			);
		},
	}),
	'contacts.get-iswhatsapp-batch': async (scene) => {
		await scene.simulator('PUT', `/contacts/${scene.otherPhone}`, { onWhatsApp: false });
		return {
			effect: async ({ body }) =>
				same(
					'who is there',
					body.map((one: { exists: boolean }) => one.exists),
					[true, false],
				),
		};
	},
	'contacts.report-contact': async (scene) => {
		await scene.written();
		return {
			refusals: [
				{
					what: 'of a number that is none',
					change: (plan) => ({ ...plan, path: { ...plan.path, phone: 'abc' } }),
					status: 400,
					body: { error: 'Invalid phone' },
				},
			],
		};
	},
};

interface ListedChat {
	readonly phone: string;
	readonly messagesUnread?: number;
}

/** What WhatsApp says of the chat after `modify-chat`. */
function flagging(action: string, flag: string): Arrange {
	return async (scene) => {
		await scene.written();
		return {
			body: { phone: scene.phone, action },
			effect: async () => same(flag, (await scene.onWhatsApp(`chats/${scene.phone}`))[flag], true),
		};
	};
}

/** Who wrote, is in the address book where the API can write it, and shows a picture. */
async function known(scene: Scene): Promise<void> {
	await scene.simulator('PATCH', `/phones/${scene.phone}/profile`, {
		name: 'Maria',
		about: 'Ocupada',
		photoUrl: scene.places.mediumUrl('png'),
	});
	await scene.written();
}

function chatsOf(scene: Scene): Promise<readonly ListedChat[]> {
	return scene.get('chats?page=1&pageSize=10');
}

async function chatOf(scene: Scene): Promise<ListedChat | undefined> {
	return (await chatsOf(scene)).find(({ phone }) => phone === scene.phone);
}
