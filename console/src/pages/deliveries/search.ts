/** Which deliveries are shown, as the address of the page says it. What is not known is left out. */
import type { Query } from '../../api/http.ts';
import type { Delivery } from '../../api/views.ts';
import { EVENT_TYPES } from '../../parts/event-names.ts';
import { isMoment } from '../../parts/moment.ts';

export type DeliveryState = Delivery['state'];

export const DELIVERY_STATES: readonly DeliveryState[] = ['pending', 'sending', 'delivered', 'dead', 'cancelled'];

/** What narrows the list. */
export interface DeliveryFilter {
	readonly webhookId?: string;
	readonly instanceId?: string;
	readonly chatId?: string;
	readonly eventId?: string;
	readonly phone?: string;
	readonly eventType?: Delivery['eventType'];
	readonly state?: DeliveryState;
	readonly text?: string;
	/** ISO 8601 */
	readonly since?: string;
	readonly until?: string;
}

export interface DeliverySearch extends DeliveryFilter {
	/** The jobs are shown beside the list. */
	readonly jobs?: true;
}

const TEXTS = ['webhookId', 'instanceId', 'chatId', 'eventId', 'phone', 'text'] as const;
const TIMES = ['since', 'until'] as const;

export function readDeliverySearch(search: Record<string, unknown>): DeliverySearch {
	return {
		...Object.fromEntries(TEXTS.flatMap((name) => (isText(search[name]) ? [[name, String(search[name])]] : []))),
		...Object.fromEntries(TIMES.flatMap((name) => (isMoment(search[name]) ? [[name, search[name]]] : []))),
		...oneOf('eventType', EVENT_TYPES, search),
		...oneOf('state', DELIVERY_STATES, search),
		...(search['jobs'] === true ? { jobs: true } : {}),
	};
}

export function filterOf({ jobs: _, ...filter }: DeliverySearch): DeliveryFilter {
	return filter;
}

export function isFiltered(filter: DeliveryFilter): boolean {
	return Object.keys(filter).length > 0;
}

/** As the gateway takes it. @param accountId whose pages are shown; all if undefined */
export function queryOf(filter: DeliveryFilter, accountId: string | undefined): Query {
	return { ...filter, ...(accountId === undefined ? {} : { accountId }) };
}

/** What the live stream can tell apart; the rest has to be asked for again and again. Undefined where the span is over. */
export function streamQueryOf(filter: DeliveryFilter, accountId: string | undefined): Query | undefined {
	const { webhookId, instanceId, chatId, eventType, state, until } = filter;
	if (needsAsking(filter) || (until !== undefined && Date.parse(until) < Date.now())) return undefined;
	return { accountId, webhookId, instanceId, chatId, eventType, state };
}

/**
 * The stream knows neither phones nor payloads; of what leaves a state it says nothing to who asked for that state; and what was there for hours and dies,
 * or is cancelled, it does not watch.
 */
export function needsAsking({ phone, text, eventId, state }: DeliveryFilter): boolean {
	return phone !== undefined || text !== undefined || eventId !== undefined || (state !== undefined && state !== 'delivered');
}

/** A phone or a number in the address is read as a number. */
function isText(value: unknown): boolean {
	return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

function oneOf<T extends string, Name extends string>(name: Name, all: readonly T[], search: Record<string, unknown>): { [N in Name]?: T } {
	const found = all.find((one) => one === search[name]);
	return (found === undefined ? {} : { [name]: found }) as { [N in Name]?: T };
}
