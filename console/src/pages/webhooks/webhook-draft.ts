/** What is typed into the form of a webhook, and the request that is made of it. */
import type { Webhook } from '../../api/views.ts';
import { EVENTS_OF, FORMS_OF, TOGETHER } from './dialect-events.ts';
import { readDuration, readSchedule, writeDuration, writeSchedule } from './durations.ts';

export type EventType = Webhook['events'][number];

export interface HeaderDraft {
	readonly key: number;
	readonly name: string;
	/** Empty where it is kept: as it is, which nobody can read. */
	readonly value: string;
	readonly isKept: boolean;
}

export interface WebhookDraft {
	readonly accountId: string | undefined;
	/** Undefined: all of the account. */
	readonly instanceId: string | undefined;
	readonly dialect: Webhook['dialect'];
	readonly form: string | undefined;
	readonly url: string;
	readonly events: readonly EventType[];
	readonly order: Webhook['order'];
	readonly signatures: Webhook['signatures'];
	readonly headers: readonly HeaderDraft[];
	/** `kept`: what it has stays. */
	readonly authentication: 'kept' | 'none' | 'basic' | 'bearer';
	readonly username: string;
	readonly password: string;
	readonly token: string;
	/** Empty: the default of the gateway. */
	readonly schedule: string;
	readonly patience: string;
	readonly concurrency: string | number;
	readonly ratePerSecond: string | number;
}

const USUAL: readonly EventType[] = ['message.received', 'message.sent', 'message.status', 'message.failed'];

export function newDraft(accountId: string | undefined, instanceId: string | undefined): WebhookDraft {
	return {
		...{ accountId, instanceId, dialect: 'recado', form: undefined, url: '', events: USUAL },
		...{ order: 'chat', signatures: ['v1'], headers: [], authentication: 'none', username: '', password: '', token: '' },
		...{ schedule: '', patience: '', concurrency: '', ratePerSecond: '' },
	};
}

export function draftOf(webhook: Webhook): WebhookDraft {
	const { accountId, instanceId, dialect, form, url, events, order, signatures, headerNames, authentication } = webhook;
	const { scheduleMs, patienceMs, concurrency = '', ratePerSecond = '' } = webhook;
	return {
		...{ accountId, instanceId, dialect, form, url, events, order, signatures },
		headers: headerNames.map((name, key) => ({ key, name, value: '', isKept: true })),
		authentication: authentication ? 'kept' : 'none',
		...{ username: '', password: '', token: '', concurrency, ratePerSecond },
		schedule: scheduleMs ? writeSchedule(scheduleMs) : '',
		patience: patienceMs === undefined ? '' : writeDuration(patienceMs),
	};
}

/** With another API: what it has webhooks for. */
export function withDialect(draft: WebhookDraft, dialect: Webhook['dialect']): WebhookDraft {
	const kept = draft.events.filter((type) => EVENTS_OF[dialect].includes(type));
	return { ...draft, dialect, form: FORMS_OF[dialect]?.[0], events: kept.length > 0 ? kept : EVENTS_OF[dialect] };
}

/** One event more or less; with it those that the API does not tell apart. */
export function withEvent(draft: WebhookDraft, type: EventType, isWanted: boolean): WebhookDraft {
	const moved = TOGETHER[draft.dialect]?.find((group) => group.includes(type)) ?? [type];
	const rest = draft.events.filter((one) => !moved.includes(one));
	const wanted = isWanted ? [...rest, ...moved] : rest;
	return { ...draft, events: EVENTS_OF[draft.dialect].filter((one) => wanted.includes(one)) };
}

/** Without these there is nothing to refuse yet. */
export function canSend({ accountId, url, events }: WebhookDraft): boolean {
	return accountId !== undefined && url.trim() !== '' && events.length > 0;
}

/** Of `POST /webhooks`. */
export function creationOf(draft: WebhookDraft): object {
	const { accountId, instanceId, dialect, form } = draft;
	return {
		accountId,
		dialect,
		...(instanceId === undefined ? {} : { instanceId }),
		...(form === undefined ? {} : { form }),
		...changeOf(draft),
	};
}

/** Of `PATCH /webhooks/{id}`: what is empty is the default again. What is as it was is left out: to send an address again makes it flow. */
export function changeOf(draft: WebhookDraft, before?: Webhook): object {
	const { url, events, order, signatures, headers, schedule, patience, concurrency, ratePerSecond } = draft;
	const isFormer = (name: 'url' | 'events' | 'signatures', value: unknown): boolean =>
		JSON.stringify(before?.[name]) === JSON.stringify(value);
	return {
		...(isFormer('url', url.trim()) ? {} : { url: url.trim() }),
		...(isFormer('events', events) ? {} : { events }),
		...(isFormer('signatures', signatures) ? {} : { signatures }),
		order,
		...(isAsKept(headers, before?.headerNames ?? []) ? {} : { headers: headersOf(headers) }),
		...authenticationOf(draft),
		scheduleMs: schedule.trim() === '' ? null : readSchedule(schedule),
		patienceMs: patience.trim() === '' ? null : readDuration(patience),
		concurrency: concurrency === '' ? null : Number(concurrency),
		ratePerSecond: ratePerSecond === '' ? null : Number(ratePerSecond),
	};
}

function isAsKept(headers: readonly HeaderDraft[], names: readonly string[]): boolean {
	const written = headers.filter((header) => !isBlank(header));
	return written.length === names.length && written.every(({ isKept, value }) => isKept && value === '');
}

/** null: what it has by that name. */
function headersOf(headers: readonly HeaderDraft[]): Readonly<Record<string, string | null>> {
	const written = headers.filter((header) => !isBlank(header));
	return Object.fromEntries(written.map(({ name, value, isKept }) => [name.trim(), isKept && value === '' ? null : value]));
}

/** Added, and not filled in. */
export function isBlank({ name, value }: HeaderDraft): boolean {
	return name.trim() === '' && value === '';
}

function authenticationOf({ authentication, username, password, token }: WebhookDraft): object {
	switch (authentication) {
		case 'kept':
			return {};
		case 'none':
			return { authentication: null };
		case 'basic':
			return { authentication: { scheme: 'basic', username, password } };
		case 'bearer':
			return { authentication: { scheme: 'bearer', token } };
	}
}
