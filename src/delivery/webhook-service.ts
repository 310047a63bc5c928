/** Webhooks as people and dialects manage them. */
import type { Delivery } from '../domain/delivery.ts';
import type { EventType } from '../domain/event.ts';
import type { Subscriptions, Webhook, WebhookEnding } from '../domain/webhook.ts';
import { RecadoError } from '../errors.ts';
import type { IdempotencyRecord } from '../ports/idempotency.ts';
import type { Sealer } from '../ports/secrets.ts';
import type { Sender } from '../ports/sender.ts';
import type { Store } from '../ports/store.ts';
import type { WebhookDraft, WebhookDrafts, WebhookDraftWish } from '../ports/webhook-drafts.ts';
import { CircuitNotes } from './circuit-notes.ts';
import type { DeliveryOutbox } from './delivery-outbox.ts';
import type { Dispatcher } from './dispatcher.ts';
import { exampleEvent } from './example-events.ts';
import type { CircuitChange } from './handler.ts';
import type { DeliveryOptions } from './options.ts';
import { openHeaders } from './own-headers.ts';
import type { Planner } from './planner.ts';
import type {
	CircuitView,
	SlotOwner,
	SlotWish,
	WebhookChange,
	WebhookIdempotency,
	WebhookSecretShown,
	Webhooks,
	WebhookWish,
} from './services.ts';
import { publicKeyText } from './signing.ts';
import { GONE } from './webhook-events.ts';
import { historyBegin, historyOf, type WebhookPast } from './webhook-history.ts';
import { newSecret, rotateKeys } from './webhook-keys.ts';
import { withSettings } from './webhook-settings.ts';
import { WebhookSlots } from './webhook-slots.ts';
import { WebhookWriter, type WebhookWriterParts } from './webhook-writer.ts';

export interface WebhookServiceParts extends WebhookWriterParts {
	readonly store: Pick<Store, 'accounts' | 'deliveries' | 'documents' | 'webhooks'>;
	readonly outbox: Pick<DeliveryOutbox, 'commit' | 'commitPlanned'>;
	readonly planner: Planner;
	readonly dispatcher: WebhookWriterParts['dispatcher'] & Pick<Dispatcher, 'reserve' | 'circuitOf'>;
	readonly sender: Pick<Sender, 'refuse'>;
	readonly sealer: Sealer;
	readonly options: Pick<DeliveryOptions, 'secretOverlapMs'>;
	/** Called when a webhook is being deleted that has something left: whoever ends it need not wait for its next round. */
	readonly onEnding: () => void;
}

export class WebhookService implements Webhooks, WebhookDrafts, AsyncDisposable {
	readonly #parts: WebhookServiceParts;
	readonly #writer: WebhookWriter;
	readonly #slots: WebhookSlots;
	readonly #circuits: CircuitNotes;

	constructor(parts: WebhookServiceParts) {
		this.#parts = parts;
		this.#writer = new WebhookWriter(parts);
		this.#slots = new WebhookSlots({
			...parts,
			writer: this.#writer,
			fresh: (owner, { url, subscriptions }) => this.#fresh({ ...owner, url, subscriptions }, 'dialect', newSecret(parts)),
		});
		this.#circuits = new CircuitNotes({ ...parts, writer: this.#writer });
	}

	async create(wish: WebhookWish, idempotency?: WebhookIdempotency): Promise<WebhookSecretShown> {
		const { store } = this.#parts;
		if (!(await store.accounts.account(wish.accountId))) throw new RecadoError('not_there', { details: { what: 'account' } });
		if (wish.instanceId !== undefined) {
			const instance = await store.accounts.instance(wish.instanceId);
			if (instance?.accountId !== wish.accountId) throw new RecadoError('not_there', { details: { what: 'instance' } });
		}
		this.assertUrl(wish.url);
		const secret = newSecret(this.#parts);
		const fresh = this.#fresh(
			{ ...wish, subscriptions: this.#subscriptionsFor(wish.dialect, wish.events, wish.form) },
			'management',
			secret,
		);
		const shown = { webhook: withSettings(fresh, wish, this.#parts), secret };
		await this.#writer.write([{ after: shown.webhook }], { idempotency: idempotency && this.#record(idempotency, shown) });
		return shown;
	}

	update(id: string, change: WebhookChange): Promise<Webhook> {
		return this.#writer.inTurn(id, async (before) => {
			if (change.url !== undefined) this.assertUrl(change.url);
			if (change.events !== undefined && before.ending !== undefined) throw new RecadoError('webhook_ending');
			const after: Webhook = {
				...withSettings(before, change, this.#parts),
				...(change.url === undefined ? {} : { url: change.url }),
				...(change.events === undefined ? {} : { subscriptions: this.#resubscribe(before, change.events) }),
				updatedAt: this.#parts.clock.now(),
			};
			const [written = after] = await this.#writer.write([{ before, after }]);
			return written;
		});
	}

	delete(id: string, deliveries?: WebhookEnding): Promise<{ readonly isGone: boolean }> {
		return this.#writer.inTurn(id, async (webhook) => {
			const ending = deliveries ?? webhook.ending;
			if (ending === undefined && (await this.#parts.store.deliveries.hasUnsettled(id))) throw new RecadoError('webhook_has_deliveries');
			// Nobody has said that anything may be cancelled: should this stop half way, what slipped in is delivered.
			const ended = ending !== undefined && ending === webhook.ending ? webhook : await this.#writer.end(webhook, ending ?? 'drain');
			const isGone = await this.#writer.finish(id);
			if (!isGone && ending === undefined) {
				// Something came between the look and the end.
				await this.#writer.write([{ before: ended, after: webhook }]);
				throw new RecadoError('webhook_has_deliveries');
			}
			if (!isGone) this.#parts.onEnding();
			return { isGone };
		});
	}

	rotateSecret(id: string): Promise<WebhookSecretShown> {
		return this.#writer.inTurn(id, async (before) => {
			const { clock, options } = this.#parts;
			const rotated = rotateKeys(before, this.#parts, { now: clock.now(), overlapMs: options.secretOverlapMs });
			await this.#writer.write([{ before, after: rotated.webhook }]);
			return rotated;
		});
	}

	/** The current secret (`whsec_…`). No dialect asks for it: whoever made it was told. Throws secret_unreadable. */
	secretOf(webhook: Webhook): string {
		const [current] = webhook.secrets;
		if (!current) throw new RecadoError('secret_unreadable');
		return this.#parts.sealer.unseal(current.sealed);
	}

	publicKeyOf(webhook: Webhook): string | undefined {
		const [current] = webhook.keyPairs;
		return current && publicKeyText(this.#parts.sealer.unseal(current.sealed));
	}

	circuitOf(webhook: Webhook): CircuitView {
		return this.#parts.dispatcher.circuitOf(webhook.id);
	}

	headerNamesOf(webhook: Webhook): readonly string[] {
		return Object.keys(openHeaders(this.#parts.sealer, webhook));
	}

	olderSecretsUntil({ secrets }: Webhook): readonly number[] {
		const now = this.#parts.clock.now();
		return secrets.flatMap(({ until }) => (until !== undefined && until > now ? [until] : []));
	}

	history(id: string): Promise<readonly WebhookPast[]> {
		return historyOf(this.#parts.store.documents, id);
	}

	async test(id: string, type: EventType): Promise<Delivery> {
		const { store, planner, outbox, clock, ids, dispatcher } = this.#parts;
		const webhook = this.#existing(id);
		if (webhook.ending !== undefined) throw new RecadoError('webhook_ending');
		const instances = await store.accounts.instancesOf(webhook.accountId);
		const instance = instances.find((one) => one.id === webhook.instanceId) ?? instances[0];
		if (!instance) throw new RecadoError('no_instance');
		const event = exampleEvent({ type, webhook, instance: { id: instance.id, phone: instance.phone }, at: clock.now(), ids });
		const deliveries = planner.planFor(event, webhook, (webhookId, body) => dispatcher.reserve(webhookId, body));
		const [first] = deliveries;
		if (!first) throw new RecadoError('webhook_form_unknown', { details: { name: type } });
		await outbox.commitPlanned({ changes: [], events: [event] }, deliveries);
		const delivery = await store.deliveries.delivery(first.id);
		if (!delivery) throw new RecadoError('not_there', { details: { what: 'delivery' } });
		return delivery;
	}

	list(filter: Parameters<Webhooks['list']>[0]): readonly Webhook[] {
		const { registry } = this.#parts;
		const matches = (webhook: Webhook): boolean =>
			webhook.ending !== 'cancel' &&
			(filter.instanceId === undefined || webhook.instanceId === filter.instanceId) &&
			(filter.dialect === undefined || webhook.dialect === filter.dialect);
		const entries = filter.accountId === undefined ? registry.all() : registry.ofAccount(filter.accountId);
		return [...entries].map((entry) => entry.webhook).filter(matches);
	}

	get(id: string): Webhook | undefined {
		const webhook = this.#parts.registry.get(id)?.webhook;
		return webhook?.ending === 'cancel' ? undefined : webhook;
	}

	eventsOf(webhook: Webhook): readonly EventType[] {
		return this.#parts.planner.renderer(webhook.dialect).eventsOf(webhook.subscriptions);
	}

	assertUrl(url: string): void {
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

	async assignSlots(owner: SlotOwner, slots: Readonly<Record<string, SlotWish>>): Promise<void> {
		for (const { url } of Object.values(slots)) if (url !== null && url !== '') this.assertUrl(url);
		for (const { id } of await this.#slots.assign(owner, slots)) {
			// The slots are as wished already: what is left to do for those that lost theirs is nobody's failure.
			const isGone = await this.finish(id).catch((error: unknown) => this.#parts.observer.background('webhooks.finish', error));
			if (isGone !== true) this.#parts.onEnding();
		}
	}

	setSentByMe(owner: SlotOwner, slot: string, sentByMe: boolean): Promise<void> {
		return this.#slots.setSentByMe(owner, slot, sentByMe);
	}

	/** A webhook that becomes real with somebody else's unit: an application's. */
	draft(wish: WebhookDraftWish): WebhookDraft {
		this.assertUrl(wish.url);
		const subscriptions = Object.fromEntries(wish.slots.map((slot) => [slot, {}]));
		const webhook = this.#fresh({ ...wish, subscriptions }, 'dialect', newSecret(this.#parts));
		return {
			webhookId: webhook.id,
			changes: [{ kind: 'webhook.put', webhook }, ...historyBegin(this.#parts.ids, webhook)],
			publish: () => this.#publish(webhook),
		};
	}

	/** A receiver said that it is gone: no attempt goes there until a person enables it again. */
	async disableGone(id: string): Promise<void> {
		if (!this.get(id)) return;
		await this.#writer.inTurn(id, async (before) => {
			if (!before.enabled) return;
			const after: Webhook = { ...before, enabled: false, disabledReason: GONE, updatedAt: this.#parts.clock.now() };
			await this.#writer.write([{ before, after }]);
			this.#parts.observer.webhookDisabled(id, GONE);
		});
	}

	/** A circuit opened, or closed (undefined): kept, and told to the other webhooks of the account. Nobody has to wait for it. */
	noteCircuit(id: string, change: CircuitChange | undefined): void {
		this.#circuits.note(id, change);
	}

	/** Deletes a webhook that is ending, where nothing of it is unsettled any more. Answers whether it is gone. */
	finish(id: string): Promise<boolean> {
		return this.#writer.ofOne(id, () => this.#writer.finish(id));
	}

	/** Another process wrote it. Answers it as it is; undefined where it is gone. */
	follow(id: string): Promise<Webhook | undefined> {
		return this.#writer.ofOne(id, async (webhook) => webhook);
	}

	/** Follows whatever other processes wrote that was not heard of. */
	followAll(): Promise<void> {
		return this.#writer.followAll();
	}

	/** Waits for what is being noted of circuits. */
	[Symbol.asyncDispose](): Promise<void> {
		return this.#circuits[Symbol.asyncDispose]();
	}

	#publish(webhook: Webhook): void {
		this.#parts.registry.put(webhook);
		this.#writer.tell(webhook.id);
	}

	#record(idempotency: WebhookIdempotency, shown: WebhookSecretShown): IdempotencyRecord {
		const { status, body } = idempotency.answer(shown);
		const { sealer, clock } = this.#parts;
		return { ...idempotency.request, status, sealedBody: sealer.seal(JSON.stringify(body)), createdAt: clock.now() };
	}

	#fresh(of: SlotOwner & Pick<Webhook, 'url' | 'subscriptions'>, origin: Webhook['origin'], secret: string): Webhook {
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
			keyPairs: [],
			signatures: ['v1'],
			createdAt: now,
			updatedAt: now,
		};
	}

	#subscriptionsFor(dialect: Webhook['dialect'], events: readonly EventType[], form?: string): Subscriptions {
		const renderer = this.#parts.planner.renderer(dialect);
		const { forms = [] } = renderer;
		if (form !== undefined && !forms.includes(form)) {
			const names = forms.join(', ') || '-';
			throw new RecadoError('invalid_request', {
				faults: [{ path: 'form', en: `must be a form of ${dialect}: ${names}`, pt: `deve ser uma forma de ${dialect}: ${names}` }],
			});
		}
		const subscriptions = renderer.subscriptionsFor(events, form);
		if (Object.keys(subscriptions).length > 0) return subscriptions;
		throw new RecadoError('webhook_tells_nothing', { details: { dialect, events: events.join(', ') } });
	}

	/** The slots for these events; those it had keep their generation and echo. */
	#resubscribe(webhook: Webhook, events: readonly EventType[]): Subscriptions {
		const wanted = this.#subscriptionsFor(webhook.dialect, events);
		return Object.fromEntries(Object.entries(wanted).map(([slot, fresh]) => [slot, webhook.subscriptions[slot] ?? fresh]));
	}

	#existing(id: string): Webhook {
		const webhook = this.get(id);
		if (!webhook) throw new RecadoError('not_there', { details: { what: 'webhook' } });
		return webhook;
	}
}
