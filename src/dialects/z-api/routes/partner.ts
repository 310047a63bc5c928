/**
 * The partner API: instances made on demand, listed, signed and cancelled. Asked with a partner's token as bearer; what names an instance carries that
 * one's token in its path besides. Each instance has an account of its own, so that a partner's customers do not see each other.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import type { Subscription } from '../../../access/services.ts';
import type { SlotWish } from '../../../delivery/services.ts';
import type { Instance } from '../../../domain/account.ts';
import { RecadoError } from '../../../errors.ts';
import { given } from '../../callbacks/given.ts';
import { inventedPhone } from '../../callbacks/invented-phone.ts';
import { WebhookUrl } from '../../callbacks/webhook-body.ts';
import { INSTANCE_PATH, instanceOf, OF_PARTNER, partnerOf } from '../authentication.ts';
import type { ZApiDeps } from '../deps.ts';
import type { ZApiSlot } from '../slots.ts';
import { webhookUrls } from '../views/webhook-urls.ts';

const PAGE_SIZE_MAX = 1_000;

const CALLBACKS: Readonly<Record<string, ZApiSlot>> = {
	deliveryCallbackUrl: 'delivery',
	receivedCallbackUrl: 'received',
	receivedAndDeliveryCallbackUrl: 'received',
	presenceChatCallbackUrl: 'chatPresence',
	disconnectedCallbackUrl: 'disconnected',
	connectedCallbackUrl: 'connected',
	messageStatusCallbackUrl: 'messageStatus',
};

const url = Type.Optional(WebhookUrl);
const flag = Type.Optional(Type.Boolean());
const CreateBody = Type.Object({
	name: Type.String({ minLength: 1 }),
	sessionName: Type.Optional(Type.String()),
	deliveryCallbackUrl: url,
	receivedCallbackUrl: url,
	receivedAndDeliveryCallbackUrl: url,
	presenceChatCallbackUrl: url,
	disconnectedCallbackUrl: url,
	connectedCallbackUrl: url,
	messageStatusCallbackUrl: url,
	callRejectAuto: flag,
	callRejectMessage: Type.Optional(Type.String()),
	autoReadMessage: flag,
	autoReadStatus: flag,
	isDevice: flag,
	// Which of WhatsApp's two apps the device of `isDevice` runs.
	businessDevice: flag,
	disableEnqueueWhenDisconnected: flag,
});
const ListQuery = Type.Object({
	page: Type.Integer({ minimum: 1 }),
	pageSize: Type.Integer({ minimum: 1, maximum: PAGE_SIZE_MAX }),
	query: Type.Optional(Type.String({ description: 'Part of a name or id' })),
	middleware: Type.Optional(Type.Union([Type.Literal('web'), Type.Literal('mobile')])),
});
const SignBody = Type.Union([Type.Object({ withCalls: flag }), Type.Null()]);
const UpdateBody = Type.Object({ withCalls: Type.Literal(true, { description: 'Calls are added and not taken away' }) });

type CreateBody = Static<typeof CreateBody>;

export function partnerRoutes(scope: FastifyInstance, deps: ZApiDeps): void {
	makingRoute(scope, deps);
	listRoute(scope, deps);
	subscriptionRoutes(scope, deps);
}

function makingRoute(scope: FastifyInstance, deps: ZApiDeps): void {
	const { access, directory, webhooks, instanceSettings, random } = deps;
	scope.post<{ Body: CreateBody }>(
		'/instances/integrator/on-demand',
		{ config: OF_PARTNER, schema: { body: CreateBody } },
		async (request) => {
			const { id: partnerId } = partnerOf(request);
			const { name, sessionName, isDevice } = request.body;
			if (isDevice) throw new RecadoError('not_implemented', { details: { operation: 'isDevice' } });
			const slots = slotsOf(request.body);
			// Before anything is made.
			for (const { url: wished } of Object.values(slots)) webhooks.assertUrl(wished);
			const { account } = await access.partners.createAccount(partnerId, { name, ...given({ sessionName }) });
			const wish = { name, channel: 'simulator', phone: inventedPhone(random) } as const;
			const { instance, token } = await directory.createInstance(account.id, wish);
			await webhooks.assignSlots({ accountId: account.id, instanceId: instance.id, dialect: 'z-api' }, slots);
			await instanceSettings.set(instance, settingsOf(request.body));
			return { id: instance.id, token, due: String(await dueOf(deps, instance)) };
		},
	);
}

function slotsOf(body: CreateBody): Readonly<Record<string, SlotWish & { readonly url: string }>> {
	const slots: Record<string, SlotWish & { readonly url: string }> = {};
	for (const [member, slot] of Object.entries(CALLBACKS)) {
		const wished = body[member as keyof CreateBody];
		if (typeof wished !== 'string' || wished === '') continue;
		slots[slot] = { url: wished, ...(member === 'receivedAndDeliveryCallbackUrl' ? { sentByMe: true } : {}) };
	}
	return slots;
}

function settingsOf({ callRejectAuto, callRejectMessage, autoReadMessage, autoReadStatus, disableEnqueueWhenDisconnected }: CreateBody) {
	return given({
		callRejectAuto,
		callRejectMessage,
		autoReadMessage,
		autoReadStatus,
		refusesWhileDisconnected: disableEnqueueWhenDisconnected,
	});
}

/** Answers 201, as documented. */
function listRoute(scope: FastifyInstance, deps: ZApiDeps): void {
	scope.get<{ Querystring: Static<typeof ListQuery> }>(
		'/instances',
		{ config: OF_PARTNER, schema: { querystring: ListQuery } },
		async (request, reply) => {
			const { id: partnerId } = partnerOf(request);
			const { page, pageSize, query = '', middleware = 'web' } = request.query;
			const all = middleware === 'web' ? await deps.access.partners.instances(partnerId) : [];
			const wanted = all.filter(({ id, name }) => id.includes(query) || name.toLowerCase().includes(query.toLowerCase()));
			const shown = wanted.slice((page - 1) * pageSize, page * pageSize);
			const content = await Promise.all(shown.map((instance) => row(deps, instance)));
			return reply.code(201).send({ total: wanted.length, totalPage: Math.ceil(wanted.length / pageSize), pageSize, page, content });
		},
	);
}

async function row(deps: ZApiDeps, instance: Instance): Promise<object> {
	const subscription = await deps.access.subscriptions.subscription(instance.id);
	const { sentByMe: _echo, ...urls } = webhookUrls(deps.webhooks, instance);
	const isConnected = instance.state === 'connected';
	return {
		// It is shown once, when the instance is made; we keep its hash alone.
		token: '',
		tenant: instance.accountId,
		created: new Date(instance.createdAt).toISOString(),
		due: subscription?.due ?? 0,
		paymentStatus: paymentStatus(subscription),
		...Object.fromEntries(Object.entries(urls).map(([name, value]) => [name, value ?? ''])),
		// Z-API documents the member and no call that sets it.
		receivedStatusCallbackUrl: '',
		phoneConnected: isConnected,
		whatsappConnected: isConnected,
		middleware: 'web',
		name: instance.name,
		id: instance.id,
	};
}

/** Z-API's words: `TRIAL` before anybody signed. */
export function paymentStatus(subscription: Subscription | undefined): string {
	if (subscription === undefined) return 'TRIAL';
	return subscription.state === 'cancelled' ? 'CANCELED' : 'PAID';
}

function subscriptionRoutes(scope: FastifyInstance, deps: ZApiDeps): void {
	const { subscriptions } = deps.access;
	scope.post<{ Body: Static<typeof SignBody> }>(
		`${INSTANCE_PATH}/integrator/on-demand/subscription`,
		{ config: { ...OF_PARTNER, isBodyOptional: true }, schema: { body: SignBody } },
		async (request, reply) => {
			const instance = await ownedInstance(deps, request);
			await subscriptions.subscribe(instance, given({ withCalls: request.body?.withCalls }));
			return reply.code(201).send();
		},
	);

	scope.put<{ Body: Static<typeof UpdateBody> }>(
		`${INSTANCE_PATH}/integrator/on-demand/subscription/update`,
		{ config: OF_PARTNER, schema: { body: UpdateBody } },
		async (request, reply) => {
			const instance = await ownedInstance(deps, request);
			await subscriptions.subscribe(instance, { withCalls: request.body.withCalls });
			return reply.code(201).send();
		},
	);

	scope.post(
		`${INSTANCE_PATH}/integrator/on-demand/cancel`,
		{ config: { ...OF_PARTNER, isBodyOptional: true } },
		async (request, reply) => {
			const instance = await ownedInstance(deps, request);
			await subscriptions.cancel(instance.id);
			return reply.code(201).send();
		},
	);
}

/** The instance of the path, which has to be the partner's. Throws not_there. */
async function ownedInstance(deps: ZApiDeps, request: FastifyRequest): Promise<Instance> {
	const { id } = partnerOf(request);
	const instance = instanceOf(request);
	if (!(await deps.access.partners.instance(id, instance.id))) throw new RecadoError('not_there', { details: { what: 'instance' } });
	return instance;
}

async function dueOf({ access }: ZApiDeps, { id }: Instance): Promise<number> {
	return (await access.subscriptions.subscription(id))?.due ?? 0;
}
