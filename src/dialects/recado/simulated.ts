/** What requests to a simulated world name: its instance, a chat of many. */
import type { Instance } from '../../domain/account.ts';
import { type AddressKind, parseAddress } from '../../domain/phone.ts';
import { RecadoError } from '../../errors.ts';
import type { RecadoDeps } from './deps.ts';
import { foundInstance } from './found.ts';
import { faulty } from './inputs.ts';

const SHARED: ReadonlySet<AddressKind> = new Set(['group', 'newsletter', 'broadcast']);

/** Throws not_there (what: instance), not_a_simulator. */
export async function simulated({ store }: Pick<RecadoDeps, 'store'>, instanceId: string): Promise<Instance> {
	const instance = await foundInstance(store, instanceId);
	if (instance.channel !== 'simulator') throw new RecadoError('not_a_simulator');
	return instance;
}

/** The address of a chat of many. Throws invalid_request that names the field. */
export function readShared(path: string, written: string): string {
	const address = parseAddress(written);
	if (address !== undefined && SHARED.has(address.kind)) return address.value;
	throw faulty({
		path,
		en: 'must be a group, a newsletter or a broadcast list',
		pt: 'deve ser um grupo, um canal ou uma lista de transmissão',
	});
}
