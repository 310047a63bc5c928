/** The queues of all instances; made on first use. Only the owner of an instance works its queue off; anybody may accept a message into it. */
import type { Message } from '../domain/message.ts';
import type { Store } from '../ports/store.ts';
import { InstanceQueue, type QueueParts } from './instance-queue.ts';
import { type QueueFacts, RememberedFacts, StoredFacts } from './queue-facts.ts';

export interface QueuesParts extends QueueParts {
	readonly store: QueueParts['store'] & Pick<Store, 'peers'>;
}

export class InstanceQueues implements AsyncDisposable {
	readonly #parts: QueuesParts;
	readonly #facts: (instanceId: string) => QueueFacts;
	readonly #queues = new Map<string, InstanceQueue>();

	constructor(parts: QueuesParts) {
		this.#parts = parts;
		const { peers, messages } = parts.store;
		this.#facts = peers.isAlone ? (id) => new RememberedFacts(id, messages) : (id) => new StoredFacts(id, messages);
	}

	of(instanceId: string): InstanceQueue {
		const known = this.#queues.get(instanceId);
		if (known) return known;
		const queue = new InstanceQueue(instanceId, this.#parts, this.#facts(instanceId));
		this.#queues.set(instanceId, queue);
		return queue;
	}

	/** A message was committed into the queue of its instance. */
	accepted(message: Message): void {
		const { instanceId } = message;
		if (this.#parts.holding.isOurs(instanceId)) this.of(instanceId).accepted(message);
		else this.#parts.store.peers.tell({ kind: 'queue', instanceId });
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await Promise.all([...this.#queues.values()].map((queue) => queue.stop()));
	}
}
