/** Webhooks as people and dialects manage them. A change is committed first and known to the planner and the dispatcher after. */
import type { Delivery } from '../domain/delivery.ts';
import type { EventType } from '../domain/event.ts';
import { Serial } from '../domain/serial.ts';
import type { Subscriptions, Webhook } from '../domain/webhook.ts';
import { RecadoError } from '../errors.ts';
import type { Observer } from '../observe/observer.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Sealer } from '../ports/secrets.ts';
import type { Sender } from '../ports/sender.ts';
import type { Change, IdempotencyRecord, Store } from '../ports/store.ts';
import type { WebhookDraft, WebhookDrafts, WebhookDraftWish } from '../ports/webhook-drafts.ts';
import { isCarriableHeader, isReservedHeader } from './attempt-request.ts';
import type { DeliveryOutbox } from './delivery-outbox.ts';
import type { Dispatcher } from './dispatcher.ts';
import { exampleEvent } from './example-events.ts';
import type { DeliveryOptions } from './options.ts';
import type { Planner } from './planner.ts';
import type { SlotOwner, SlotWish, WebhookChange, WebhookIdempotency, WebhookSecretShown, Webhooks, WebhookWish } from './services.ts';
import { secretFromBytes } from './signing.ts';
import { planSlots } from './slots.ts';
import type { WebhookRegistry } from './webhook-registry.ts';

/** Why a webhook was disabled: its receiver answered 410. */
const GONE = 'gone';

export interface WebhookServiceParts {
	readonly store: Pick<Store, 'accounts' | 'deliveries'>;
	readonly outbox: DeliveryOutbox;
	readonly registry: WebhookRegistry;
	readonly planner: Planner;
	readonly dispatcher: Dispatcher;
	readonly sender: Pick<Sender, 'refuse'>;
	readonly sealer: Sealer;
	readonly clock: Clock;
	readonly ids: Ids;
	readonly observer: Observer;
	readonly options: Pick<DeliveryOptions, 'secretOverlapMs'>;
}

export class WebhookService implements Webhooks, WebhookDrafts {
	readonly #parts: WebhookServiceParts;
	/** Changes of an account's webhooks are decided one after the other, each on what the one before made of them. */
	readonly #serial = new Serial();

	constructor(parts: WebhookServiceParts) {
		this.#parts = parts;
	}

	async create(wish: WebhookWish, idempotency?: WebhookIdempotency): Promise<WebhookSecretShown> {
		const { store, registry } = this.#parts;
		if (!(await store.accounts.account(wish.accountId))) throw new RecadoError('not_there', { details: { what: 'account' } });
		if (wish.instanceId !== undefined) {
			const instance = await store.accounts.instance(wish.instanceId);
			if (instance?.accountId !== wish.accountId) throw new RecadoError('not_there', { details: { what: 'instance' } });
		}
		this.#checkUrl(wish.url);
		const secret = this.#newSecret();
		const webhook: Webhook = {
			...this.#fresh({ ...wish, subscriptions: this.#subscriptionsFor(wish.dialect, wish.events) }, 'management', secret),
			...(wish.headers === undefined ? {} : { sealedHeaders: this.#sealHeaders(wish.headers) }),
			order: wish.order ?? 'chat',
			enabled: wish.enabled ?? true,
			...(wish.scheduleMs === undefined ? {} : { scheduleMs: wish.scheduleMs }),
		};
		const shown = { webhook, secret };
		const park: Change[] = webhook.enabled ? [] : [{ kind: 'webhook.park', id: webhook.id }];
		await this.#commit([{ kind: 'webhook.put', webhook }, ...park], idempotency && this.#record(idempotency, shown));
		registry.put(webhook);
		return shown;
	}

	update(id: string, change: WebhookChange): Promise<Webhook> {
		return this.#inTurn(id, (webhook) => this.#update(webhook, change));
	}

	async #update(webhook: Webhook, change: WebhookChange): Promise<Webhook> {
		if (change.url !== undefined) this.#checkUrl(change.url);
		const { disabledReason: _reason, scheduleMs: schedule, ...rest } = webhook;
		const scheduleMs = change.scheduleMs === undefined ? schedule : (change.scheduleMs ?? undefined);
		const changed: Webhook = {
			...rest,
			...(change.url === undefined ? {} : { url: change.url }),
			...(change.events === undefined ? {} : { subscriptions: this.#resubscribe(webhook, change.events) }),
			...(change.headers === undefined ? {} : { sealedHeaders: this.#sealHeaders(change.headers) }),
			...(change.order === undefined ? {} : { order: change.order }),
			...(change.enabled === undefined ? {} : { enabled: change.enabled }),
			...(scheduleMs === undefined ? {} : { scheduleMs }),
			updatedAt: this.#parts.clock.now(),
		};
		await this.#put(webhook, changed);
		return changed;
	}

	delete(id: string): Promise<void> {
		return this.#inTurn(id, async () => {
			await this.#commit([{ kind: 'webhook.delete', id, at: this.#parts.clock.now() }]);
			this.#forget(id);
		});
	}

	rotateSecret(id: string): Promise<WebhookSecretShown> {
		return this.#inTurn(id, (webhook) => this.#rotateSecret(webhook));
	}

	async #rotateSecret(webhook: Webhook): Promise<WebhookSecretShown> {
		const { clock, sealer, options } = this.#parts;
		const now = clock.now();
		const secret = this.#newSecret();
		const older = webhook.secrets
			.map((one) => ({ sealed: one.sealed, until: Math.min(one.until ?? Number.POSITIVE_INFINITY, now + options.secretOverlapMs) }))
			.filter((one) => one.until > now);
		const changed: Webhook = { ...webhook, secrets: [{ sealed: sealer.seal(secret) }, ...older], updatedAt: now };
		await this.#put(webhook, changed);
		return { webhook: changed, secret };
	}

	secretOf(webhook: Webhook): string {
		const [current] = webhook.secrets;
		if (!current) throw new RecadoError('secret_unreadable');
		return this.#parts.sealer.unseal(current.sealed);
	}

	headerNamesOf(webhook: Webhook): readonly string[] {
		return Object.keys(this.#parts.registry.get(webhook.id)?.headers ?? {});
	}

	async test(id: string, type: EventType): Promise<Delivery> {
		const { store, planner, outbox, clock, ids, dispatcher } = this.#parts;
		const webhook = this.#existing(id);
		const instances = await store.accounts.instancesOf(webhook.accountId);
		const instance = instances.find((one) => one.id === webhook.instanceId) ?? instances[0];
		if (!instance) throw new RecadoError('no_instance');
		const event = exampleEvent({ type, webhook, instance: { id: instance.id, phone: instance.phone }, at: clock.now(), ids });
		const deliveries = planner.planFor(event, webhook, (webhookId) => dispatcher.reserve(webhookId));
		const [first] = deliveries;
		if (!first) throw new RecadoError('webhook_form_unknown', { details: { name: type } });
		await outbox.commitPlanned({ changes: [], events: [event] }, deliveries);
		const delivery = await store.deliveries.delivery(first.id);
		if (!delivery) throw new RecadoError('not_there', { details: { what: 'delivery' } });
		return delivery;
	}

	list(filter: Parameters<Webhooks['list']>[0]): readonly Webhook[] {
		const matches = (webhook: Webhook): boolean =>
			(filter.accountId === undefined || webhook.accountId === filter.accountId) &&
			(filter.instanceId === undefined || webhook.instanceId === filter.instanceId) &&
			(filter.dialect === undefined || webhook.dialect === filter.dialect);
		return [...this.#parts.registry.all()].map((entry) => entry.webhook).filter(matches);
	}

	get(id: string): Webhook | undefined {
		return this.#parts.registry.get(id)?.webhook;
	}

	eventsOf(webhook: Webhook): readonly EventType[] {
		return this.#parts.planner.renderer(webhook.dialect).eventsOf(webhook.subscriptions);
	}

	async assignSlots(owner: SlotOwner, slots: Readonly<Record<string, SlotWish>>): Promise<void> {
		for (const { url } of Object.values(slots)) if (url !== null && url !== '') this.#checkUrl(url);
		await this.#serial.run(owner.accountId, () => this.#assignSlots(owner, slots));
		await this.sweepDrained(owner.accountId);
	}

	async #assignSlots(owner: SlotOwner, slots: Readonly<Record<string, SlotWish>>): Promise<void> {
		const { clock, registry, dispatcher } = this.#parts;
		const existing = this.#ofOwner(owner);
		const plan = planSlots(existing, slots);
		const now = clock.now();
		const planned = new Map(plan.changed.map(({ webhook, url, subscriptions }) => [webhook.id, { url, subscriptions, updatedAt: now }]));
		const changed = existing
			.map((before) => ({ before, after: { ...before, ...planned.get(before.id) } }))
			.map(({ before, after }) => ({ before, after: isRegisteredAgain(after, slots) ? enabledAgain(after, now) : after }))
			.filter(({ before, after }) => planned.has(before.id) || after.enabled !== before.enabled);
		const created = plan.created.map((one) => this.#fresh({ ...owner, ...one }, 'dialect', this.#newSecret()));
		const changes: Change[] = changed.flatMap(({ before, after }) => this.#changes(before, after));
		for (const webhook of created) changes.push({ kind: 'webhook.put', webhook });
		for (const webhook of plan.deleted) changes.push({ kind: 'webhook.delete', id: webhook.id, at: now });
		await this.#commit(changes);
		for (const webhook of [...changed.map(({ after }) => after), ...created]) registry.put(webhook);
		for (const webhook of plan.deleted) this.#forget(webhook.id);
		if (changed.some(({ before, after }) => !before.enabled && after.enabled)) dispatcher.wake();
	}

	setSentByMe(owner: SlotOwner, slot: string, sentByMe: boolean): Promise<void> {
		return this.#serial.run(owner.accountId, async () => {
			const webhook = this.#ofOwner(owner).find((one) => slot in one.subscriptions);
			if (!webhook) throw new RecadoError('received_webhook_missing');
			const subscriptions = { ...webhook.subscriptions, [slot]: { ...webhook.subscriptions[slot], sentByMe } };
			await this.#put(webhook, { ...webhook, subscriptions, updatedAt: this.#parts.clock.now() });
		});
	}

	/** A webhook that becomes real with somebody else's unit: an application's. */
	draft(wish: WebhookDraftWish): WebhookDraft {
		this.#checkUrl(wish.url);
		const subscriptions = Object.fromEntries(wish.slots.map((slot) => [slot, {}]));
		const webhook = this.#fresh({ ...wish, subscriptions }, 'dialect', this.#newSecret());
		return { webhookId: webhook.id, changes: [{ kind: 'webhook.put', webhook }], publish: () => this.#parts.registry.put(webhook) };
	}

	/** A receiver said that it is gone: no attempt goes there until a person enables it again. */
	async disableGone(id: string): Promise<void> {
		if (!this.get(id)) return;
		await this.#inTurn(id, async (webhook) => {
			if (!webhook.enabled) return;
			await this.#put(webhook, { ...webhook, enabled: false, disabledReason: GONE, updatedAt: this.#parts.clock.now() });
			this.#parts.observer.webhookDisabled(id, GONE);
		});
	}

	/** Deletes webhooks that lost their slots once they have nothing left to deliver. */
	async sweepDrained(accountId?: string): Promise<void> {
		for (const webhook of this.list(accountId === undefined ? {} : { accountId })) {
			if (webhook.origin !== 'dialect' || Object.keys(webhook.subscriptions).length > 0) continue;
			const { items: pending } = await this.#parts.store.deliveries.list({ webhookId: webhook.id, state: 'pending' }, { limit: 1 });
			const { items: sending } = await this.#parts.store.deliveries.list({ webhookId: webhook.id, state: 'sending' }, { limit: 1 });
			if (pending.length + sending.length === 0) await this.delete(webhook.id);
		}
	}

	async #put(before: Webhook, after: Webhook): Promise<void> {
		await this.#commit(this.#changes(before, after));
		this.#parts.registry.put(after);
		if (!before.enabled && after.enabled) this.#parts.dispatcher.wake();
	}

	#changes(before: Webhook, after: Webhook): Change[] {
		const changes: Change[] = [{ kind: 'webhook.put', webhook: after }];
		if (before.enabled && !after.enabled) changes.push({ kind: 'webhook.park', id: after.id });
		if (!before.enabled && after.enabled) changes.push({ kind: 'webhook.unpark', id: after.id, at: this.#parts.clock.now() });
		return changes;
	}

	#forget(id: string): void {
		this.#parts.registry.remove(id);
		this.#parts.dispatcher.forget(id);
	}

	/** Decides on the webhook as it is when its turn has come. */
	#inTurn<T>(id: string, work: (webhook: Webhook) => Promise<T>): Promise<T> {
		const accountId = this.get(id)?.accountId ?? '';
		return this.#serial.run(accountId, async () => work(this.#existing(id)));
	}

	async #commit(changes: readonly Change[], idempotency?: IdempotencyRecord): Promise<void> {
		const conflict = await this.#parts.outbox.commit({ changes, events: [], ...(idempotency === undefined ? {} : { idempotency }) });
		if (conflict) throw new RecadoError(conflict.what === 'idempotency' ? 'idempotency_raced' : 'conflict');
	}

	#record(idempotency: WebhookIdempotency, shown: WebhookSecretShown): IdempotencyRecord {
		const { status, body } = idempotency.answer(shown);
		return {
			...idempotency.request,
			status,
			sealedBody: this.#parts.sealer.seal(JSON.stringify(body)),
			createdAt: this.#parts.clock.now(),
		};
	}

	#fresh(
		of: SlotOwner & { readonly url: string; readonly subscriptions: Subscriptions },
		origin: Webhook['origin'],
		secret: string,
	): Webhook {
		const now = this.#parts.clock.now();
		return {
			id: this.#parts.ids.next('whk'),
			accountId: of.accountId,
			...(of.instanceId === undefined ? {} : { instanceId: of.instanceId }),
			...(of.applicationId === undefined ? {} : { applicationId: of.applicationId }),
			dialect: of.dialect,
			origin,
			url: of.url,
			subscriptions: of.subscriptions,
			order: 'chat',
			enabled: true,
			secrets: [{ sealed: this.#parts.sealer.seal(secret) }],
			createdAt: now,
			updatedAt: now,
		};
	}

	#newSecret(): string {
		return secretFromBytes(Buffer.from(this.#parts.ids.nextToken(), 'base64url'));
	}

	#subscriptionsFor(dialect: Webhook['dialect'], events: readonly EventType[]): Subscriptions {
		const subscriptions = this.#parts.planner.renderer(dialect).subscriptionsFor(events);
		if (Object.keys(subscriptions).length > 0) return subscriptions;
		throw new RecadoError('webhook_tells_nothing', { details: { dialect, events: events.join(', ') } });
	}

	/** The slots for these events; those it had keep their generation and echo. */
	#resubscribe(webhook: Webhook, events: readonly EventType[]): Subscriptions {
		const wanted = this.#subscriptionsFor(webhook.dialect, events);
		return Object.fromEntries(Object.entries(wanted).map(([slot, fresh]) => [slot, webhook.subscriptions[slot] ?? fresh]));
	}

	#ofOwner(owner: SlotOwner): Webhook[] {
		return this.list({ accountId: owner.accountId, dialect: owner.dialect }).filter(
			(webhook) => webhook.origin === 'dialect' && webhook.instanceId === owner.instanceId && webhook.applicationId === owner.applicationId,
		);
	}

	#existing(id: string): Webhook {
		const webhook = this.get(id);
		if (!webhook) throw new RecadoError('not_there', { details: { what: 'webhook' } });
		return webhook;
	}

	#sealHeaders(headers: Readonly<Record<string, string>>): string {
		const reserved = Object.keys(headers).find(isReservedHeader);
		if (reserved !== undefined) throw new RecadoError('webhook_header_reserved', { details: { name: reserved } });
		const bad = Object.entries(headers).filter(([name, value]) => !isCarriableHeader(name, value));
		if (bad.length > 0) {
			const fault = { en: 'is not a header that HTTP can carry', pt: 'não é um header que o HTTP possa levar' };
			throw new RecadoError('invalid_request', { faults: bad.map(([name]) => ({ path: `headers.${name}`, ...fault })) });
		}
		return this.#parts.sealer.seal(JSON.stringify(headers));
	}

	#checkUrl(url: string): void {
		const refusal = this.#parts.sender.refuse(url);
		if (!refusal) return;
		switch (refusal.code) {
			case 'address_refused':
				throw new RecadoError('webhook_address_refused', { details: { reason: refusal.message, host: refusal.host ?? '' } });
			case 'has_credentials':
				throw new RecadoError('webhook_has_credentials');
			case 'not_a_url':
			case 'not_https':
				throw new RecadoError('webhook_not_https', { details: { url } });
		}
	}
}

/** Somebody pointed a slot to a webhook whose receiver was gone: a person's word that it is there again. */
function isRegisteredAgain(webhook: Webhook, slots: Readonly<Record<string, SlotWish>>): boolean {
	return webhook.disabledReason === GONE && Object.keys(webhook.subscriptions).some((slot) => slots[slot]?.url === webhook.url);
}

function enabledAgain({ disabledReason: _reason, ...webhook }: Webhook, now: number): Webhook {
	return { ...webhook, enabled: true, updatedAt: now };
}
