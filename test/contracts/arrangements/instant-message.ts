/** Instant Message: the window is open because the customer wrote; templates and media are there. */
import { MEDIA_FILES } from '../../support/media-files.ts';
import type { Scene } from '../scene.ts';
import { type Arrange, type Arrangements, holds, same } from './arrangement.ts';

const PNG_BYTES = MEDIA_FILES.png.bytes;
const PNG = { 'content-type': 'image/png' };

export const INSTANT_MESSAGE: Arrangements = {
	'messages.interaction.text': interacts({}),
	// The example gives a link and an id; one says where the medium is.
	'messages.interaction.media': interacts(({ places }) => ({ mediaData: { link: places.mediumUrl('mp3'), id: null } })),
	'messages.interaction.location': interacts({}),
	'messages.template': async (scene) => {
		const name = 'nome_template';
		await template(scene, name);
		return {
			body: { contacts: [{ phone: `+${scene.phone}`, '1': 'Maria' }] },
			effect: async ({ body }) =>
				same(
					'who gets it',
					body.messages.map((one: { to: string }) => one.to),
					[`+${scene.phone}`],
				),
		};
	},
	'messages.interactions': async (scene) => {
		await interaction(scene);
		return { effect: async ({ body }) => same('how many', body.interactionList.length, 1) };
	},
	'messages.list': async (scene) => {
		const messageId = await interaction(scene);
		return {
			query: { phone: scene.phone },
			effect: async ({ body }) =>
				holds(
					'the message is listed',
					body.messagesList.some((one: { messageId: string }) => one.messageId === messageId),
				),
		};
	},
	'messages.delete': async (scene) => {
		const messageId = await interaction(scene);
		// What is on its way to the phone at that moment stays, and is answered 409.
		const hasLeft = async (): Promise<boolean> => (await scene.admin('GET', `/messages/msg_${messageId}`)).body.status !== 'queued';
		const [late] = await scene.eventually('that the message leaves the queue', hasLeft);
		if (late !== undefined) throw new Error(late);
		return {
			path: { phone: scene.phone },
			effect: async () => same('the messages', (await scene.get(`/v1/messages?phone=${scene.phone}`)).messagesList, []),
		};
	},
	'medias.upload': (scene) => ({
		headers: PNG,
		raw: PNG_BYTES,
		refusals: [
			{
				what: 'without a body',
				change: (plan) => ({ ...plan, raw: Buffer.alloc(0) }),
				status: 400,
				body: { error: 'É necessário enviar a mídia no corpo da requisição' },
			},
		],
		effect: async ({ body }) => leadsToMedium(scene, body.id),
	}),
	'medias.async': (scene) => ({
		headers: PNG,
		refusals: [
			{
				what: 'without its type',
				change: (plan) => ({ ...plan, headers: {} }),
				status: 400,
				body: { error: 'É necessário informar o header Content-Type' },
			},
		],
		effect: async ({ body }) => {
			const { pathname, search } = new URL(body.url);
			const put = await scene.world.send({ method: 'PUT', path: `${pathname}${search}`, headers: PNG, raw: PNG_BYTES });
			return put.status < 300 ? leadsToMedium(scene, body.id) : [`effect: PUT to its url answers ${put.status}`];
		},
	}),
	'medias.get': async (scene) => {
		const { body } = await scene.world.send({
			method: 'POST',
			path: '/v1/medias',
			headers: { ...PNG, ...(await scene.credentials()) },
			raw: PNG_BYTES,
		});
		return {
			path: { id: body.id },
			refusals: [
				{
					what: 'of an id that is none',
					change: (plan) => ({ ...plan, path: { id: 'd9a63dffc1e0fd7e4e507de78bb0db5c' } }),
					status: 400,
					body: { error: 'Arquivo não encontrado!' },
				},
			],
			effect: async ({ headers }) => holds('Location is an address', String(headers['location']).startsWith('http')),
		};
	},
	'whatsapp.contacts': async (scene) => {
		await scene.simulator('PUT', `/contacts/${scene.otherPhone}`, { onWhatsApp: false });
		return {
			effect: async ({ body }) => [
				...same('valid', body.valid, true),
				...same('valid of another', (await scene.get(`/v1/whatsapp/contacts/${scene.otherPhone}`)).valid, false),
			],
		};
	},
	'whatsapp.chatwindow.list': async (scene) => {
		await scene.written();
		return {
			effect: async ({ body }) =>
				same(
					'whose window is open',
					body.contacts.map((one: { phone: string }) => one.phone),
					[`+${scene.phone}`],
				),
		};
	},
	'whatsapp.chatwindow.get': async (scene) => {
		await scene.written();
		return { effect: async ({ body }) => same('open', body.open, true) };
	},
	'whatsapp.templates': async (scene) => {
		await template(scene, 'boas_vindas');
		return {
			effect: async ({ body }) =>
				same(
					'the templates',
					body.data.map((one: { name: string }) => one.name),
					['boas_vindas'],
				),
		};
	},
};

type BodyWish = { readonly [key: string]: { readonly [key: string]: string | null } };

function interacts(wish: BodyWish | ((scene: Scene) => BodyWish)): Arrange {
	return async (scene) => {
		await scene.written();
		return {
			body: typeof wish === 'function' ? wish(scene) : wish,
			effect: async ({ body }) => {
				const { messagesList } = await scene.get(`/v1/messages?phone=${scene.phone}`);
				const id = body.messages[0]?.messageId;
				return holds(
					'the message is listed',
					messagesList.some((one: { messageId: string }) => one.messageId === id),
				);
			},
		};
	};
}

/** Of the customer and of us; resolves to the id of ours. */
async function interaction(scene: Scene): Promise<string> {
	await scene.written();
	const { body } = await scene.call('POST', '/v1/messages', {
		provider: 'whatsapp',
		type: 'interaction',
		contact: { phone: `+${scene.phone}` },
		message: 'Olá',
	});
	return body.messages[0].messageId;
}

/** With one variable in its body. */
async function template(scene: Scene, name: string): Promise<void> {
	const applicationId = await scene.applicationId();
	await scene.admin('POST', `/applications/${applicationId}/templates`, {
		name,
		language: 'pt_BR',
		category: 'MARKETING',
		components: [{ type: 'BODY', text: 'Olá {{1}}' }],
	});
}

async function leadsToMedium(scene: Scene, id: string): Promise<readonly string[]> {
	const { status } = await scene.world.send({ method: 'GET', path: `/v1/medias/${id}`, headers: await scene.credentials() });
	return same('the status of the medium', status, 302);
}
