/**
 * Which webhooks an owner has when the dialects' slots point to these URLs. Slots that share a URL share a webhook, so that what arrives
 * there is ordered across kinds. Nothing that waits is lost by a change of address: a webhook whose slots all move to one URL moves
 * itself (with its id, its secret and its deliveries), and one that loses its slots to others drains what it has.
 */
import type { Subscription, Subscriptions, Webhook } from '../domain/webhook.ts';
import type { SlotWish } from './services.ts';

export interface SlotPlan {
	/** Webhooks with their new URL and subscriptions. */
	readonly changed: readonly { readonly webhook: Webhook; readonly url: string; readonly subscriptions: Subscriptions }[];
	readonly created: readonly { readonly url: string; readonly subscriptions: Subscriptions }[];
	/** Webhooks that lost their slots to others: they deliver what they have. */
	readonly drained: readonly Webhook[];
	/** Webhooks whose slots were all taken away by name: nobody wants what they still have. */
	readonly deleted: readonly Webhook[];
}

export function planSlots(existing: readonly Webhook[], wishes: Readonly<Record<string, SlotWish>>): SlotPlan {
	const wanted = wantedByUrl(existing, wishes);
	const changed: { webhook: Webhook; url: string; subscriptions: Subscriptions }[] = [];
	const drained: Webhook[] = [];
	const deleted: Webhook[] = [];
	const homeless: Webhook[] = [];

	for (const webhook of existing) {
		const subscriptions = wanted.get(webhook.url);
		if (!subscriptions) {
			homeless.push(webhook);
			continue;
		}
		wanted.delete(webhook.url);
		if (!isSame(subscriptions, webhook.subscriptions)) changed.push({ webhook, url: webhook.url, subscriptions });
	}
	for (const webhook of homeless) {
		if (webhook.ending !== undefined) continue; // drains already
		const url = onlyNewUrl(webhook, wishes);
		const subscriptions = url === undefined ? undefined : wanted.get(url);
		if (url !== undefined && subscriptions) {
			wanted.delete(url);
			changed.push({ webhook, url, subscriptions });
		} else if (Object.keys(webhook.subscriptions).every((slot) => isRemoved(wishes[slot]))) {
			deleted.push(webhook);
		} else {
			drained.push(webhook);
		}
	}
	return { changed, drained, deleted, created: [...wanted].map(([url, subscriptions]) => ({ url, subscriptions })) };
}

/** The slots of an owner after the wishes, by URL. A wish that says nothing about the echo of own messages keeps it as it was. */
function wantedByUrl(existing: readonly Webhook[], wishes: Readonly<Record<string, SlotWish>>): Map<string, Record<string, Subscription>> {
	const slots = new Map<string, { url: string; subscription: Subscription }>();
	for (const webhook of existing) {
		for (const [slot, subscription] of Object.entries(webhook.subscriptions)) slots.set(slot, { url: webhook.url, subscription });
	}
	for (const [slot, wish] of Object.entries(wishes)) {
		if (wish.url === null || wish.url === '') {
			slots.delete(slot);
			continue;
		}
		const sentByMe = wish.sentByMe ?? slots.get(slot)?.subscription.sentByMe;
		const subscription = { ...(wish.form === undefined ? {} : { form: wish.form }), ...(sentByMe === undefined ? {} : { sentByMe }) };
		slots.set(slot, { url: wish.url, subscription });
	}
	const byUrl = new Map<string, Record<string, Subscription>>();
	for (const [slot, { url, subscription }] of slots) byUrl.set(url, { ...byUrl.get(url), [slot]: subscription });
	return byUrl;
}

/** The one URL that all slots of a webhook were pointed to; undefined where they went apart, or some were removed. */
function onlyNewUrl(webhook: Webhook, wishes: Readonly<Record<string, SlotWish>>): string | undefined {
	const urls = new Set(Object.keys(webhook.subscriptions).map((slot) => wishes[slot]?.url));
	const [url] = urls;
	return urls.size === 1 && url !== null && url !== '' ? url : undefined;
}

function isRemoved(wish: SlotWish | undefined): boolean {
	return wish !== undefined && (wish.url === null || wish.url === '');
}

function isSame(one: Subscriptions, other: Subscriptions): boolean {
	const slots = Object.keys(one);
	if (slots.length !== Object.keys(other).length) return false;
	return slots.every((slot) => one[slot]?.form === other[slot]?.form && one[slot]?.sentByMe === other[slot]?.sentByMe && slot in other);
}
