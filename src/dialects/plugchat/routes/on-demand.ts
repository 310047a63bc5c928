/** Instances made on demand: another one of the account, with a token of its own; signed for and cancelled. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import type { SlotWish, Webhooks } from '../../../delivery/services.ts';
import type { InstanceCreated } from '../../../messaging/directory-services.ts';
import { inventedPhone } from '../../callbacks/invented-phone.ts';
import { WebhookUrl } from '../../callbacks/webhook-body.ts';
import { subjectOf, tokenOfInstance, wholeAccountOf } from '../authentication.ts';
import type { PlugchatDeps } from '../deps.ts';
import type { PlugchatForm } from '../forms.ts';
import type { PlugchatSlot } from '../slots.ts';

const url = Type.Optional(WebhookUrl);
const callbacks = {
	deliveryCallbackUrl: url,
	receivedCallbackUrl: url,
	disconnectedCallbackUrl: url,
	messageStatusCallbackUrl: url,
};
const SLOTS: Readonly<Record<keyof typeof callbacks, PlugchatSlot>> = {
	deliveryCallbackUrl: 'sendingMessage',
	receivedCallbackUrl: 'receiveMessage',
	disconnectedCallbackUrl: 'whenDisconnecting',
	messageStatusCallbackUrl: 'messageStatus',
};
const CreateBody = Type.Object({ name: Type.String({ minLength: 1 }), ...callbacks });
type CreateBody = Static<typeof CreateBody>;

/** The page is of the generation of the legacy calls, and names the callbacks as they do. */
const FORM: PlugchatForm = 'legacy';

export function onDemandRoutes(scope: FastifyInstance, deps: PlugchatDeps): void {
	// The second spelling is printed in the same documents (contracts, pathVariants).
	for (const path of ['/api/whatsapp/on-demand', '/api/whatsapp/instances/integrator/on-demand']) {
		scope.post<{ Body: CreateBody }>(path, { schema: { body: CreateBody } }, async (request, reply) => {
			const { id: accountId } = wholeAccountOf(request);
			// Before anything is made.
			const slots = slotsOf(deps.webhooks, request.body);
			const wish = { name: request.body.name, channel: 'simulator', phone: inventedPhone(deps.random) } as const;
			const created = await deps.directory.createInstance(
				accountId,
				wish,
				request.idempotent && { request: request.idempotent, answer: (made) => ({ status: 201, body: answer(made) }) },
			);
			await deps.webhooks.assignSlots({ accountId, instanceId: created.instance.id, dialect: 'plugchat' }, slots);
			return reply.code(201).send(answer(created));
		});
	}

	// They name nothing: what is signed for is the instance whose own token it is, and the account otherwise.
	scope.post('/api/whatsapp/integrator/on-demand/subscription', { config: { isOpenWhenOver: true } }, async (request, reply) => {
		await deps.access.subscriptions.subscribe(subjectOf(request), {});
		return reply.code(201).type('text/plain; charset=utf-8').send('OK');
	});

	scope.post('/api/whatsapp/integrator/on-demand/cancel', async (request, reply) => {
		await deps.access.subscriptions.cancel(subjectOf(request).id);
		return reply.code(201).type('text/plain; charset=utf-8').send('OK');
	});
}

/** `due`: nobody signed for it yet, so nothing ends. */
function answer(created: InstanceCreated): object {
	return { id: created.instance.id, token: tokenOfInstance(created), due: '0' };
}

/** Throws what `Webhooks.assertUrl` throws. */
function slotsOf(webhooks: Pick<Webhooks, 'assertUrl'>, body: CreateBody): Readonly<Record<string, SlotWish>> {
	const slots: Record<string, SlotWish> = {};
	for (const [member, slot] of Object.entries(SLOTS)) {
		const wished = body[member as keyof typeof SLOTS];
		if (!wished) continue;
		webhooks.assertUrl(wished);
		slots[slot] = { url: wished, form: FORM };
	}
	return slots;
}
