/**
 * What may look different now, derived from what is in the store anyway: events, the audit log (settings that somebody changed), jobs. A hint says where to
 * look, never what is there; so it may come twice, and for nothing.
 */
import type { EventHead, Newest } from '../ports/insight.ts';
import type { Jobs } from '../ports/jobs.ts';
import type { Page, PageRequest } from '../ports/pages.ts';
import type { Changed, Hint } from './live.ts';

/** As far as it is needed of an entry of the audit log. */
export interface SettingsChanged {
	readonly id: string;
	readonly accountId?: string;
	readonly route: string;
	readonly ids: Readonly<Record<string, string>>;
}

export interface SettingsLog {
	list(filter: { readonly since?: number }, page: PageRequest): Promise<Page<SettingsChanged>>;
}

/** Entries and jobs that are looked at, the newest: with more at once whoever looks sees them anyway. */
const LOOKED_AT = 50;
/** An entry is dated before it is written, and clocks of processes differ a little. */
const SLACK_MS = 10_000;

export function hintsOf({ items, leftOut }: Newest<EventHead>): readonly Hint[] {
	const hints = items.flatMap((event): readonly Hint[] => {
		const { type, accountId, instanceId, chatId, webhookId } = event;
		if (type.startsWith('webhook.')) return [{ what: 'webhooks', accountId, id: webhookId }];
		if (type.startsWith('instance.')) return [{ what: 'instances', accountId, id: instanceId }];
		return type === 'chat.presence' ? [] : [{ what: 'desk', accountId, id: chatId }];
	});
	// Events that were left out are of chats, nearly all.
	return leftOut === 0 ? hints : [...hints, { what: 'desk', accountId: undefined, id: undefined }];
}

/** Looks for what somebody changed since it last looked. */
export class SettingHints {
	readonly #log: SettingsLog;
	readonly #from: number;
	#known: ReadonlySet<string> = new Set();

	constructor(log: SettingsLog, now: number) {
		this.#log = log;
		this.#from = now;
	}

	async next(now: number): Promise<readonly Hint[]> {
		const { items } = await this.#log.list({ since: Math.max(this.#from, now - SLACK_MS) }, { limit: LOOKED_AT });
		const fresh = items.filter(({ id }) => !this.#known.has(id));
		this.#known = new Set(items.map(({ id }) => id));
		return fresh.flatMap(hintOf);
	}
}

/** By what a route manages; the first that fits. The rest is of no page that shows something live. */
const ROUTES: readonly (readonly [of: RegExp, what: Changed, id: RegExp])[] = [
	[/webhook|notify-sent-by-me/, 'webhooks', /^whk_/],
	[/\/jobs|\/erase/, 'jobs', /^job_/],
	[/attendance|\/chats|\/departments|\/operators|\/categor|\/desk|\/quick-repl|\/custom-buttons|\/tickets|\/notes/, 'desk', /^(cht|atd)_/],
	[/\/instances|\/applications|\/templates/, 'instances', /^ins_/],
];

function hintOf({ accountId, route, ids }: SettingsChanged): readonly Hint[] {
	const [, what, id] = ROUTES.find(([of]) => of.test(route)) ?? [];
	return what && id ? [{ what, accountId, id: Object.values(ids).find((one) => id.test(one)) }] : [];
}

/** Looks which jobs went on since it last looked. */
export class JobHints {
	readonly #jobs: Pick<Jobs, 'list'>;
	#known: ReadonlyMap<string, number> | undefined;

	constructor(jobs: Pick<Jobs, 'list'>) {
		this.#jobs = jobs;
	}

	async next(): Promise<readonly Hint[]> {
		const { items } = await this.#jobs.list({}, { limit: LOOKED_AT });
		const known = this.#known;
		this.#known = new Map(items.map(({ id, updatedAt }) => [id, updatedAt]));
		if (!known) return [];
		return items
			.filter(({ id, updatedAt }) => known.get(id) !== updatedAt)
			.map(({ id, filter }) => ({ what: 'jobs', accountId: filter.accountId, id }));
	}
}
