/** Z-API: what it has like Plugchat, and communities, privacy, calls, the instance's settings, webhooks and the partner's instances. */
import type { Scene } from '../scene.ts';
import { type Arrange, type Arranged, type Arrangements, holds, same } from './arrangement.ts';
import { ZAPI_CHATS } from './chats.ts';
import { COMMUNITIES } from './communities.ts';
import { ZAPI_GROUPS } from './groups.ts';
import { ZAPI_MESSAGES } from './messages.ts';
import { ZAPI_QUEUE } from './queue.ts';
import { disconnects, pairs } from './sessions.ts';
import { registers } from './webhooks.ts';

/** The example wants own messages echoed, too. */
const EVERY = [
	'message.sent',
	'message.failed',
	'message.received',
	'message.status',
	'instance.disconnected',
	'instance.connected',
	'chat.presence',
];

export const ZAPI: Arrangements = {
	...ZAPI_CHATS,
	...ZAPI_GROUPS,
	...ZAPI_MESSAGES,
	...ZAPI_QUEUE,
	...COMMUNITIES,
	'instance.disconnect': disconnects,
	'instance.qrcode': pairs,
	'instance.qrcode-image': pairs,
	'instance.phone-code': pairs,
	'instance.auto-read': settles('autoReadMessage', true),
	'instance.auto-read-status': (scene) => ({
		effect: async () => {
			const { body } = await scene.admin('GET', `/instances/${scene.account.instance.id}/settings`);
			return same('autoReadStatus', body.autoReadStatus, true);
		},
	}),
	'instance.call-reject': settles('callRejectAuto', true),
	'instance.call-reject-message': settles('callRejectMessage', 'Mensagem de resposta'),
	'instance.rename-instance': settles('name', 'novo nome'),
	'instance.profile-name': (scene) => ({ effect: async () => same('the name', (await scene.get('device')).name, 'Nome do perfil') }),
	'instance.profile-description': (scene) => ({
		effect: async () => same('the description', (await scene.get('device')).about, 'Descrição do perfil'),
	}),
	'instance.profile-picture': (scene) => ({
		body: { value: scene.places.mediumUrl('png') },
		effect: async () => holds('the picture has an address', String((await scene.get('device')).imgUrl).startsWith('http')),
	}),
	'calls.sip-token': (scene) => ({
		effect: async ({ body }) => same('the user', (await scene.get('sip-info')).user, body.user),
	}),
	'privacy.get-disallowed-contacts': async (scene) => {
		await scene.call('POST', 'privacy/last-seen', { visualizationType: 'CONTACT_BLACKLIST', contactsBlacklist: leavingOut(scene) });
		return { query: { type: 'lastSeen' }, effect: async ({ body }) => same('who is left out', body.disallowedContacts, [scene.phone]) };
	},
	'privacy.set-group-add': hides('groupAdd', 'type'),
	'privacy.set-last-seen': hides('lastSeen', 'visualizationType'),
	'privacy.set-photo-visualization': hides('photo', 'visualizationType'),
	'privacy.set-privacy-description': hides('description', 'visualizationType'),
	'partner.create-instance': (scene) => ({
		effect: async ({ body }) => {
			const { content } = await scene.get('/instances?page=1&pageSize=100');
			return holds(
				'the instance is listed',
				content.some((one: { id: string }) => one.id === body.id),
			);
		},
	}),
	'partner.list-instances': async (scene) => {
		await ofPartner(scene);
		return {};
	},
	'partner.sign-instance': async (scene) => pays(scene, await ofPartner(scene), 'PAID'),
	'partner.unsubscribe-instance': async (scene) => {
		const made = await ofPartner(scene);
		await scene.call('POST', `/instances/${made.instanceId}/token/${made.token}/integrator/on-demand/subscription`, {});
		return pays(scene, made, 'CANCELED');
	},
	'partner.update-instance': async (scene) => pays(scene, await ofPartner(scene), 'PAID'),
	'webhooks.update-webhook-delivery': registers('message.sent', 'message.failed'),
	'webhooks.update-webhook-received': registers('message.received'),
	'webhooks.update-webhook-received-delivery': registers('message.received', 'message.sent'),
	'webhooks.update-webhook-disconnected': registers('instance.disconnected'),
	'webhooks.update-webhook-message-status': registers('message.status'),
	'webhooks.update-webhook-chat-presence': registers('chat.presence'),
	'webhooks.update-webhook-connected': registers('instance.connected'),
	'webhooks.update-every-webhooks': registers(...EVERY),
	'webhooks.update-notify-sent-by-me': async (scene) => {
		await scene.call('PUT', 'update-webhook-received', { value: scene.places.webhookUrl });
		return { effect: async () => same('receiveCallbackSentByMe', (await scene.get('me')).receiveCallbackSentByMe, true) };
	},
};

/** What `me` says afterwards. */
function settles(key: string, value: boolean | string): Arrange {
	return (scene) => ({ effect: async () => same(key, (await scene.get('me'))[key], value) });
}

/** One contact is left out, and listed among those who are. */
function hides(list: string, member: string): Arrange {
	return (scene) => ({
		body: { [member]: 'CONTACT_BLACKLIST', contactsBlacklist: leavingOut(scene) },
		effect: async () =>
			same('who is left out', (await scene.get(`privacy/disallowed-contacts?type=${list}`)).disallowedContacts, [scene.phone]),
	});
}

function leavingOut({ phone }: Scene): readonly { readonly action: string; readonly phone: string }[] {
	return [{ action: 'add', phone }];
}

interface OfPartner {
	readonly instanceId: string;
	readonly token: string;
}

/** What the list says of the instance afterwards. */
function pays(scene: Scene, made: OfPartner, status: string): Arranged {
	return {
		path: { ...made },
		effect: async () => {
			const { content } = await scene.get('/instances?page=1&pageSize=100');
			return same('paymentStatus', content.find((one: { id: string }) => one.id === made.instanceId)?.paymentStatus, status);
		},
	};
}

async function ofPartner(scene: Scene): Promise<OfPartner> {
	const { body } = await scene.call('POST', '/instances/integrator/on-demand', { name: 'Filial' });
	return { instanceId: body.id, token: body.token };
}
