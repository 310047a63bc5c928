/**
 * The life of instances. At start the sessions that were open are resumed, each with its queue. A person may disconnect an instance (its
 * queue is kept, nobody is told), connect it and restart it; the channel reports what happens otherwise, through the inbox.
 */
import type { Instance } from '../domain/account.ts';
import { Serial } from '../domain/serial.ts';
import { RecadoError } from '../errors.ts';
import type { Observer } from '../observe/observer.ts';
import type { Channel } from '../ports/channel.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Store } from '../ports/store.ts';
import type { InstanceQueues } from './instance-queue.ts';
import type { Instances } from './services.ts';

export interface SupervisorParts {
	readonly store: Pick<Store, 'accounts'>;
	readonly outbox: Outbox;
	readonly channelOf: (instance: Instance) => Channel;
	readonly queues: InstanceQueues;
	readonly observer: Observer;
}

export class InstanceSupervisor implements Instances {
	readonly #parts: SupervisorParts;
	readonly #serial = new Serial();

	constructor(parts: SupervisorParts) {
		this.#parts = parts;
	}

	/** Resumes the sessions that were open; one that cannot be resumed is told of and does not keep the others. */
	async start(): Promise<void> {
		const { store, observer } = this.#parts;
		const open = (await store.accounts.allInstances()).filter((instance) => instance.state === 'connected');
		await Promise.all(
			open.map((instance) => this.connect(instance).catch((error: unknown) => observer.background('instance.resume', error))),
		);
	}

	/** Called by the inbox once a change of connection is durable. */
	onConnection(instance: Instance, state: Instance['state']): void {
		const queue = this.#parts.queues.of(instance.id);
		if (state === 'connected') queue.start();
		else queue.stop().catch((error: unknown) => this.#parts.observer.background('instance.queue', error));
	}

	async connect(instance: Instance): Promise<void> {
		await this.#serial.run(instance.id, () => this.#parts.channelOf(instance).connect(instance));
		this.#parts.queues.of(instance.id).start();
	}

	async disconnect(instance: Instance): Promise<void> {
		const { outbox, queues, channelOf } = this.#parts;
		await this.#serial.run(instance.id, async () => {
			await queues.of(instance.id).stop();
			await channelOf(instance).disconnect(instance.id);
			const conflict = await outbox.commit({ changes: [{ kind: 'instance.update', id: instance.id, state: 'disconnected' }], events: [] });
			if (conflict) throw new RecadoError('not_there', { details: { what: 'instance' } });
		});
	}

	async restart(instance: Instance): Promise<void> {
		await this.disconnect(instance);
		await this.connect(instance);
	}

	async qrCode(instance: Instance): Promise<string | undefined> {
		return this.#parts.channelOf(instance).qrCode(instance.id);
	}
}
