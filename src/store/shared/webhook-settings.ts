/** What of a webhook is only handed back: JSON in one column, so that a further setting needs no migration. What is left out has its default. */
import type { Webhook } from '../../domain/webhook.ts';

export interface WebhookSettings
	extends Partial<Pick<Webhook, 'authorization' | 'keyPairs' | 'signatures' | 'patienceMs' | 'concurrency' | 'ratePerSecond'>> {}

export function settingsOf(webhook: Webhook): WebhookSettings {
	const { authorization, keyPairs, signatures, patienceMs, concurrency, ratePerSecond } = webhook;
	return {
		keyPairs,
		signatures,
		...(authorization === undefined ? {} : { authorization }),
		...(patienceMs === undefined ? {} : { patienceMs }),
		...(concurrency === undefined ? {} : { concurrency }),
		...(ratePerSecond === undefined ? {} : { ratePerSecond }),
	};
}
