/** What is sent, in Plugchat and in Z-API: each kind is in the history as what it is, and leaves. */
import type { Scene } from '../scene.ts';
import { type Arrange, type Arrangements, holds, same, sends, uponSent } from './arrangement.ts';

/** Of a status that a customer posted, as in the example. */
const STATUS_ID = '1F606398F2ECAA4846269F659B6003A9';

export const MESSAGES: Arrangements = {
	'message.send-message-text': sends('text'),
	'message.send-message-image': sends('image'),
	'message.send-message-audio': sends('audio'),
	'message.send-message-video': sends('video'),
	'message.send-message-document': sends('document'),
	'message.send-message-sticker': sends('sticker'),
	'message.send-message-location': sends('location'),
	'message.send-message-contact': sends('contact'),
	'message.send-message-link': sends('text'),
	'message.send-button-list': sends('buttons'),
	'message.send-option-list': sends('list'),
	'message.reply-message': async (scene) => {
		const messageId = await scene.written();
		return {
			body: { messageId },
			effect: async ({ body }) => same('what it answers', (await scene.message(body.messageId))?.replyTo, messageId),
		};
	},
	'message.read-message': async (scene) => {
		const messageId = await scene.written();
		return {
			body: { messageId, phone: scene.phone },
			effect: () => scene.eventually('the message is read', async () => (await scene.message(messageId))?.status === 'read'),
		};
	},
	'message.delete-message': async (scene) => {
		const { messageId } = await scene.sent();
		return {
			query: { messageId, phone: scene.phone, owner: 'true' },
			effect: () => scene.eventually('the message is deleted', async () => (await scene.message(messageId))?.content.kind === 'deleted'),
		};
	},
	'status.send-text-status': sends('text'),
	'status.send-image-status': sends('image'),
};

export const ZAPI_MESSAGES: Arrangements = {
	...MESSAGES,
	'message.send-button-list-image': sends('buttons'),
	'message.send-button-list-video': sends('buttons', ({ places }) => ({ body: { buttonList: { video: places.mediumUrl('mp4') } } })),
	'message.send-button-actions': sends('template'),
	'message.send-button-otp': sends('template'),
	'message.send-button-pix': sends('pix-key'),
	'message.send-message-carousel': sends('carousel'),
	'message.send-message-catalog': sends('catalog', ({ phone }) => ({ body: { catalogPhone: phone } })),
	'message.send-message-product': sends('product', async (scene) => ({
		body: { catalogPhone: scene.account.instance.phone, productId: await product(scene) },
	})),
	'message.send-message-multiple-contacts': sends('contacts'),
	'message.send-message-gif': sends('video'),
	'message.send-message-ptv': sends('video'),
	'message.send-message-reaction': sends(
		'reaction',
		uponSent(({ messageId }) => ({ body: { messageId } })),
	),
	'message.send-remove-reaction': sends('reaction', async (scene) => {
		const { messageId } = await scene.sent();
		await scene.call('POST', 'send-reaction', { phone: scene.phone, reaction: '❤️', messageId });
		return { body: { messageId } };
	}),
	'message.send-pin-message': sends(
		'pin',
		uponSent(({ messageId }) => ({ body: { messageId } })),
	),
	'message.send-poll': sends('poll'),
	'message.send-poll-vote': sends('poll-vote', async (scene) => ({ body: { pollMessageId: await poll(scene) } })),
	'message.send-event': sends('event', async (scene) => ({
		body: { phone: (await scene.group()).phone, event: { dateTime: tomorrow() } },
	})),
	'message.send-edit-event': async (scene) => {
		const { phone, messageId } = await event(scene);
		return {
			body: { phone, eventMessageId: messageId, event: { dateTime: tomorrow() } },
			effect: () =>
				scene.eventually(
					'the event has its new name',
					async () => (await scene.message(messageId))?.content.name === 'Novo nome do evento',
				),
		};
	},
	'message.send-event-response': sends('event-reply', async (scene) => {
		const { phone, messageId } = await event(scene);
		return { body: { phone, eventMessageId: messageId } };
	}),
	// The example prints the list of the words it may be.
	'message.send-order': sends('checkout', () => ({ body: { paymentSettings: { pix: { keyType: 'randomKey' } } } })),
	'message.update-order-payment': changingOrder('paid'),
	'message.update-order-status': changingOrder('pending'),
	'message.send-newsletter-admin-invite': sends('newsletter-invite'),
	'message.forward-message': async (scene) => {
		const messageId = await scene.written({ text: 'para outra' });
		return {
			body: { phone: scene.otherPhone, messageId, messagePhone: scene.phone },
			effect: async () => {
				const { body } = await scene.admin('GET', `/messages?instanceId=${scene.account.instance.id}`);
				const copies = body.items.filter(
					(one: { fromMe: boolean; content: { text?: string } }) => one.fromMe && one.content.text === 'para outra',
				);
				return holds('one message of ours says the same', copies.length === 1);
			},
		};
	},
	'status.send-video-status': sends('video'),
	'status.reply-status-text': replyingStatus('text'),
	'status.reply-status-gif': replyingStatus('video'),
	'status.reply-status-sticker': replyingStatus('sticker'),
};

/** The answer goes into the chat with whoever posted the status, and says which one it is about. */
function replyingStatus(kind: string): Arrange {
	return async (scene) => ({
		body: { phone: scene.phone, statusMessageId: STATUS_ID },
		effect: async ({ body }) => {
			const { content } = (await scene.message(body.messageId)) ?? {};
			return same('the kind and the status', [content?.kind, content?.context?.statusReply?.whatsappId], [kind, STATUS_ID]);
		},
	});
}

/** The ids of an order are told by the webhook of the message that asked for its payment. */
function changingOrder(paymentStatus: string): Arrange {
	return async (scene) => {
		const { body } = await scene.call('POST', 'send-order', {
			phone: scene.phone,
			order: { currency: 'BRL', products: [{ name: 'Bolo', value: 150, quantity: 1 }] },
		});
		await scene.hasLeft(body.messageId);
		const { referenceId, orderRequestId } = (await scene.message(body.messageId)).content;
		return {
			body: { messageId: body.messageId, referenceId, orderRequestId },
			effect: async (answer) => {
				const { content, replyTo } = (await scene.message(answer.body.messageId)) ?? {};
				return [
					...same('the kind and stage', [content?.kind, content?.stage], ['checkout', 'order']),
					...same('what became of it', [content?.orderStatus, content?.paymentStatus], ['processing', paymentStatus]),
					...same('which order', replyTo, body.messageId),
				];
			},
		};
	};
}

/** Made by the call of Plugchat, which has the same account and instance: Z-API's own is of the business group. */
export async function product({ world, account, places }: Scene): Promise<string> {
	const body = {
		currency: 'BRL',
		description: 'De cenoura',
		images: [places.mediumUrl('png')],
		isHidden: false,
		name: 'Bolo',
		price: 20,
		retailerId: '002',
		url: 'https://loja.test/bolo',
	};
	const answer = await world.send({ method: 'POST', path: '/api/whatsapp/products', headers: { authorization: account.token }, body });
	return answer.body.id;
}

async function poll(scene: Scene): Promise<string> {
	const { body } = await scene.call('POST', 'send-poll', {
		phone: scene.phone,
		message: 'Qual?',
		poll: [{ name: 'Z-API' }, { name: 'Outras' }],
	});
	await scene.hasLeft(body.messageId);
	return body.messageId;
}

async function event(scene: Scene): Promise<{ readonly phone: string; readonly messageId: string }> {
	const { phone } = await scene.group();
	const { body } = await scene.call('POST', 'send-event', { phone, event: { name: 'Festa', dateTime: tomorrow(), canceled: false } });
	await scene.hasLeft(body.messageId);
	return { phone, messageId: body.messageId };
}

function tomorrow(): string {
	return new Date(Date.now() + 86_400_000).toISOString();
}
