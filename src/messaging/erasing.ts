/**
 * Deleting what was written with a customer. What is in the queue is taken out of it where the instance is owned, so that it does not go any more; everything else
 * goes in batches. A batch that was deleted stays deleted where a later one fails: asking again goes on. The chat stays, and with it until when the customer may be
 * written to. Events and deliveries carry what they told as it was told, and are kept for their own time.
 */
import type { Instance } from '../domain/account.ts';
import type { Message } from '../domain/message.ts';
import { RecadoError } from '../errors.ts';
import type { Change } from '../ports/changes.ts';
import type { Clock } from '../ports/clock.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Store } from '../ports/store.ts';
import { partyOfAddress, readAddress } from './chat-opening.ts';
import type { Erasing, Messaging } from './services.ts';

/** Messages that go with one commit. */
const BATCH = 200;

export interface ErasingParts {
	readonly store: Pick<Store, 'chats' | 'messages'>;
	readonly outbox: Outbox;
	readonly messaging: Pick<Messaging, 'dequeue'>;
	readonly clock: Clock;
}

export class ErasingService implements Erasing {
	readonly #parts: ErasingParts;

	constructor(parts: ErasingParts) {
		this.#parts = parts;
	}

	async eraseMessages(instance: Instance, phone: string): Promise<number> {
		const { store, clock } = this.#parts;
		const { aliases } = partyOfAddress(readAddress(phone));
		const view = await store.chats.findByAlias(instance.id, instance.accountId, aliases);
		if (!view) return 0;
		const [latest] = await store.messages.ofChat(view.chat.id, { limit: 1 });
		// What comes meanwhile is of another time, and stays.
		const stored = { after: null, since: 0, until: clock.now(), ...(latest === undefined ? {} : { upTo: latest.id }) };
		let erased = 0;
		for (;;) {
			const messages = await store.messages.transcript(view.chat.id, stored, BATCH);
			if (messages.length === 0) return erased;
			const gone = await this.#eraseBatch(instance, messages);
			if (gone === 0) throw new RecadoError('conflict');
			erased += gone;
		}
	}

	/** Answers how many went: those that are on their way to the phone stay until they are there. */
	async #eraseBatch(instance: Instance, messages: readonly Message[]): Promise<number> {
		const queued = messages.filter(({ status }) => status === 'queued');
		const others = messages.filter(({ status }) => status !== 'queued');
		const withdrawn = await Promise.all(queued.map((message) => this.#withdraw(instance, message)));
		const changes = others.map(({ id }): Change => ({ kind: 'message.erase', id }));
		if (changes.length > 0) await this.#parts.outbox.commit({ changes, events: [] });
		return others.length + withdrawn.filter(Boolean).length;
	}

	async #withdraw(instance: Instance, { id }: Message): Promise<boolean> {
		try {
			await this.#parts.messaging.dequeue(instance, id);
			return true;
		} catch (error) {
			if (error instanceof RecadoError && (error.code === 'message_not_queued' || error.code === 'message_missing')) return false;
			throw error;
		}
	}
}
