/** Webhooks of every dialect: those made here, and those registered through a dialect. */
import { Type } from 'typebox';
import type { WebhookSecretShown, WebhookWish } from '../../delivery/services.ts';
import { EVENT_TYPES } from '../../domain/event.ts';
import { DIALECT_NAMES } from '../../domain/webhook.ts';
import type { Fault } from '../../errors.ts';
import { createOnce, listOf, Nothing, ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { found, foundInstance } from './found.ts';
import { faulty, IdParams, only, strict } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { deliveryView } from './views/delivery.ts';
import { oneOf } from './views/view.ts';
import { webhookView } from './views/webhook.ts';

const tags = ['Webhooks'];

const SCHEDULE_STEPS_MAX = 30;
const SCHEDULE_STEP_MAX_MS = 7 * 86_400_000;

const Events = Type.Array(oneOf(EVENT_TYPES, 'An event type'), { minItems: 1, uniqueItems: true });
const Url = Type.String({ minLength: 1, maxLength: 2048, description: 'https' });
const Headers = Type.Record(Type.String(), Type.String({ maxLength: 4096 }), { maxProperties: 20, description: 'Sent with each attempt' });
const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const HEADER_VALUE = /^[\t -~]*$/;
const Order = oneOf(
	['chat', 'webhook', 'none'],
	'Which deliveries wait for each other. A change holds for events from then on; what waits already keeps its order among itself',
);
const Schedule = Type.Array(Type.Integer({ minimum: 0, maximum: SCHEDULE_STEP_MAX_MS }), {
	minItems: 1,
	maxItems: SCHEDULE_STEPS_MAX,
	description: 'Delays between attempts, the first one before the first attempt',
});

export function webhookRoutes(scope: Scope, deps: RecadoDeps): void {
	const { webhooks } = deps;
	creatingRoute(scope, deps);
	changingRoute(scope, deps);
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
	scope.delete(
		`${ROOT}/webhooks/:id`,
		{
			schema: {
				tags,
				summary: 'Delete a webhook; what it has not got is cancelled',
				params: IdParams,
				response: replies({ 204: Nothing }),
			},
		},
		async (request, reply) => {
			await webhooks.delete(request.params.id);
			return reply.code(204).send();
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
				body: Type.Object({
					accountId: Type.Optional(Type.String({ description: 'May be left out where the instance is given' })),
					instanceId: Type.Optional(Type.String({ description: 'All instances of the account if missing' })),
					dialect: Type.Optional(oneOf(DIALECT_NAMES, 'Whose payloads it gets; ours if missing')),
					events: Type.Optional(Events),
					url: Url,
					headers: Type.Optional(Headers),
					order: Type.Optional(Order),
					enabled: Type.Optional(Type.Boolean()),
					scheduleMs: Type.Optional(Schedule),
				}),
				response: replies({ 201: ref('Webhook') }),
			},
		},
		async (request, reply) => {
			const { accountId, dialect = 'recado', events = EVENT_TYPES, url } = request.body;
			const wish: WebhookWish = {
				...{ accountId: accountId ?? (await accountOf(deps, request.body.instanceId)), dialect, events, url },
				...only(request.body, ['instanceId', 'headers', 'order', 'enabled', 'scheduleMs']),
			};
			checkHeaders(wish.headers);
			const { status, body } = await createOnce(
				request,
				// Asked before the commit: the secret comes from the creation, the rest from the record.
				({ webhook, secret }: WebhookSecretShown) => ({
					status: 201,
					body: webhookView(webhook, { ...viewing(deps), secretOf: () => secret }),
				}),
				(idempotency) => webhooks.create(wish, idempotency),
			);
			return reply.code(status).send(body);
		},
	);
}

function viewing({ webhooks }: RecadoDeps): Parameters<typeof webhookView>[1] {
	return {
		secretOf: (webhook) => webhooks.secretOf(webhook),
		headerNamesOf: (webhook) => webhooks.headerNamesOf(webhook),
		eventsOf: (webhook) => webhooks.eventsOf(webhook),
	};
}

/** RFC 9110, sections 5.1 and 5.5: what no header can carry would fail each attempt, or smuggle in a header of its own. */
function checkHeaders(headers: Readonly<Record<string, string>> | undefined): void {
	const faults = Object.entries(headers ?? {}).flatMap(([name, value]): readonly Fault[] => {
		const path = `headers.${name}`;
		if (!HEADER_NAME.test(name)) return [{ path, en: 'is not the name of a header', pt: 'não é um nome de header' }];
		if (!HEADER_VALUE.test(value)) return [{ path, en: 'must be visible ASCII on one line', pt: 'deve ser ASCII visível em uma linha' }];
		return [];
	});
	if (faults.length > 0) throw faulty(...faults);
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
				description: 'Disabled, its deliveries wait; enabled again, they flow.',
				params: IdParams,
				body: Type.Object({
					events: Type.Optional(Events),
					url: Type.Optional(Url),
					headers: Type.Optional(Headers),
					order: Type.Optional(Order),
					enabled: Type.Optional(Type.Boolean()),
					scheduleMs: Type.Optional(Type.Union([Schedule, Type.Null()], { description: 'null: the default' })),
				}),
				response: replies({ 200: ref('Webhook') }),
			},
		},
		async (request) => {
			const change = only(request.body, ['events', 'url', 'headers', 'order', 'enabled', 'scheduleMs']);
			checkHeaders(change.headers);
			return webhookView(await webhooks.update(request.params.id, change), webhooks);
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
				params: IdParams,
				response: replies({ 200: ref('Webhook') }),
			},
		},
		async (request) => {
			const { webhook, secret } = await webhooks.rotateSecret(request.params.id);
			return webhookView(webhook, { ...viewing(deps), secretOf: () => secret });
		},
	);
	scope.post(
		`${ROOT}/webhooks/:id/test`,
		{
			config: { isBodyOptional: true },
			schema: {
				tags,
				summary: 'Send an example',
				description: 'Answers the delivery; look at it to see how it went.',
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
