/**
 * The sessions of the instances that are this process's, each with its queue. A person may disconnect an instance (its queue is kept, nobody
 * is told), connect it and restart it; the channel reports what happens otherwise, through the inbox. All of it happens at the owner of the
 * instance, to which it is sent. An instance that goes to another process leaves no trace: its session is closed here and goes on there.
 */
import type { Instance } from '../domain/account.ts';
import { Serial } from '../domain/serial.ts';
import { RecadoError } from '../errors.ts';
import type { Observer } from '../observe/observer.ts';
import type { Channel } from '../ports/channel.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Store } from '../ports/store.ts';
import type { Doors } from './doors.ts';
import type { Holding } from './holding.ts';
import type { InstanceErrands } from './instance-errands.ts';
import type { InstanceQueues } from './instance-queues.ts';
import type { Instances } from './services.ts';

export interface SupervisorParts {
	readonly store: Pick<Store, 'accounts' | 'ownership' | 'peers'>;
	readonly outbox: Outbox;
	readonly channelOf: (instance: Instance) => Channel;
	readonly queues: InstanceQueues;
	readonly errands: InstanceErrands;
	readonly holding: Holding;
	readonly doors: Doors;
	readonly observer: Observer;
}

export class InstanceSupervisor implements Instances {
	readonly connect: Instances['connect'];
	readonly disconnect: Instances['disconnect'];
	readonly restart: Instances['restart'];
	readonly qrCode: Instances['qrCode'];
	readonly #parts: SupervisorParts;
	readonly #serial = new Serial();
	/** By id, as they were when they opened. */
	readonly #sessions = new Map<string, Instance>();

	constructor(parts: SupervisorParts) {
		this.#parts = parts;
		const { errands, channelOf } = parts;
		this.connect = errands.offer('instance.connect', (instance) => this.#connect(instance));
		this.disconnect = errands.offer('instance.disconnect', (instance) => this.#disconnect(instance));
		this.restart = errands.offer('instance.restart', async (instance) => {
			await this.#disconnect(instance);
			await this.#connect(instance);
		});
		this.qrCode = errands.offer('instance.qrCode', (instance) => channelOf(instance).qrCode(instance.id));
	}

	/** Those with a session here. */
	get sessionIds(): readonly string[] {
		return [...this.#sessions.keys()];
	}

	hasSession(instanceId: string): boolean {
		return this.#sessions.has(instanceId);
	}

	/** Called by the inbox once a change of connection is durable. */
	onConnection(instance: Instance, state: Instance['state']): void {
		if (!this.#parts.holding.isOurs(instance.id)) return; // lost while it was being committed
		const queue = this.#parts.queues.of(instance.id);
		if (state === 'connected') {
			this.#sessions.set(instance.id, instance);
			queue.start();
		} else {
			this.#sessions.delete(instance.id);
			queue.stop().catch((error: unknown) => this.#parts.observer.background('instance.queue', error));
		}
	}

	/**
	 * An instance is ours that was not: what the channel still knows of it from an earlier time is forgotten, and a session that was open goes
	 * on. To be called with its door closed; where its session is here, nothing happens.
	 */
	async arrive(instanceId: string): Promise<void> {
		const { store, channelOf } = this.#parts;
		if (this.#sessions.has(instanceId)) return;
		const instance = await store.accounts.instance(instanceId);
		if (!instance) return;
		await channelOf(instance).release(instanceId);
		if (instance.state === 'connected') await this.#connect(instance);
	}

	/** Gives an instance to whoever wants it. */
	async handOver(instanceId: string): Promise<void> {
		const { store, doors, queues, channelOf } = this.#parts;
		await doors.close(instanceId, async () => {
			const instance = this.#sessions.get(instanceId);
			// First of all: where something fails below, the session is not here any more, and is opened again.
			this.#sessions.delete(instanceId);
			await queues.of(instanceId).stop();
			if (instance) await channelOf(instance).release(instanceId);
			await store.ownership.release(instanceId);
		});
		store.peers.tell({ kind: 'instances' });
	}

	/** Nothing is ours any more: all sessions and queues stop at once. */
	lost(): void {
		const { doors, queues, channelOf, observer } = this.#parts;
		for (const [id, instance] of this.#sessions) {
			const stopping = Promise.all([queues.of(id).stop(), channelOf(instance).release(id)]).catch((error: unknown) =>
				observer.background('instance.lost', error),
			);
			// Whoever wants it again waits until this is over.
			void doors.close(id, () => stopping);
		}
		this.#sessions.clear();
	}

	async #connect(instance: Instance): Promise<void> {
		const { channelOf, queues, holding } = this.#parts;
		await this.#serial.run(instance.id, async () => {
			const channel = channelOf(instance);
			await channel.connect(instance);
			// It may have been lost meanwhile, when there was no session yet to be closed.
			if (!holding.isOurs(instance.id)) await channel.release(instance.id);
			holding.assertOurs(instance.id);
			this.#sessions.set(instance.id, instance);
			queues.of(instance.id).start();
		});
	}

	async #disconnect(instance: Instance): Promise<void> {
		const { outbox, queues, channelOf, holding } = this.#parts;
		await this.#serial.run(instance.id, async () => {
			this.#sessions.delete(instance.id);
			await queues.of(instance.id).stop();
			await channelOf(instance).disconnect(instance.id);
			holding.assertOurs(instance.id);
			const conflict = await outbox.commit({ changes: [{ kind: 'instance.update', id: instance.id, state: 'disconnected' }], events: [] });
			if (conflict) throw new RecadoError('not_there', { details: { what: 'instance' } });
		});
	}
}
