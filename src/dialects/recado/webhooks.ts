/** Webhooks of every dialect: those made here, and those registered through a dialect. */
import { Type } from 'typebox';
import type { WebhookSecretShown } from '../../delivery/services.ts';
import { HISTORY_MAX } from '../../delivery/webhook-history.ts';
import { EVENT_TYPES } from '../../domain/event.ts';
import { DIALECT_NAMES, type Webhook } from '../../domain/webhook.ts';
import { createOnce, listOf, Nothing, ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { found, foundInstance } from './found.ts';
import { faulty, IdParams, only, strict, withAddressAt } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { deliveryView } from './views/delivery.ts';
import { oneOf } from './views/view.ts';
import { webhookPastView, webhookView, webhookWithSecretView } from './views/webhook.ts';
import { ENDINGS, refuseFragment, settingsOf, settingsProperties } from './webhook-input.ts';

const tags = ['Webhooks'];

const Events = Type.Array(oneOf(EVENT_TYPES, 'An event type'), { minItems: 1, uniqueItems: true });
const Url = Type.String({ minLength: 1, maxLength: 2048, description: 'https, without a fragment' });

export function webhookRoutes(scope: Scope, deps: RecadoDeps): void {
	const { webhooks } = deps;
	creatingRoute(scope, deps);
	changingRoute(scope, deps);
	deletingRoute(scope, deps);
	secretAndTestRoutes(scope, deps);
	scope.get(
		`${ROOT}/webhooks`,
		{
			schema: {
				tags,
				summary: 'List webhooks, whoever registered them',
				querystring: Type.Object(
					{
						accountId: Type.Optional(Type.String()),
						instanceId: Type.Optional(Type.String()),
						dialect: Type.Optional(oneOf(DIALECT_NAMES, 'Whose payloads they get')),
					},
					strict,
				),
				response: replies({ 200: listOf('Webhook') }),
			},
		},
		async (request) => ({ items: webhooks.list(request.query).map((webhook) => webhookView(webhook, webhooks)) }),
	);
	scope.get(
		`${ROOT}/webhooks/:id`,
		{ schema: { tags, summary: 'Show a webhook', params: IdParams, response: replies({ 200: ref('Webhook') }) } },
		async (request) => webhookView(found('webhook', webhooks.get(request.params.id)), webhooks),
	);
	scope.get(
		`${ROOT}/webhooks/:id/history`,
		{
			schema: {
				tags,
				summary: 'What became of a webhook, newest first',
				description: `Its circuit opened and closed; it was disabled, enabled, changed. The newest ${HISTORY_MAX} are kept.`,
				params: IdParams,
				response: replies({ 200: listOf('WebhookPast') }),
			},
		},
		async (request) => {
			const { id } = found('webhook', webhooks.get(request.params.id));
			return { items: (await webhooks.history(id)).map(webhookPastView) };
		},
	);
}

function creatingRoute(scope: Scope, deps: RecadoDeps): void {
	const { webhooks } = deps;
	scope.post(
		`${ROOT}/webhooks`,
		{
			schema: {
				tags,
				summary: 'Create a webhook',
				description: 'Answers its secret, which is not shown again.',
				body: Type.Object({
					accountId: Type.Optional(Type.String({ description: 'May be left out where the instance is given' })),
					instanceId: Type.Optional(Type.String({ description: 'All instances of the account if missing' })),
					dialect: Type.Optional(oneOf(DIALECT_NAMES, 'Whose payloads it gets; ours if missing')),
					events: Type.Optional(Events),
					form: Type.Optional(
						Type.String({
							description:
								'The generation of the payloads: Plugchat `app` (if missing), `flat`, `legacy`, `2022-04`, `app-page`; no other dialect has any',
						}),
					),
					url: Url,
					...settingsProperties,
				}),
				response: replies({ 201: ref('WebhookWithSecret') }),
			},
		},
		async (request, reply) => {
			const { accountId, dialect = 'recado', events = EVENT_TYPES, url } = request.body;
			refuseFragment(url);
			const wish = {
				...{ accountId: accountId ?? (await accountOf(deps, request.body.instanceId)), dialect, events, url },
				...only(request.body, ['instanceId', 'form']),
				...settingsOf(request.body),
			};
			const { status, body } = await createOnce(
				request,
				// Asked before the commit: the secret comes from the creation, the rest from the record.
				(shown: WebhookSecretShown) => {
					request.audited = { after: audited(shown.webhook) };
					return { status: 201, body: webhookWithSecretView(shown, webhooks) };
				},
				(idempotency) => withAddressAt('url', webhooks.create(wish, idempotency)),
			);
			return reply.code(status).send(body);
		},
	);
}

async function accountOf({ store }: RecadoDeps, instanceId: string | undefined): Promise<string> {
	if (instanceId !== undefined) return (await foundInstance(store, instanceId)).accountId;
	throw faulty({ path: 'accountId', en: 'is required', pt: 'é obrigatório' });
}

function changingRoute(scope: Scope, { webhooks }: RecadoDeps): void {
	scope.patch(
		`${ROOT}/webhooks/:id`,
		{
			schema: {
				tags,
				summary: 'Change a webhook',
				description:
					'Disabled, its deliveries wait; enabled again or with another URL, they flow at once, whatever is left of the pauses between attempts.',
				params: IdParams,
				body: Type.Object({ events: Type.Optional(Events), url: Type.Optional(Url), ...settingsProperties }),
				response: replies({ 200: ref('Webhook') }),
			},
		},
		async (request) => {
			refuseFragment(request.body.url);
			const change = { ...only(request.body, ['events', 'url']), ...settingsOf(request.body) };
			const before = webhooks.get(request.params.id);
			const after = await withAddressAt('url', webhooks.update(request.params.id, change));
			request.audited = { ...(before && { before: audited(before) }), after: audited(after) };
			return webhookView(after, webhooks);
		},
	);
}

/** Of its address what names the receiver: the rest may be a secret. */
function audited({ url, enabled, subscriptions, order }: Webhook): object {
	return { host: new URL(url).host, enabled, subscriptions: Object.keys(subscriptions), order };
}

function deletingRoute(scope: Scope, { webhooks }: RecadoDeps): void {
	scope.delete(
		`${ROOT}/webhooks/:id`,
		{
			schema: {
				tags,
				summary: 'Delete a webhook',
				description:
					'204 where it is gone; 202 where what it has left is cancelled or delivered first. It gets nothing new in either case. While it drains it is shown with `ending`; asked again with `cancel`, it stops.',
				params: IdParams,
				querystring: Type.Object(
					{ deliveries: Type.Optional(oneOf(ENDINGS, 'What becomes of what is not settled; has to be said where there is something')) },
					strict,
				),
				response: replies({ 202: Nothing, 204: Nothing }),
			},
		},
		async (request, reply) => {
			const before = webhooks.get(request.params.id);
			const { isGone } = await webhooks.delete(request.params.id, request.query.deliveries);
			if (before) request.audited = { before: audited(before) };
			return reply.code(isGone ? 204 : 202).send();
		},
	);
}

function secretAndTestRoutes(scope: Scope, deps: RecadoDeps): void {
	const { webhooks } = deps;
	scope.post(
		`${ROOT}/webhooks/:id/secret`,
		{
			schema: {
				tags,
				summary: 'Make a new secret; for a while both sign',
				description:
					'And a new key pair, where it signs with `v1a`. Four are valid at most: a further one is refused until the oldest has ended. The secret is not shown again; who registered through a dialect, which answers none, gets one so.',
				params: IdParams,
				response: replies({ 200: ref('WebhookWithSecret') }),
			},
		},
		async (request) => webhookWithSecretView(await webhooks.rotateSecret(request.params.id), webhooks),
	);
	scope.post(
		`${ROOT}/webhooks/:id/test`,
		{
			config: { isBodyOptional: true },
			schema: {
				tags,
				summary: 'Send an example',
				description: 'Answers the delivery; its attempts, under `/deliveries/{id}`, tell what the receiver answered, and how long it took.',
				params: IdParams,
				body: Type.Union([
					Type.Object({ event: Type.Optional(oneOf(EVENT_TYPES, 'Which event; the first that the webhook wants if missing')) }),
					Type.Null(),
				]),
				response: replies({ 202: ref('Delivery') }),
			},
		},
		async (request, reply) => {
			const webhook = found('webhook', webhooks.get(request.params.id));
			const wanted = webhooks.eventsOf(webhook);
			const type = request.body?.event ?? wanted[0] ?? 'message.received';
			if (wanted.length > 0 && !wanted.includes(type)) {
				const names = wanted.join(', ');
				throw faulty({
					path: 'event',
					en: `must be one that this webhook wants: ${names}`,
					pt: `deve ser um que este webhook recebe: ${names}`,
				});
			}
			return reply.code(202).send(deliveryView(await webhooks.test(webhook.id, type)));
		},
	);
}
