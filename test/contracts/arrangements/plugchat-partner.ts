/** The partner's API of Plugchat: accounts that an integrator makes, their staff, menu and satisfaction. */
import type { Json } from '../../support/contract.ts';
import { becomes } from '../../support/waiting.ts';
import type { Scene } from '../scene.ts';
import { type Arrange, type Arrangements, holds, same } from './arrangement.ts';

const HOUR_MS = 3_600_000;
const RATED_WITHIN_MS = 30_000;

export const PLUGCHAT_PARTNER: Arrangements = {
	'account.create-account': (scene) => ({
		body: { externalId: 'c-2' },
		effect: async ({ body }) => same('the externalId', (await scene.get(`/integrator/account/${body.accountId}`)).externalId, 'c-2'),
	}),
	'account.cancel-subscription': async (scene) => {
		await scene.call('POST', await under(scene, 'subscription'), { operators: 3 });
		return {};
	},
	'account.extension-token': async (scene) => {
		await instance(scene);
		return {
			refusals: [
				{
					what: 'of an account of nobody',
					change: (plan) => ({ ...plan, path: { accountId: 'acc_nobody' } }),
					status: 404,
					body: { reason: 'entity not found' },
				},
			],
		};
	},
	'departments.create-department': (scene) => ({
		effect: async ({ body }) =>
			holds('the department is listed', ids(await scene.get(await under(scene, 'departments'))).includes(body.id)),
	}),
	'departments.list-department': async (scene) => {
		const id = await department(scene);
		return { effect: async ({ body }) => holds('the department is listed', ids(body).includes(id)) };
	},
	'departments.update-department': async (scene) => {
		const id = await department(scene);
		return {
			body: { id, name: 'Comercial' },
			effect: async () => {
				const listed = await scene.get(await under(scene, 'departments'));
				return same('the name', listed.find((one: { id: string }) => one.id === id)?.name, 'Comercial');
			},
		};
	},
	'departments.delete-department': async (scene) => {
		const departmentId = await department(scene);
		return {
			path: { departmentId },
			effect: async () =>
				holds('the department is not listed', !ids(await scene.get(await under(scene, 'departments'))).includes(departmentId)),
		};
	},
	'operators.create-operator': async (scene) => ({
		body: { departments: [await department(scene)] },
		effect: async ({ body }) => same('the operators', ids(await scene.get(await under(scene, 'operators'))), [body.id]),
	}),
	'operators.list-operator': async (scene) => {
		const id = await operator(scene, [await department(scene)]);
		return { effect: async ({ body }) => same('the operators', ids(body), [id]) };
	},
	'operators.update-operator': async (scene) => {
		const departmentId = await department(scene);
		const id = await operator(scene, [departmentId]);
		return {
			body: { id, departments: [departmentId], active: false },
			effect: async () => same('active', (await scene.get(await under(scene, 'operators')))[0]?.active, false),
		};
	},
	'satisfaction.by-ticket': rated(({ number }) => ({ ticket: number })),
	'satisfaction.by-date': rated(() => lately()),
	'satisfaction.by-operator': rated(({ operatorId }) => ({ ...lately(), operatorId })),
	'ura.config-ura': async (scene) => {
		await department(scene);
		const instanceId = await instance(scene);
		return {
			effect: async () => {
				await scene.admin('POST', `/simulator/${instanceId}/messages`, { from: scene.phone, name: 'Maria', text: 'Bom dia' });
				return scene.eventually('the menu greets', async () => {
					const { body } = await scene.admin('GET', `/messages?instanceId=${instanceId}`);
					return body.items.some(({ content }: { content: { text?: string } }) => content.text?.startsWith('Olá Maria, bem-vindo'));
				});
			},
		};
	},
};

interface Rated {
	readonly number: number;
	readonly operatorId: string;
}

/** A customer was attended and gave five. */
function rated(body: (rated: Rated) => { readonly [key: string]: Json }): Arrange {
	return async (scene) => {
		const accountId = await scene.partnerAccountId();
		const instanceId = await instance(scene);
		const operatorId = await operator(scene, [await department(scene)]);
		const { phone } = scene;
		await scene.admin('PUT', `/accounts/${accountId}/survey`, { active: true, question: 'De 1 a 5?', ratingMax: 5, windowMs: HOUR_MS });
		await scene.admin('POST', `/simulator/${instanceId}/messages`, { from: phone, name: 'Maria', text: 'Bom dia' });
		const { body: attendance } = await scene.admin('POST', `/accounts/${accountId}/attendances`, {
			instanceId,
			phone,
			operatorIds: [operatorId],
		});
		await scene.admin('POST', `/accounts/${accountId}/attendances/finish`, { instanceId, phone, operatorId });
		await scene.admin('POST', `/simulator/${instanceId}/messages`, { from: phone, text: '5' });
		const ticket = attendance.attendance?.number ?? attendance.number;
		await becomes(async () => (await satisfactionOf(scene, ticket))?.ratingValue === 5, RATED_WITHIN_MS);
		return {
			body: body({ number: ticket, operatorId }),
			effect: async (answer) => same('the rating', [answer.body.data].flat()[0]?.ratingValue, 5),
		};
	};
}

async function satisfactionOf(scene: Scene, ticket: number): Promise<{ readonly ratingValue?: number } | undefined> {
	return (await scene.call('POST', await under(scene, 'satisfaction/by-ticket'), { ticket })).body.data;
}

function lately(): { readonly start: number; readonly end: number } {
	return { start: Date.now() - HOUR_MS, end: Date.now() + HOUR_MS };
}

async function under(scene: Scene, path: string): Promise<string> {
	return `/integrator/account/${await scene.partnerAccountId()}/${path}`;
}

async function instance(scene: Scene): Promise<string> {
	const accountId = await scene.partnerAccountId();
	const wish = { name: 'Vendas', channel: 'simulator', phone: '5544933334444' };
	const { id } = (await scene.admin('POST', `/accounts/${accountId}/instances`, wish)).body;
	await scene.world.quieten(id);
	return id;
}

async function department(scene: Scene): Promise<string> {
	return (await scene.call('POST', await under(scene, 'departments'), { name: 'Suporte', active: true })).body.id;
}

async function operator(scene: Scene, departments: readonly string[]): Promise<string> {
	return (await scene.call('POST', await under(scene, 'operators'), { name: 'Ana', active: true, departments })).body.id;
}

function ids(list: readonly { readonly id: string }[]): readonly string[] {
	return list.map(({ id }) => id);
}
