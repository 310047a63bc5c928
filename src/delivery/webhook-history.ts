/**
 * What became of a webhook: made, failing, recovered, disabled, enabled, changed, its secret rotated, being deleted. Written in the unit of the change
 * itself, so that it tells what is true; of each webhook the newest are kept, and they go with it.
 */
import type { AttemptErrorClass } from '../domain/attempt.ts';
import type { Webhook } from '../domain/webhook.ts';
import type { Change } from '../ports/changes.ts';
import type { Ids } from '../ports/clock.ts';
import { type Collection, collection, type DocumentReads } from '../ports/documents.ts';
import type { WebhookChanged } from './webhook-events.ts';

export const HISTORY_KINDS: readonly [
	'created',
	'failing',
	'recovered',
	'disabled',
	'enabled',
	'changed',
	'secret-rotated',
	'ending',
	'kept',
] = ['created', 'failing', 'recovered', 'disabled', 'enabled', 'changed', 'secret-rotated', 'ending', 'kept'];

/** `failing`: its circuit opened. `recovered`: it closed. `kept`: it was being deleted, and is not any more. */
export type HistoryKind = (typeof HISTORY_KINDS)[number];

/** What a person may change of it, as the API names it. */
export type ChangedSetting =
	| 'url'
	| 'events'
	| 'headers'
	| 'authentication'
	| 'order'
	| 'signatures'
	| 'scheduleMs'
	| 'patienceMs'
	| 'concurrency'
	| 'ratePerSecond';

export interface WebhookPast {
	readonly kind: HistoryKind;
	readonly at: number;
	/** Of `failing`: of the failure that opened the circuit, and how many there were in a row. */
	readonly errorClass?: AttemptErrorClass;
	readonly failuresInARow?: number;
	/** Of `recovered`: when the circuit had opened. */
	readonly failingSince?: number;
	/** Of `disabled`: `gone`, or what the person said who did it. Of `ending`: `cancel` or `drain`. */
	readonly reason?: string;
	/** Of `changed`. */
	readonly settings?: readonly ChangedSetting[];
}

/** Of one webhook; older ones go. */
export const HISTORY_MAX = 200;

/** Two processes that write at once leave one too many, which the next one takes along. */
const EXCESS_MAX = 50;

const HISTORY: Collection<WebhookPast> = collection<WebhookPast>('webhook-history');

interface HistoryParts {
	readonly documents: DocumentReads;
	readonly ids: Ids;
}

/** Newest first. */
export async function historyOf(documents: DocumentReads, webhookId: string): Promise<readonly WebhookPast[]> {
	const kept = await HISTORY.list(documents, { parentId: webhookId, order: 'newest', limit: HISTORY_MAX });
	return kept.map(({ value }) => value);
}

/** To be written with the change: what it was, in place of what is too old. */
export async function historyChanges(parts: HistoryParts, changed: WebhookChanged, of: PastOf): Promise<readonly Change[]> {
	const put = putsOf(parts.ids, changed, of);
	if (put.length === 0 || !changed.before) return put;
	const { id: parentId } = changed.after;
	const newest = await HISTORY.list(parts.documents, { parentId, order: 'newest', limit: HISTORY_MAX + EXCESS_MAX });
	return [...put, ...newest.slice(HISTORY_MAX - put.length).map(({ id }) => HISTORY.delete(id))];
}

/** To be written with a webhook that is made. */
export function historyBegin(ids: Ids, webhook: Webhook): readonly Change[] {
	return putsOf(ids, { after: webhook }, { at: webhook.createdAt, failuresInARow: 0 });
}

function putsOf(ids: Ids, changed: WebhookChanged, of: PastOf): readonly Change[] {
	const { id: parentId, accountId } = changed.after;
	return pastOf(changed, of).map((value) => HISTORY.put({ id: ids.next('his'), accountId, parentId, at: value.at, value }));
}

/** To be written with the end of a webhook. */
export async function historyEnd(documents: DocumentReads, webhookId: string): Promise<readonly Change[]> {
	const kept = await HISTORY.list(documents, { parentId: webhookId, order: 'newest', limit: HISTORY_MAX + EXCESS_MAX });
	return kept.map(({ id }) => HISTORY.delete(id));
}

export interface PastOf {
	readonly at: number;
	/** Of its circuit, where that has opened. */
	readonly failuresInARow: number;
}

/** In the order in which it is told. */
export function pastOf({ before, after }: WebhookChanged, { at, failuresInARow }: PastOf): readonly WebhookPast[] {
	if (!before) return [{ kind: 'created', at }];
	const past: WebhookPast[] = [];
	if (!before.failing && after.failing) past.push({ kind: 'failing', at, errorClass: after.failing.errorClass, failuresInARow });
	if (before.failing && !after.failing) past.push({ kind: 'recovered', at, failingSince: before.failing.since });
	const settings = after.ending === before.ending ? settingsChanged(before, after) : [];
	if (settings.length > 0) past.push({ kind: 'changed', at, settings });
	if (before.secrets[0]?.sealed !== after.secrets[0]?.sealed) past.push({ kind: 'secret-rotated', at });
	if (before.enabled && !after.enabled) past.push({ kind: 'disabled', at, ...reasonOf(after.disabledReason) });
	if (!before.enabled && after.enabled) past.push({ kind: 'enabled', at });
	if (before.ending !== after.ending)
		past.push(after.ending === undefined ? { kind: 'kept', at } : { kind: 'ending', at, reason: after.ending });
	return past;
}

function reasonOf(reason: string | undefined): { readonly reason?: string } {
	return reason === undefined ? {} : { reason };
}

const SETTINGS: readonly (readonly [ChangedSetting, (webhook: Webhook) => unknown])[] = [
	['url', ({ url }) => url],
	['events', ({ subscriptions }) => subscriptions],
	['headers', ({ sealedHeaders }) => sealedHeaders],
	['authentication', ({ authorization }) => authorization],
	['order', ({ order }) => order],
	['signatures', ({ signatures }) => signatures],
	['scheduleMs', ({ scheduleMs }) => scheduleMs],
	['patienceMs', ({ patienceMs }) => patienceMs],
	['concurrency', ({ concurrency }) => concurrency],
	['ratePerSecond', ({ ratePerSecond }) => ratePerSecond],
];

function settingsChanged(before: Webhook, after: Webhook): readonly ChangedSetting[] {
	return SETTINGS.filter(([, of]) => JSON.stringify(of(before)) !== JSON.stringify(of(after))).map(([name]) => name);
}
