/** Several processes on one store, as far as they hear of each other: who is a member, who owns which instance, news and errands. All in memory. */
import { RecadoError } from '../../src/errors.ts';
import type { Errand, Errands, News, Ownership, PeerEars, Peers } from '../../src/ports/peers.ts';
import type { Store } from '../../src/ports/store.ts';

export class Neighbourhood {
	readonly neighbours: Neighbour[] = [];
	/** By instance. */
	readonly owners: Map<string, Neighbour> = new Map();
	/** News that get lost on the way. */
	isDeaf = false;

	join(name: string): Neighbour {
		const neighbour = new Neighbour(name, this);
		this.neighbours.push(neighbour);
		for (const other of this.neighbours) if (other !== neighbour) other.ears?.changed();
		return neighbour;
	}

	get members(): Neighbour[] {
		return this.neighbours.filter((one) => one.isMember);
	}

	/** What is its own is nobody's from now on. */
	forget(neighbour: Neighbour): void {
		for (const [id, owner] of this.owners) if (owner === neighbour) this.owners.delete(id);
	}
}

export class Neighbour implements Peers, Ownership, Errands {
	readonly isAlone = false;
	readonly self: string;
	readonly told: News[] = [];
	readonly sent: Errand[] = [];
	ears: PeerEars | undefined;
	isMember = true;
	/** It does nothing for a while, without knowing: others would say that its lease has ended, nobody has told it so. */
	isPaused = false;
	readonly #neighbourhood: Neighbourhood;
	#run: Parameters<Errands['serve']>[0] = async () => undefined;

	constructor(name: string, neighbourhood: Neighbourhood) {
		this.self = name;
		this.#neighbourhood = neighbourhood;
	}

	/** The store as this process sees it. */
	over(store: Store): Store {
		return {
			...store,
			open: () => store.open(),
			commit: (unit) => store.commit(unit),
			probe: () => store.probe(),
			newestAt: () => store.newestAt(),
			[Symbol.asyncDispose]: async () => undefined,
			peers: this,
			ownership: this,
			errands: this,
		};
	}

	get members(): readonly string[] {
		return this.#neighbourhood.members.map((one) => one.self);
	}

	listen(ears: PeerEars): void {
		this.ears = ears;
	}

	holds(): boolean {
		return this.isMember && !this.isPaused;
	}

	tell(news: News): void {
		this.told.push(news);
		if (this.#neighbourhood.isDeaf) return;
		for (const other of this.#neighbourhood.members) if (other !== this) queueMicrotask(() => other.ears?.hear(news));
	}

	async leave(): Promise<void> {
		this.isMember = false;
		this.#neighbourhood.forget(this);
	}

	/** The lease ends, the others find out. */
	lose(): void {
		this.isMember = false;
		this.#neighbourhood.forget(this);
		this.ears?.lost();
		for (const other of this.#neighbourhood.members) other.ears?.changed();
	}

	rejoin(): void {
		this.isMember = true;
		this.isPaused = false;
		for (const one of this.#neighbourhood.members) one.ears?.changed();
	}

	async claim(instanceId: string): Promise<boolean> {
		const { owners } = this.#neighbourhood;
		if (!this.isMember) return false;
		if (!owners.has(instanceId)) owners.set(instanceId, this);
		return owners.get(instanceId) === this;
	}

	async release(instanceId: string): Promise<void> {
		if (this.isOurs(instanceId)) this.#neighbourhood.owners.delete(instanceId);
	}

	async share(instanceIds: readonly string[]): Promise<{ ours: readonly string[]; beyond: readonly string[] }> {
		const { owners, members } = this.#neighbourhood;
		const part = Math.ceil(instanceIds.length / members.length);
		const mine = (): string[] => instanceIds.filter((id) => owners.get(id) === this);
		for (const id of instanceIds) if (this.isMember && !owners.has(id) && mine().length < part) owners.set(id, this);
		return { ours: mine(), beyond: mine().slice(part) };
	}

	isOurs(instanceId: string): boolean {
		return this.#neighbourhood.owners.get(instanceId) === this;
	}

	async send(instanceId: string, errand: Errand): Promise<unknown> {
		this.sent.push(errand);
		const owner = this.#neighbourhood.owners.get(instanceId);
		if (!owner || owner.isPaused) throw new RecadoError('store_unavailable');
		const result = await owner.#run(instanceId, onTheWay(errand) as Errand);
		return onTheWay(result);
	}

	serve(run: Parameters<Errands['serve']>[0]): void {
		this.#run = run;
	}
}

function onTheWay(value: unknown): unknown {
	return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
