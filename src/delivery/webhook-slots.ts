/** Webhooks as the dialects register them: slots of an owner that point to URLs. */
import type { Webhook, WebhookEnding } from '../domain/webhook.ts';
import { RecadoError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { SlotOwner, SlotWish } from './services.ts';
import { planSlots } from './slots.ts';
import { GONE } from './webhook-events.ts';
import type { WebhookRegistry } from './webhook-registry.ts';
import type { WebhookWriter } from './webhook-writer.ts';

export interface WebhookSlotsParts {
	readonly writer: WebhookWriter;
	readonly registry: WebhookRegistry;
	readonly clock: Clock;
	/** A webhook of the owner that nobody has seen yet. */
	readonly fresh: (owner: SlotOwner, of: Pick<Webhook, 'url' | 'subscriptions'>) => Webhook;
}

export class WebhookSlots {
	readonly #parts: WebhookSlotsParts;

	constructor(parts: WebhookSlotsParts) {
		this.#parts = parts;
	}

	/** Answers the webhooks that are ending by it. */
	assign(owner: SlotOwner, slots: Readonly<Record<string, SlotWish>>): Promise<readonly Webhook[]> {
		const { writer, clock, fresh } = this.#parts;
		return writer.ofAccount(owner.accountId, async () => {
			const existing = this.#ofOwner(owner);
			const plan = planSlots(existing, slots);
			const now = clock.now();
			const planned = new Map<string, Webhook>([
				...plan.changed.map(({ webhook, url, subscriptions }) => [webhook.id, { ...goingOn(webhook), url, subscriptions }] as const),
				...plan.drained.map((webhook) => [webhook.id, ended(webhook, 'drain')] as const),
				...plan.deleted.map((webhook) => [webhook.id, ended(webhook, 'cancel')] as const),
			]);
			const changed = existing.flatMap((before) => {
				const after = planned.get(before.id) ?? before;
				const wanted = isRegisteredAgain(after, slots) ? enabledAgain(after) : after;
				return wanted === before ? [] : [{ before, after: { ...wanted, updatedAt: now } }];
			});
			const created = plan.created.map((one) => ({ after: fresh(owner, one) }));
			if (changed.length + created.length === 0) return [];
			const written = await writer.write([...changed, ...created]);
			return written.filter((webhook) => webhook.ending !== undefined);
		});
	}

	setSentByMe(owner: SlotOwner, slot: string, sentByMe: boolean): Promise<void> {
		const { writer, clock } = this.#parts;
		return writer.ofAccount(owner.accountId, async () => {
			const before = this.#ofOwner(owner).find((one) => slot in one.subscriptions);
			if (!before) throw new RecadoError('received_webhook_missing');
			const subscriptions = { ...before.subscriptions, [slot]: { ...before.subscriptions[slot], sentByMe } };
			await writer.write([{ before, after: { ...before, subscriptions, updatedAt: clock.now() } }]);
		});
	}

	/** Those that drain are among them: a slot may point there again. */
	#ofOwner({ accountId, dialect, instanceId, applicationId }: SlotOwner): Webhook[] {
		return [...this.#parts.registry.ofAccount(accountId)]
			.map(({ webhook }) => webhook)
			.filter(
				(webhook) =>
					webhook.origin === 'dialect' &&
					webhook.ending !== 'cancel' &&
					webhook.dialect === dialect &&
					webhook.instanceId === instanceId &&
					webhook.applicationId === applicationId,
			);
	}
}

function ended(webhook: Webhook, ending: WebhookEnding): Webhook {
	return { ...webhook, subscriptions: {}, ending };
}

function goingOn({ ending: _ending, ...webhook }: Webhook): Webhook {
	return webhook;
}

/** Somebody pointed a slot to a webhook whose receiver was gone: a person's word that it is there again. */
function isRegisteredAgain(webhook: Webhook, slots: Readonly<Record<string, SlotWish>>): boolean {
	return webhook.disabledReason === GONE && Object.keys(webhook.subscriptions).some((slot) => slots[slot]?.url === webhook.url);
}

function enabledAgain({ disabledReason: _reason, ...webhook }: Webhook): Webhook {
	return { ...webhook, enabled: true };
}
