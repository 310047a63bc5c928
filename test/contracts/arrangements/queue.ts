/** The queue: messages that wait because the instance is not connected. */
import type { Scene, SentMessage } from '../scene.ts';
import { type Arrangements, holds, same } from './arrangement.ts';

interface QueuePage {
	readonly messages: readonly { readonly ZaapId: string }[];
}

export const QUEUE: Arrangements = {
	'queue.get-queue': async (scene) => {
		const [first, second] = [await queued(scene), await queued(scene)];
		return { effect: async ({ body }) => same('who waits, in order', idsOf(body), [first.zaapId, second.zaapId]) };
	},
	'queue.delete-queue': async (scene) => {
		await queued(scene);
		return { effect: async () => same('who waits', idsOf(await listed(scene)), []) };
	},
	'queue.delete-queue-id': async (scene) => {
		const [first, second] = [await queued(scene), await queued(scene)];
		return { path: { zaapId: first.zaapId }, effect: async () => same('who waits', idsOf(await listed(scene)), [second.zaapId]) };
	},
};

export const ZAPI_QUEUE: Arrangements = {
	...QUEUE,
	'queue.post-queue': async (scene) => {
		const { zaapId } = await queued(scene);
		// The paging state of the example belongs to another queue.
		return { body: { pageSize: 20, pagingState: '' }, effect: async ({ body }) => same('who waits', idsOf(body), [zaapId]) };
	},
	'queue.count': async (scene) => {
		await queued(scene);
		return { effect: async ({ body }) => holds('the count says one', Object.values(body).includes(1)) };
	},
};

async function queued(scene: Scene): Promise<SentMessage> {
	await scene.admin('POST', `/instances/${scene.account.instance.id}/disconnect`);
	return (await scene.call('POST', 'send-text', { phone: scene.phone, message: 'Espera' })).body;
}

function listed(scene: Scene): Promise<QueuePage> {
	return scene.get('queue?page=1&pageSize=10');
}

function idsOf({ messages }: QueuePage): readonly string[] {
	return messages.map(({ ZaapId }) => ZaapId);
}
