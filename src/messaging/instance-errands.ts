/**
 * What only the owner of an instance can do is done there, whoever asks. A part *offers* its work under a name, and gets back a function
 * of the same shape, which does the work here where the instance is this process's, and sends an errand where it is another's. An instance
 * that nobody owns becomes this process's first.
 *
 * Sender and owner run the same offers, so a name has one shape of arguments and one of answers; both are JSON on the way.
 */
import type { Instance } from '../domain/account.ts';
import { RecadoError } from '../errors.ts';
import type { Errand } from '../ports/peers.ts';
import type { Store } from '../ports/store.ts';
import type { Doors } from './doors.ts';
import type { Holding } from './holding.ts';

export interface ErrandParts {
	readonly store: Pick<Store, 'errands'> & { readonly accounts: Pick<Store['accounts'], 'instance'> };
	readonly holding: Holding;
	readonly doors: Doors;
	/** An instance became ours: its session goes on here, where it has one. */
	readonly onClaimed: (instanceId: string) => Promise<void>;
}

type Work = (instance: Instance, ...args: readonly unknown[]) => Promise<unknown>;

export class InstanceErrands {
	readonly #parts: ErrandParts;
	readonly #works = new Map<string, Work>();

	constructor(parts: ErrandParts) {
		this.#parts = parts;
		parts.store.errands.serve((instanceId, errand) => this.#serve(instanceId, errand));
	}

	offer<Args extends readonly unknown[], Result>(
		name: string,
		work: (instance: Instance, ...args: Args) => Promise<Result>,
	): (instance: Instance, ...args: Args) => Promise<Result> {
		this.#works.set(name, (instance, ...args) => work(instance, ...(args as unknown as Args)));
		return async (instance, ...args) => {
			const { doors, store } = this.#parts;
			const { id } = instance;
			const done = await this.#here(id, () => work(instance, ...args));
			if (done) return done.result;
			if (!(await doors.close(id, () => this.#claim(id)))) {
				const answer = await store.errands.send(id, { name, args: withoutEnd(args) });
				return (answer ?? undefined) as Result; // what answers nothing may come back as JSON's null
			}
			return (await this.#hereOrRefused(id, () => work(instance, ...args))).result;
		};
	}

	async #serve(instanceId: string, { name, args }: Errand): Promise<unknown> {
		const work = this.#works.get(name);
		if (!work) throw new Error(`no errand has the name ${name}: the process that sent it is of another version`);
		const instance = await this.#parts.store.accounts.instance(instanceId);
		if (!instance) throw new RecadoError('not_there', { details: { what: 'instance' } });
		return (await this.#hereOrRefused(instanceId, () => work(instance, ...args))).result;
	}

	/** Undefined where it is not ours, and nothing was done. */
	#here<T>(instanceId: string, work: () => Promise<T>): Promise<{ readonly result: T } | undefined> {
		const { doors, holding } = this.#parts;
		return doors.enter(instanceId, async () => (holding.isOurs(instanceId) ? { result: await work() } : undefined));
	}

	/** For one that was ours a moment ago. Throws store_unavailable where it is no more. */
	async #hereOrRefused<T>(instanceId: string, work: () => Promise<T>): Promise<{ readonly result: T }> {
		const done = await this.#here(instanceId, work);
		if (!done) throw new RecadoError('store_unavailable');
		return done;
	}

	async #claim(instanceId: string): Promise<boolean> {
		const { holding, onClaimed } = this.#parts;
		if (holding.isOurs(instanceId)) return true; // somebody else claimed it while we waited at the door
		if (!(await holding.claim(instanceId))) return false;
		await onClaimed(instanceId);
		return true;
	}
}

/** JSON knows no undefined: an argument that was left out is left out on the way too. */
function withoutEnd(args: readonly unknown[]): readonly unknown[] {
	return args.slice(0, args.findLastIndex((arg) => arg !== undefined) + 1);
}
