/** What tells of the gateway: figures, what needs a person, the live stream. */
import type { BuiltAccess } from '../access/access.ts';
import type { Config } from '../config/config.ts';
import { encodeLive } from '../dialects/recado/views/live.ts';
import { type BuiltInsight, createInsight } from '../insight/insight.ts';
import type { Store } from '../ports/store.ts';
import type { BuiltDelivery } from './delivery.ts';
import type { World } from './world.ts';

export function buildInsight(
	config: Config,
	parts: World & BuiltDelivery & { readonly access: BuiltAccess; readonly store: Store },
): BuiltInsight {
	const { access, registry, dispatcher } = parts;
	return createInsight({
		...parts,
		*webhooks() {
			for (const { webhook } of registry.all()) yield webhook;
		},
		inFlight: () => dispatcher.snapshot().inFlight,
		settings: access.audit,
		encode: encodeLive,
		options: config.console,
	});
}
