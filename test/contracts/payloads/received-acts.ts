/** What phones write, each kind as the documents print it. */
import type { JsonObject } from '../../support/contract.ts';
import { type Acts, both, writes, writesOwn } from './act.ts';
import { type Actor, MARIA, PEDRO } from './actor.ts';

const VCARD = 'BEGIN:VCARD\nVERSION:3.0\nN:;nome;;;\nFN:nome\nTEL;type=CELL;type=VOICE;waid=5544999999999:+55 44 9999-9999\nEND:VCARD';

const ITEMS: readonly JsonObject[] = [
	{ name: 'order 1', quantity: 2, isCustom: true, productId: 'custom-item-4N9AVI38WI1', value: 150 },
	{ name: 'order 2', quantity: 2, isCustom: false, productId: '23940797548900636', value: 150 },
];

const CHECKOUT: JsonObject = {
	referenceId: '4N9AVI38VOB',
	orderRequestId: '4N9AVI38VYZ',
	paymentStatus: 'pending',
	currency: 'BRL',
	total: 605,
	subTotal: 600,
	discount: 10,
	shipping: 5,
	tax: 10,
	items: ITEMS,
};

const PAYMENT: JsonObject = { value: 1, currency: 'BRL' };
const PAYMENT_INFO: JsonObject = { receiverPhone: PEDRO, ...PAYMENT };

const REPLY_BUTTONS: readonly JsonObject[] = [
	{ id: '1', label: 'Texto do botão 1' },
	{ id: '2', label: 'Texto do botão 2' },
];
const ACTION_BUTTONS: readonly JsonObject[] = [
	{ action: 'url', label: 'Texto do botão', url: 'https://example.com/' },
	{ action: 'reply', label: 'Texto do botão', id: '2' },
];

const text: JsonObject = { text: 'teste' };
const preview = (actor: Actor): JsonObject => ({
	text: {
		text: 'teste',
		preview: { url: 'https://example.com/', title: 'título', description: 'descrição', thumbnailUrl: actor.medium('jpeg') },
	},
});

/** A template with this above its text. */
const template = (header: (actor: Actor) => JsonObject) =>
	writes((actor) => ({
		template: {
			templateId: '790118069824606',
			text: 'texto da mensagem',
			title: 'título da mensagem',
			footer: 'rodapé da mensagem',
			buttons: [],
			...header(actor),
		},
	}));
const mediumHeader = (kind: string, name: string) => (actor: Actor) => ({ header: { kind, url: actor.medium(name) } });

const buttons = (kind: string, name: string) =>
	writes((actor) => ({ buttons: { text: 'Texto da mensagem', buttons: REPLY_BUTTONS, ...mediumHeader(kind, name)(actor) } }));

/** Kinds that both dialects document. */
const SHARED: Acts = {
	...both(
		'received-audio',
		writes((actor) => ({ audio: { url: actor.medium('opus'), seconds: 10, voiceNote: true, viewOnce: true } })),
	),
	...both(
		'received-image',
		writes((actor) => ({ image: { url: actor.medium('jpeg'), viewOnce: true } })),
	),
	...both(
		'received-video',
		writes((actor) => ({ video: { url: actor.medium('mp4'), seconds: 13, viewOnce: true } })),
	),
	...both(
		'received-document',
		writes((actor) => ({ document: { url: actor.medium('pdf'), fileName: 'nome.pdf', title: 'nome', pageCount: 1 } })),
	),
	...both(
		'received-sticker',
		writes((actor) => ({ sticker: { url: actor.medium('webp') } })),
	),
	...both('received-location', writes({ location: { latitude: -23.5489, longitude: -46.6388 } })),
	...both('received-contact', writes({ contact: { name: 'Cesar Baleco', phones: ['5544999999999'], vCard: VCARD } })),
	...both(
		'received-product',
		writes({ product: { productId: '9999', businessPhone: PEDRO, title: 'name', price: 1, currency: 'BRL', imageCount: 1 } }),
	),
	...both(
		'received-request-payment',
		writes({
			payment: {
				stage: 'requested',
				...PAYMENT,
				expiresAt: '2021-09-28T13:08:02.000Z',
				requestPhone: PEDRO,
				info: { ...PAYMENT_INFO, status: 'WAITING', transactionStatus: 'COLLECT_SUCCESS' },
			},
		}),
	),
	...both(
		'received-send-payment',
		writes({ payment: { stage: 'sent', ...PAYMENT, info: { ...PAYMENT_INFO, status: 'COMPLETE', transactionStatus: 'SUCCESS' } } }),
	),
	...both('received-buttons-response', async (actor) => {
		await actor.listen();
		const messageId = await actor.sends({ buttons: { text: 'Como foi?', buttons: [{ id: '1', label: 'Ótimo' }] } });
		await actor.writes({ tap: { messageId, id: '1' } });
	}),
	...both('received-list-response', async (actor) => {
		await actor.listen();
		const list = { text: 'Escolha', title: 'Opções', buttonLabel: 'Ver', options: [{ id: '1', title: 'Z-API', description: 'Asas' }] };
		await actor.writes({ tap: { messageId: await actor.sends({ list }), id: '1' } });
	}),
	...both('received-text', writes(preview)),
	...both('received-deleted', async (actor) => {
		await actor.listen();
		const messageId = await actor.writes(text);
		await actor.writes({ deletion: { messageId } });
	}),
};

/** Acts upon another message, which is there first. */
const UPON: Acts = {
	'z-api/received-edited.json': async (actor) => {
		await actor.listen();
		const messageId = await actor.writes(text);
		await actor.writes({ edit: { messageId, text: 'teste editado' } });
	},
	'z-api/received-reaction.json': async (actor) => {
		await actor.listen();
		await actor.writes({ reaction: { messageId: await actor.sends(text), emoji: '❤️' } });
	},
	'z-api/received-reaction-removed.json': async (actor) => {
		const messageId = await actor.sends(text);
		await actor.writes({ reaction: { messageId, emoji: '❤️' } });
		await actor.listen();
		await actor.writes({ reaction: { messageId, emoji: '' } });
	},
	'z-api/received-reply.json': async (actor) => {
		await actor.listen();
		await actor.writes({ replyTo: await actor.sends(text), ...text });
	},
	'z-api/received-poll-vote.json': async (actor) => {
		await actor.listen();
		const messageId = await actor.sends({ poll: { question: 'Qual a melhor?', options: ['Z-API', 'Outras'] } });
		await actor.writes({ pollVote: { messageId, options: ['Z-API'] } });
	},
	'z-api/received-pin-message.json': async (actor) => {
		await actor.listen({ ownToo: true });
		await actor.writes({ fromMe: true, pin: { messageId: await actor.sends(text), seconds: 604_800 } });
	},
};

/** Who writes where makes these. */
const ELSEWHERE: Acts = {
	'z-api/received-group-text.json': async (actor) => {
		const group = await actor.group();
		await actor.listen();
		await actor.writes({ group, ...text });
	},
	'z-api/received-event.json': async (actor) => {
		const group = await actor.group();
		await actor.listen();
		await actor.writes({
			group,
			event: {
				name: 'Nome do evento',
				description: 'Descrição do evento',
				startsAt: '2030-04-29T09:30:53.000Z',
				call: { media: 'video', url: 'https://call.whatsapp.com/video/v9123XNFG50L6iO79NddXNvKQr6bb3' },
			},
		});
	},
	'z-api/received-event-response.json': async (actor) => {
		const group = await actor.group();
		await actor.listen();
		const event = { name: 'Nome do evento', startsAt: '2030-04-29T09:30:53.000Z' };
		const messageId = await actor.writes({ from: PEDRO, group, event });
		await actor.writes({ group, eventReply: { messageId, reply: 'GOING' } });
	},
	'z-api/received-newsletter.json': writes({ group: '120363166555745933@newsletter', name: 'Canal', ...text }),
	'z-api/received-newsletter-admin-invite.json': writes({
		newsletterInvite: {
			newsletterId: '120363166555745933@newsletter',
			newsletterName: 'Teste',
			text: 'Quero convidar você para ser admin do meu canal no WhatsApp.',
			expiresAt: '2030-02-01T16:54:28.000Z',
		},
	}),
	'z-api/received-lid.json': async (actor) => {
		await actor.simulator('PUT', `/contacts/${MARIA}`, { hidesNumber: true });
		await actor.listen();
		await actor.writes(text);
	},
	'z-api/received-broadcast-list.json': writesOwn({
		group: '1774895799-broadcast',
		broadcastTo: [MARIA, PEDRO],
		text: 'Teste de mensagem de lista de transmissão',
	}),
	'z-api/received-status-reply.json': async (actor) => {
		await actor.listen();
		const statusReplyTo = await actor.sends({ image: { url: actor.medium('jpeg') } }, 'status@broadcast');
		await actor.writes({ statusReplyTo, ...text });
	},
	'z-api/received-external-ad-reply.json': writes((actor) => ({
		text: 'mensagem recebida',
		ad: {
			title: 'Titulo',
			body: 'texto do anuncio',
			mediaType: 1,
			thumbnailUrl: actor.medium('jpeg'),
			sourceType: 'ad',
			sourceId: '23722824350495506',
			sourceUrl: 'https://example.com/',
			clickId: 'Aff-niaAw7V94N8LGd79Vjr43TlJD4UnoBdpZJQ3LzABitbbG6w',
		},
	})),
	'z-api/received-sent-by-me.json': async (actor) => {
		await actor.listen({ ownToo: true });
		await actor.sends(text);
	},
	'z-api/received-waiting-message.json': writesOwn({ waiting: { viewOnce: true } }),
};

const OFFERS: Acts = {
	'z-api/received-buttons-image.json': buttons('image', 'jpeg'),
	'z-api/received-buttons-video.json': buttons('video', 'mp4'),
	'z-api/received-hydrated-template-text.json': template(() => ({})),
	'z-api/received-hydrated-template-image.json': template(mediumHeader('image', 'jpeg')),
	'z-api/received-hydrated-template-video.json': template(mediumHeader('video', 'mp4')),
	'z-api/received-hydrated-template-document.json': template(mediumHeader('document', 'pdf')),
	'z-api/received-hydrated-template-location.json': template(() => ({
		header: { kind: 'location', latitude: -23.5489, longitude: -46.6388, name: 'nome do lugar', address: 'nome do endereço' },
	})),
	'z-api/received-hydrated-template-otp-button.json': writes({
		template: { templateId: '', text: 'texto da mensagem', buttons: [{ action: 'copy', label: 'Copiar código', code: 'otp123' }] },
	}),
	'z-api/received-carousel.json': async (actor) => {
		await actor.listen({ ownToo: true });
		const card = { text: 'Mensagem do cartão do carrossel', buttons: ACTION_BUTTONS, ...mediumHeader('image', 'jpeg')(actor) };
		await actor.sends({ carousel: { text: 'Texto da mensagem', cards: [card, card] } });
	},
	'z-api/received-pix-key.json': writes({ pixKey: { key: 'pixkey', keyType: 'EVP', merchantName: 'Pix', referenceId: '4PXRAHSIRDA' } }),
};

const OTHERS: Acts = {
	'plugchat/received-text-legacy.json': writes(text),
	'z-api/received-gif.json': writes((actor) => ({ video: { url: actor.medium('mp4'), look: 'gif' } })),
	'z-api/received-ptv.json': writesOwn((actor) => ({ video: { url: actor.medium('mp4'), look: 'ptv' }, forwarded: true })),
	'z-api/received-image-download-error.json': writes((actor) => ({
		image: actor.medium('jpeg'),
		downloadError: 'error message',
	})),
	'z-api/received-poll.json': writes({ poll: { question: 'Qual a melhor API de WhatsApp?', options: ['Z-API', 'Outras'] } }),
	'z-api/received-order.json': writes({
		order: {
			orderId: '422508169684569',
			token: 'AR5d4yUr+DmSzeCR2kUtPEeMfS+eG0O+S/T/17B+oY1mfA==',
			title: 'name',
			text: '',
			sellerPhone: PEDRO,
			currency: 'BRL',
			total: 2000,
			subTotal: 2000,
			items: [{ name: 'nameProduct', productId: '5338924696127051', quantity: 1, value: 2000, retailerId: '1242' }],
		},
	}),
	'z-api/received-review-and-pay.json': writes({ checkout: { stage: 'pay', orderStatus: 'pending', ...CHECKOUT } }),
	'z-api/received-review-order.json': writes({ checkout: { stage: 'order', orderStatus: 'processing', ...CHECKOUT } }),
};

export const RECEIVED_ACTS: Acts = { ...SHARED, ...UPON, ...ELSEWHERE, ...OFFERS, ...OTHERS };
