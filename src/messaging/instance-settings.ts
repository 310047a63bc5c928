/** Keeps what instances do by themselves. */
import type { Instance } from '../domain/account.ts';
import { type InstanceSettings, USUAL_SETTINGS } from '../domain/instance-settings.ts';
import type { Clock } from '../ports/clock.ts';
import { collection } from '../ports/documents.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Store } from '../ports/store.ts';
import { commitDecided } from './commit.ts';
import type { InstanceSetting } from './services.ts';

/** One document an instance, by its id; none before the first change. */
const SETTINGS = collection<Partial<InstanceSettings>>('instance-settings');

export interface InstanceSettingParts {
	readonly store: Pick<Store, 'documents'>;
	readonly outbox: Outbox;
	readonly clock: Clock;
}

export class InstanceSettingService implements InstanceSetting {
	readonly #parts: InstanceSettingParts;

	constructor(parts: InstanceSettingParts) {
		this.#parts = parts;
	}

	async get({ id }: Instance): Promise<InstanceSettings> {
		return { ...USUAL_SETTINGS, ...(await SETTINGS.get(this.#parts.store.documents, id))?.value };
	}

	set({ id, accountId }: Instance, change: Partial<InstanceSettings>): Promise<InstanceSettings> {
		const { store, outbox, clock } = this.#parts;
		return commitDecided(outbox, async () => {
			const kept = await SETTINGS.get(store.documents, id);
			const value: InstanceSettings = { ...USUAL_SETTINGS, ...kept?.value, ...change };
			const put = SETTINGS.put({ id, accountId, parentId: id, at: clock.now(), value }, kept?.version ?? 0);
			return { result: value, decision: { changes: [put], events: [] } };
		});
	}
}
