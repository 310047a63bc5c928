/**
 * What an account set for its service desk, in one document: it is read with each message that a customer writes. Whoever changes a part of it leaves the
 * others as they are.
 */
import type { OpeningHours } from '../domain/opening-hours.ts';
import { RecadoError } from '../errors.ts';
import { commitDecided } from '../messaging/commit.ts';
import type { Clock } from '../ports/clock.ts';
import { collection } from '../ports/documents.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Store } from '../ports/store.ts';
import type { SurveySettings, UraSettings } from './answering-services.ts';

export interface DeskSettings {
	readonly hours?: OpeningHours;
	readonly ura?: UraSettings;
	readonly survey?: SurveySettings;
}

const SETTINGS = collection<DeskSettings>('desk-settings');

export interface SettingsParts {
	readonly store: Pick<Store, 'accounts' | 'documents'>;
	readonly outbox: Outbox;
	readonly clock: Clock;
}

export class AccountSettings {
	readonly #parts: SettingsParts;

	constructor(parts: SettingsParts) {
		this.#parts = parts;
	}

	async of(accountId: string): Promise<DeskSettings> {
		return (await SETTINGS.get(this.#parts.store.documents, accountId))?.value ?? {};
	}

	/** Throws not_there (what: account). */
	async set<K extends keyof DeskSettings>(accountId: string, part: K, value: DeskSettings[K]): Promise<void> {
		const { store, outbox, clock } = this.#parts;
		if (!(await store.accounts.account(accountId))) throw new RecadoError('not_there', { details: { what: 'account' } });
		await commitDecided(outbox, async () => {
			const kept = await SETTINGS.get(store.documents, accountId);
			const { [part]: _old, ...others } = kept?.value ?? {};
			const settings: DeskSettings = value === undefined ? others : { ...others, [part]: value };
			const put = SETTINGS.put({ id: accountId, accountId, at: clock.now(), value: settings }, kept?.version ?? 0);
			return { result: undefined, decision: { changes: [put], events: [] } };
		});
	}
}
