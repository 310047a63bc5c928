/** Business hours of an account; what they mean is told in `domain/opening-hours.ts`. */
import { faultsOfHours, type OpeningHours, openingAt } from '../domain/opening-hours.ts';
import { RecadoError } from '../errors.ts';
import type { AccountSettings } from './account-settings.ts';
import type { Hours } from './answering-services.ts';

export class BusinessHours implements Hours {
	readonly #settings: AccountSettings;

	constructor(settings: AccountSettings) {
		this.#settings = settings;
	}

	async get(accountId: string): Promise<OpeningHours | undefined> {
		return (await this.#settings.of(accountId)).hours;
	}

	async set(accountId: string, hours: OpeningHours | undefined): Promise<void> {
		const faults = hours ? faultsOfHours(hours) : [];
		if (faults.length > 0) throw new RecadoError('invalid_request', { faults });
		await this.#settings.set(accountId, 'hours', hours);
	}

	async isOpen(accountId: string, at: number): Promise<boolean> {
		const hours = await this.get(accountId);
		return !hours?.active || openingAt(hours, at).isOpen;
	}
}
