/** Looks up what an address names. All throw not_there with the kind of thing that is missing. */
import type { Account, Instance } from '../../domain/account.ts';
import type { Thing } from '../../error-words.ts';
import { RecadoError } from '../../errors.ts';
import type { RecadoReads } from './deps.ts';

export function found<T>(what: Thing, thing: T | undefined): T {
	if (thing === undefined) throw new RecadoError('not_there', { details: { what } });
	return thing;
}

export async function foundAccount(store: RecadoReads, id: string): Promise<Account> {
	return found('account', await store.accounts.account(id));
}

export async function foundInstance(store: RecadoReads, id: string): Promise<Instance> {
	return found('instance', await store.accounts.instance(id));
}
