/** Plugchat: what it has like Z-API, and the desk, products, sessions and webhooks that it has in its own way. */
import type { Json } from '../../support/contract.ts';
import type { Plan } from '../plan.ts';
import type { Scene } from '../scene.ts';
import { type Arrangements, holds, same, sends } from './arrangement.ts';
import { CHATS } from './chats.ts';
import { GROUPS } from './groups.ts';
import { MESSAGES, product } from './messages.ts';
import { QUEUE } from './queue.ts';
import { disconnects, pairs } from './sessions.ts';
import { registers } from './webhooks.ts';

const SEVEN = [
	'attendance.started',
	'attendance.finished',
	'message.received',
	'message.sent',
	'message.failed',
	'message.status',
	'instance.disconnected',
];

export const PLUGCHAT: Arrangements = {
	...CHATS,
	...GROUPS,
	...MESSAGES,
	...QUEUE,
	// The pages print nothing, so what is asked is the documented call at the same address (contracts, quirk 15).
	'message.send-message-catalog': (scene) => ({ body: { phone: scene.phone, message: 'Catálogo' } }),
	'message.send-message-product': sends('text', (scene) => ({ query: { phone: scene.phone, message: 'Produto' } })),
	'instance.disconnect': disconnects,
	'instance.qrcode': pairs,
	'instance.qrcode-image': pairs,
	'business.edit-product': (scene) => ({
		effect: async ({ body }) =>
			same('the name of the product', (await scene.get(`products/${body.id}`)).product?.name, 'Meu primeiro produto'),
	}),
	'business.get-product-id': async (scene) => ({ path: { productId: await product(scene) } }),
	'business.delete-product': async (scene) => {
		const productId = await product(scene);
		return {
			path: { productId },
			effect: async () => same('the products', (await scene.get('catalogs')).products, []),
		};
	},
	'business.get-products': async (scene) => {
		const id = await product(scene);
		return {
			effect: async ({ body }) =>
				same(
					'the products',
					body.products.map((one: { id: string }) => one.id),
					[id],
				),
		};
	},
	'business.get-products-phone': async (scene) => {
		await product(scene);
		return { path: { phone: scene.account.instance.phone } };
	},
	'chats.start-attendance': async (scene) => {
		const { operatorId, departmentId } = await staff(scene);
		await scene.written();
		return {
			body: { phone: scene.phone, operators: [operatorId], departmentId },
			effect: async () =>
				same(
					'the attendances',
					(await attendances(scene)).map(({ status }) => status),
					['progress'],
				),
		};
	},
	'chats.finish-attendance': async (scene) => {
		const { operatorId } = await started(scene);
		return {
			body: { phone: scene.phone, operatorId },
			effect: async () =>
				same(
					'the attendances',
					(await attendances(scene)).map(({ status }) => status),
					['finished'],
				),
		};
	},
	'chats.change-departament': async (scene) => {
		const { departmentId } = await staff(scene);
		await scene.written();
		return {
			body: { phone: scene.phone, departmentId },
			effect: async () => {
				const { body } = await scene.admin('GET', `/chats?instanceId=${scene.account.instance.id}`);
				return same('the department of the chat', body.items[0]?.departmentId, departmentId);
			},
		};
	},
	'chats.create-generic-fields': async (scene) => {
		await scene.written();
		return {
			effect: async () => {
				const { body } = await scene.admin('GET', `/chats?instanceId=${scene.account.instance.id}`);
				const card = await scene.admin('GET', `/accounts/${scene.account.id}/chats/${body.items[0]?.id}/card`);
				return same('the fields', card.body.genericFields, [{ name: 'Nome', value: 'Valor' }]);
			},
		};
	},
	'chats.get-pending-chats': async (scene) => {
		await scene.written();
		return {
			effect: async ({ body }) =>
				same(
					'who waits',
					body.map((one: { phone: string }) => one.phone),
					[scene.phone],
				),
		};
	},
	'chats.get-attendance-by-task': async (scene) => {
		const { operatorId } = await started(scene);
		await scene.call('POST', '/api/integrations/finish-attendance', { phone: scene.phone, operatorId, autoTransfer: false });
		const [attendance] = await attendances(scene);
		return { headers: { ticket: String(attendance?.number) }, refusals: [{ what: 'of a ticket that is none', ...wrongTicket }] };
	},
	'operators.get-all': async (scene) => {
		const { operatorId } = await started(scene);
		const [attendance] = await attendances(scene);
		return {
			headers: { ticket: String(attendance?.number) },
			refusals: [{ what: 'of a ticket that is none', ...wrongTicket }],
			effect: async ({ body }) =>
				same(
					'the operators',
					body.map((one: { id: string }) => one.id),
					[operatorId],
				),
		};
	},
	'operators.get-operators-online': async (scene) => {
		const { operatorId } = await staff(scene);
		return {
			query: { id: scene.account.id },
			headers: { authorization: `Bearer ${scene.account.token}` },
			effect: async ({ body }) =>
				same(
					'the operators',
					body.data.map((one: { id: string }) => one.id),
					[operatorId],
				),
		};
	},
	'departament.get-all-departaments': async (scene) => {
		const { departmentId } = await staff(scene);
		return {
			effect: async ({ body }) =>
				holds(
					'the department is listed',
					body.some((one: { id: string }) => one.id === departmentId),
				),
		};
	},
	'partner.create-instance': (scene) => ({
		body: { name: 'Filial' },
		effect: async ({ body }) => same('the name', (await scene.admin('GET', `/instances/${body.id}`)).body.name, 'Filial'),
	}),
	'partner.unsubscribe-instance': async (scene) => {
		await scene.call('POST', 'integrator/on-demand/subscription');
		return {};
	},
	'webhooks.update-webhooks.flat': registers(...SEVEN),
	'webhooks.update-webhooks.value-object.startAttendance': registers('attendance.started'),
	'webhooks.update-webhooks.value-object.receiveMessage': registers('message.received'),
	'webhooks.update-webhooks.value-object.sendingMessage': registers('message.sent'),
	'webhooks.update-webhooks.value-object.messageDeliveryError': registers('message.failed'),
	'webhooks.update-webhooks.value-object.messageStatus': registers('message.status'),
	'webhooks.update-webhooks.value-object.whenDisconnecting': registers('instance.disconnected'),
	'webhooks.update-every-webhooks': registers(...SEVEN),
	'webhooks.legacy.update-webhook-delivery': registers('message.sent'),
	'webhooks.legacy.update-webhook-received': registers('message.received'),
	'webhooks.legacy.update-webhook-disconnected': registers('instance.disconnected'),
	'webhooks.legacy.update-webhook-message-status': registers('message.status'),
	'webhooks.legacy.update-webhook-chat-presence': registers('chat.presence'),
};

const wrongTicket = { change: (plan: Plan): Plan => ({ ...plan, headers: { ...plan.headers, ticket: 'nenhum' } }), status: 500 };

interface Staff {
	readonly operatorId: string;
	readonly departmentId: string;
}

async function staff(scene: Scene): Promise<Staff> {
	const make = async (what: string, body: Json): Promise<string> =>
		(await scene.admin('POST', `/accounts/${scene.account.id}/${what}`, body)).body.id;
	return { operatorId: await make('operators', { name: 'Ana' }), departmentId: await make('departments', { name: 'Vendas' }) };
}

async function started(scene: Scene): Promise<Staff> {
	const made = await staff(scene);
	await scene.written();
	const body = { phone: scene.phone, operators: [made.operatorId], departmentId: made.departmentId };
	await scene.call('POST', '/api/integrations/start-attendance', body);
	return made;
}

async function attendances(scene: Scene): Promise<readonly { readonly status: string; readonly number: number }[]> {
	return (await scene.admin('GET', `/accounts/${scene.account.id}/attendances`)).body.items;
}
