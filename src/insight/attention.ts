/**
 * What needs a person now. It is put together from what is known anyway (webhooks and instances) and from look-ups whose cost does not grow with the
 * deliveries there are; an answer is kept for a moment, so that ten consoles cost as much as one.
 */
import type { Instance } from '../domain/account.ts';
import type { Webhook } from '../domain/webhook.ts';
import { RecadoError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { Attention, AttentionItem, AttentionPage, Severity } from './services.ts';

/** So old an answer may be. */
const AGE_MS = 2_000;
/** A delivery that is due goes within moments; one that is due for longer shows that something holds it. */
const OVERDUE_MS = 60_000;
const WEBHOOKS_LOOKED_AT_MAX = 1_000;
const OBSERVATIONS_LOOKED_AT_MAX = 200;
/** Newest events of an instance among which its disconnection is looked for: what a phone that is gone still causes is little. */
const EVENTS_LOOKED_AT = 20;
/** Instances of which it is looked up since when they are disconnected. */
const DATED_MAX = 100;
/** What the gateway writes as the reason where a receiver answered 410. */
const GONE = 'gone';
/** What is told in all; what is beyond is mended after the worst is. */
const ITEMS_MAX = 1_000;

export interface AttentionParts {
	readonly store: {
		readonly accounts: Pick<Store['accounts'], 'allInstances'>;
		readonly events: Pick<Store['events'], 'list'>;
		readonly deliveries: Pick<Store['deliveries'], 'dueWebhooks'>;
		readonly insight: Pick<Store['insight'], 'deadByWebhook'>;
		readonly journal: Pick<Store['journal'], 'failed'>;
	};
	/** All webhooks there are, as this process knows them. */
	readonly webhooks: () => Iterable<Webhook>;
	readonly clock: Clock;
}

export class AttentionList implements Attention {
	readonly #parts: AttentionParts;
	#answer: { readonly at: number; readonly items: Promise<readonly AttentionItem[]> } | undefined;

	constructor(parts: AttentionParts) {
		this.#parts = parts;
	}

	async attention({ accountId, limit, cursor }: Parameters<Attention['attention']>[0]): Promise<AttentionPage> {
		const from = placeOf(cursor);
		const all = await this.#items();
		const items = accountId === undefined ? all : all.filter((item) => item.accountId === accountId);
		const page = items.slice(from, from + limit);
		return { items: page, ...(from + limit < items.length ? { next: String(from + limit) } : {}) };
	}

	#items(): Promise<readonly AttentionItem[]> {
		const now = this.#parts.clock.now();
		if (this.#answer && now - this.#answer.at < AGE_MS) return this.#answer.items;
		const items = this.#look(now);
		const answer = { at: now, items };
		this.#answer = answer;
		items.catch(() => {
			if (this.#answer === answer) this.#answer = undefined;
		});
		return items;
	}

	async #look(now: number): Promise<readonly AttentionItem[]> {
		const webhooks = new Map(Array.from(this.#parts.webhooks(), (webhook) => [webhook.id, webhook]));
		const instances = await this.#parts.store.accounts.allInstances();
		const found = [
			...[...webhooks.values()].flatMap(troubleOf),
			...(await this.#dead(webhooks)),
			...(await this.#overdue(webhooks, now)),
			...(await this.#disconnected(instances)),
			...(await this.#failedObservations(instances)),
		];
		return found.sort(worstFirst).slice(0, ITEMS_MAX);
	}

	async #dead(webhooks: ReadonlyMap<string, Webhook>): Promise<readonly AttentionItem[]> {
		const dead = await this.#parts.store.insight.deadByWebhook(WEBHOOKS_LOOKED_AT_MAX);
		return dead.flatMap(({ webhookId, count, since }): readonly AttentionItem[] => {
			const webhook = webhooks.get(webhookId);
			// Of a webhook that is gone they cannot be sent anywhere.
			if (!webhook) return [];
			return [{ kind: 'dead-deliveries', severity: 'critical', ...dated(since), ...about(webhook), count }];
		});
	}

	async #overdue(webhooks: ReadonlyMap<string, Webhook>, now: number): Promise<readonly AttentionItem[]> {
		const due = await this.#parts.store.deliveries.dueWebhooks();
		return [...due].flatMap(([webhookId, since]): readonly AttentionItem[] => {
			const webhook = webhooks.get(webhookId);
			if (!webhook?.enabled || webhook.failing || now - since < OVERDUE_MS) return [];
			return [{ kind: 'overdue-deliveries', severity: 'warning', since, ...about(webhook) }];
		});
	}

	async #disconnected(instances: readonly Instance[]): Promise<readonly AttentionItem[]> {
		const disconnected = instances.filter(({ state }) => state === 'disconnected');
		const dates = await Promise.all(disconnected.slice(0, DATED_MAX).map(({ id }) => this.#disconnectedAt(id)));
		return disconnected.map(({ id, accountId, name }, index) => {
			const since = dates[index];
			return { kind: 'instance-disconnected', severity: 'critical', ...dated(since), accountId, instanceId: id, detail: name };
		});
	}

	/** Undefined where a person did it, or it never was connected: that is no event. */
	async #disconnectedAt(instanceId: string): Promise<number | undefined> {
		const { items } = await this.#parts.store.events.list({ instanceId }, { limit: EVENTS_LOOKED_AT });
		const last = items.find(({ type }) => type === 'instance.disconnected' || type === 'instance.connected');
		return last?.type === 'instance.disconnected' ? last.at : undefined;
	}

	async #failedObservations(instances: readonly Instance[]): Promise<readonly AttentionItem[]> {
		const failed = await this.#parts.store.journal.failed(OBSERVATIONS_LOOKED_AT_MAX);
		const accounts = new Map(instances.map(({ id, accountId }) => [id, accountId]));
		return Object.entries(Object.groupBy(failed, ({ instanceId }) => instanceId)).flatMap(([instanceId, entries = []]) => {
			const accountId = accounts.get(instanceId);
			const [oldest] = entries;
			if (accountId === undefined || !oldest) return [];
			const { length: count } = entries;
			return [{ kind: 'observations-failed', severity: 'critical', since: oldest.at, accountId, instanceId, count } as const];
		});
	}
}

function troubleOf(webhook: Webhook): readonly AttentionItem[] {
	const { enabled, failing, disabledReason, ending, updatedAt } = webhook;
	if (ending !== undefined) return [];
	if (!enabled) {
		// What a person did, a person knows.
		const severity = disabledReason === GONE ? 'critical' : 'notice';
		return [{ kind: 'webhook-disabled', severity, since: updatedAt, ...about(webhook), detail: disabledReason ?? 'request' }];
	}
	if (!failing) return [];
	return [{ kind: 'webhook-failing', severity: 'critical', since: failing.since, ...about(webhook), detail: failing.errorClass }];
}

function about({ id, accountId, instanceId }: Webhook): Pick<AttentionItem, 'accountId' | 'webhookId' | 'instanceId'> {
	return { accountId, webhookId: id, ...(instanceId === undefined ? {} : { instanceId }) };
}

function dated(since: number | undefined): Pick<AttentionItem, 'since'> {
	return since === undefined ? {} : { since };
}

const RANKS: Readonly<Record<Severity, number>> = { critical: 0, warning: 1, notice: 2 };
/** Through an instance that is disconnected nothing goes at all, to whomever. */
const rankOfKind = ({ kind }: AttentionItem): number => (kind === 'instance-disconnected' ? 0 : 1);

function worstFirst(a: AttentionItem, b: AttentionItem): number {
	const byAge = (a.since ?? Number.POSITIVE_INFINITY) - (b.since ?? Number.POSITIVE_INFINITY);
	// Two without a date differ by nothing: infinities have no difference.
	return RANKS[a.severity] - RANKS[b.severity] || rankOfKind(a) - rankOfKind(b) || (Number.isNaN(byAge) ? 0 : byAge);
}

const CURSOR_FAULT = { path: 'cursor', en: 'must be one that an earlier page gave', pt: 'deve ser um que uma página anterior devolveu' };

/** By how many come before it: the list is put together anew each time anyway. */
function placeOf(cursor: string | undefined): number {
	if (cursor === undefined) return 0;
	if (!/^\d{1,6}$/.test(cursor)) throw new RecadoError('invalid_request', { faults: [CURSOR_FAULT] });
	return Number(cursor);
}
