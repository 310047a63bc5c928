/** The store that the configuration means, open, with everything in it sealed by the present key. */
import type { Config } from '../config/config.ts';
import type { Store } from '../ports/store.ts';
import { createStore } from '../stores.ts';
import type { AppOverrides, World } from './world.ts';

/** Given to `building` before it is opened: what failed half-way is closed as well. */
export async function openStore(config: Config, world: World, { around }: AppOverrides, building: AsyncDisposableStack): Promise<Store> {
	const { clock, sealer, observer } = world;
	const onTrouble = (where: string, error: unknown): void => observer.background(where, error);
	const opened = building.use(await createStore(config.store, { clock, watch: observer, onTrouble }));
	const store = around?.store?.(opened) ?? opened;
	await store.open();
	if (!store.peers.isAlone && config.store.databasePooler === 'transaction') observer.peersPolled();
	clock.raise(await store.newestAt());
	if (config.secrets.previousKey) {
		await store.sealedSecrets.resealAll((sealed) => (sealer.isStale(sealed) ? sealer.seal(sealer.unseal(sealed)) : undefined));
	}
	return store;
}
