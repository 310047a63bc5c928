/**
 * What channels observe. Each observation is one unit: the raw observation in the journal together with all that follows from it; the
 * channel may acknowledge it to its provider when `observe` resolves. An observation that is in the journal already changes nothing.
 * One whose effects cannot be worked out is kept in the journal as `failed`, and tried again at the next start.
 * A status that comes before its message waits in the journal and is applied with it.
 */
import type { Instance } from '../domain/account.ts';
import type { DomainEvent, EventOf } from '../domain/event.ts';
import type { Message, MessageContent } from '../domain/message.ts';
import { type Advance, advance, fail } from '../domain/message-status.ts';
import { phoneKey } from '../domain/phone.ts';
import { Serial } from '../domain/serial.ts';
import { RecadoError } from '../errors.ts';
import type { Observer } from '../observe/observer.ts';
import type { ChannelSink, InboundMessage, InboundParty, Observation } from '../ports/channel.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Change, JournalEntry, Store } from '../ports/store.ts';
import { correspondentOf, type OpenedChat, openChat } from './chat-opening.ts';
import type { Holding } from './holding.ts';
import { failedEvent, receivedEvent, stepEvents } from './message-events.ts';
import { newInteractionId } from './sending.ts';

export interface InboxParts {
	readonly store: Pick<Store, 'accounts' | 'chats' | 'messages' | 'journal'>;
	readonly outbox: Outbox;
	readonly clock: Clock;
	readonly ids: Ids;
	readonly observer: Observer;
	readonly holding: Pick<Holding, 'claim' | 'assertOurs'>;
	/** Told after the commit, so that queues begin or rest. */
	readonly onConnection: (instance: Instance, state: Instance['state']) => void;
}

/** What an observation means, apart from its journal entry. */
interface Effects {
	readonly changes: readonly Change[];
	readonly events: readonly DomainEvent[];
	/** The status is early: the entry waits for this message. */
	readonly waitsFor?: string;
	readonly after?: () => void;
}

const NO_EFFECTS: Effects = { changes: [], events: [] };

/** How many failed entries a start tries again. */
const RETRIED_AT_START_MAX = 1000;

/** Attempts to decide under changing state before the entry is kept as failed. */
const DECISIONS_MAX = 10;

export class Inbox implements ChannelSink {
	readonly #parts: InboxParts;
	readonly #serial = new Serial();

	constructor(parts: InboxParts) {
		this.#parts = parts;
	}

	async observe(instanceId: string, observations: readonly Observation[]): Promise<void> {
		const works: Promise<void>[] = [];
		// Whoever comes first takes their turns first, also where finding out whose turn it is takes a look into the store.
		await this.#serial.run(`${instanceId}/arrival`, async () => {
			for (const item of observations.flatMap(itemsOf)) {
				const turns = await this.#turnsOf(instanceId, item);
				const work = this.#inTurns(instanceId, turns, () => this.#take(instanceId, item));
				work.catch(() => undefined); // heard below, and also where the next look fails
				works.push(work);
			}
		});
		await Promise.all(works);
	}

	/** Tries again what could not be worked out in earlier lives, of instances that are nobody else's. */
	async retryFailed(): Promise<void> {
		const { store, observer, holding } = this.#parts;
		for (const entry of await store.journal.failed(RETRIED_AT_START_MAX)) {
			try {
				if (!(await holding.claim(entry.instanceId))) continue;
				const instance = await this.#instance(entry.instanceId);
				const observation = JSON.parse(entry.observation) as Observation;
				const turns = await this.#turnsOf(instance.id, observation);
				await this.#inTurns(instance.id, turns, () => this.#commit(instance, observation, (effects) => settled(entry, effects)));
			} catch (error) {
				observer.observationFailed({ instanceId: entry.instanceId, observationId: entry.observationId, kind: 'retried' }, error);
			}
		}
	}

	/** Observations about one chat, and about one message, are worked out one after the other. */
	#inTurns(instanceId: string, turns: readonly string[], work: () => Promise<void>): Promise<void> {
		return turns.reduceRight<() => Promise<void>>((inner, turn) => () => this.#serial.run(`${instanceId}/${turn}`, inner), work)();
	}

	/** What is told of a message belongs to its chat, where both are known: webhooks hear of it in the order in which it was told. */
	async #turnsOf(instanceId: string, observation: Observation): Promise<readonly string[]> {
		const { store } = this.#parts;
		switch (observation.kind) {
			case 'message':
				return [chatTurn(observation.message.chat), messageTurn(observation.message.whatsappId)];
			case 'status':
			case 'failure': {
				const whatsappId = observation.kind === 'failure' ? observation.whatsappId : (observation.whatsappIds[0] ?? '');
				const message = await store.messages.byWhatsappId(instanceId, whatsappId);
				const view = message && (await store.chats.chat(message.chatId));
				return view ? [chatTurn(view.chat), messageTurn(whatsappId)] : [messageTurn(whatsappId)];
			}
			case 'presence':
				return [chatTurn(observation.from)];
			case 'unknown':
				return [observation.from === undefined ? 'unknown' : chatTurn(observation.from)];
			case 'connected':
			case 'disconnected':
				return ['connection'];
		}
	}

	async #take(instanceId: string, observation: Observation): Promise<void> {
		const { observer } = this.#parts;
		const told = { instanceId, observationId: observation.id, kind: observation.kind };
		const instance = await this.#instance(instanceId);
		try {
			await this.#commit(instance, observation, (effects) => ({
				kind: 'journal.insert',
				entry: this.#entryOf(instance.id, observation, effects),
			}));
			observer.observationJournalled(told);
		} catch (error) {
			// The store's own trouble is the channel's to repeat: nothing is durable, so nothing may be acknowledged.
			if (error instanceof RecadoError && error.code === 'store_unavailable') throw error;
			await this.#keepFailed(instanceId, observation, error);
			observer.observationFailed(told, error);
		}
	}

	async #commit(instance: Instance, observation: Observation, note: (effects: Effects) => Change): Promise<void> {
		const { outbox } = this.#parts;
		for (let conflicts = 0; conflicts < DECISIONS_MAX; conflicts += 1) {
			const effects = await this.#effectsOf(instance, observation, conflicts);
			// The owner alone takes turns over what is observed, and so keeps its order.
			this.#parts.holding.assertOurs(instance.id);
			const conflict = await outbox.commit({ changes: [note(effects), ...effects.changes], events: effects.events });
			if (conflict?.what === 'journal') return; // a repetition
			if (!conflict) return effects.after?.();
		}
		throw new RecadoError('conflict');
	}

	async #keepFailed(instanceId: string, observation: Observation, error: unknown): Promise<void> {
		const entry = this.#entry(instanceId, observation, { state: 'failed', error: error instanceof Error ? error.message : String(error) });
		await this.#parts.outbox.commit({ changes: [{ kind: 'journal.insert', entry }], events: [] });
	}

	#entryOf(instanceId: string, observation: Observation, { waitsFor }: Effects): JournalEntry {
		return this.#entry(instanceId, observation, waitsFor === undefined ? { state: 'done' } : { state: 'waiting', waitsFor });
	}

	#entry(instanceId: string, observation: Observation, state: Pick<JournalEntry, 'state' | 'waitsFor' | 'error'>): JournalEntry {
		const { ids } = this.#parts;
		return {
			id: ids.next('jrn'),
			instanceId,
			observationId: observation.id,
			at: observation.at,
			observation: JSON.stringify(observation),
			...state,
		};
	}

	async #effectsOf(instance: Instance, observation: Observation, conflicts: number): Promise<Effects> {
		switch (observation.kind) {
			case 'message':
				return this.#ofMessage(instance, observation, observation.message, conflicts);
			case 'status':
				return this.#ofStatus(instance, observation);
			case 'failure':
				return this.#ofFailure(instance, observation);
			case 'presence':
				return this.#ofPresence(instance, observation);
			case 'connected':
			case 'disconnected':
				return this.#ofConnection(instance, observation);
			case 'unknown':
				return observation.from === undefined ? NO_EFFECTS : this.#ofUnknown(instance, observation, observation.from, conflicts);
		}
	}

	async #ofMessage(instance: Instance, observation: Observation, inbound: InboundMessage, conflicts: number): Promise<Effects> {
		const { store, ids } = this.#parts;
		const { at } = observation;
		// A conflict may mean that this message came before under another observation.
		if (conflicts > 0 && (await store.messages.byWhatsappId(instance.id, inbound.whatsappId))) return NO_EFFECTS;
		const opened = await openChat({ store, ids, instance, party: inbound.chat, at });
		const arrived = this.#arrived(instance, opened, inbound, at);
		const context = { ids, instance, with: correspondentOf(opened), at };
		const early = await this.#applyEarly(instance, arrived);
		return {
			changes: [
				...opened.changes,
				{ kind: 'message.insert', message: early.advanced?.message ?? arrived },
				{
					kind: 'chat.touch',
					id: opened.chat.id,
					lastMessageAt: at,
					...(inbound.fromMe ? {} : { lastInboundAt: at, waitingSince: at }),
					...(opened.chat.thread === undefined && arrived.thread !== undefined ? { thread: arrived.thread } : {}),
				},
				...early.changes,
			],
			events: [receivedEvent(arrived, context), ...(early.advanced ? stepEvents(early.advanced, context) : [])],
		};
	}

	#arrived(instance: Instance, { chat }: OpenedChat, inbound: InboundMessage, at: number): Message {
		const { ids } = this.#parts;
		const status = inbound.fromMe ? 'sent' : 'received';
		return {
			id: ids.next('msg'),
			whatsappId: inbound.whatsappId,
			accountId: instance.accountId,
			instanceId: instance.id,
			chatId: chat.id,
			fromMe: inbound.fromMe,
			origin: 'phone',
			content: inbound.content,
			status,
			timeline: { [status]: at },
			...(inbound.replyTo === undefined ? {} : { replyTo: inbound.replyTo }),
			thread: chat.thread ?? { interactionId: newInteractionId(ids) },
			createdAt: at,
			updatedAt: at,
		};
	}

	/** Statuses that came before this message. */
	async #applyEarly(instance: Instance, message: Message): Promise<{ advanced?: Advance; changes: readonly Change[] }> {
		const waiting = await this.#parts.store.journal.waitingFor(instance.id, message.whatsappId);
		let advanced: Advance | undefined;
		for (const entry of waiting) {
			const observation = JSON.parse(entry.observation) as Observation;
			if (observation.kind !== 'status') continue;
			const next = advance(advanced?.message ?? message, observation.step, observation.at);
			if (next) advanced = { message: next.message, steps: [...(advanced?.steps ?? []), ...next.steps] };
		}
		const changes = waiting.map((entry): Change => ({ kind: 'journal.settle', id: entry.id, state: 'done' }));
		return { ...(advanced ? { advanced } : {}), changes };
	}

	async #ofStatus(instance: Instance, observation: Extract<Observation, { kind: 'status' }>): Promise<Effects> {
		const { store, ids } = this.#parts;
		const [whatsappId] = observation.whatsappIds;
		if (whatsappId === undefined) return NO_EFFECTS;
		const message = await store.messages.byWhatsappId(instance.id, whatsappId);
		if (!message) return { ...NO_EFFECTS, waitsFor: whatsappId };
		const advanced = advance(message, observation.step, observation.at);
		const view = await store.chats.chat(message.chatId);
		if (!advanced || !view) return NO_EFFECTS;
		const context = { ids, instance, with: correspondentOf(view), at: observation.at };
		return {
			changes: [{ kind: 'message.advance', from: message.status, message: advanced.message }],
			events: stepEvents(advanced, context),
		};
	}

	async #ofFailure(instance: Instance, observation: Extract<Observation, { kind: 'failure' }>): Promise<Effects> {
		const { store, ids } = this.#parts;
		const message = await store.messages.byWhatsappId(instance.id, observation.whatsappId);
		const failed = message && fail(message, observation.failure, observation.at);
		const view = message && (await store.chats.chat(message.chatId));
		if (!message || !failed || !view) return NO_EFFECTS;
		const context = { ids, instance, with: correspondentOf(view), at: observation.at };
		return { changes: [{ kind: 'message.advance', from: message.status, message: failed }], events: [failedEvent(failed, context)] };
	}

	async #ofPresence(instance: Instance, observation: Extract<Observation, { kind: 'presence' }>): Promise<Effects> {
		const { store, ids } = this.#parts;
		const { at, status, lastSeenAt } = observation;
		const opened = await openChat({ store, ids, instance, party: observation.from, at });
		const event: DomainEvent = {
			...eventBase(ids, instance, at),
			type: 'chat.presence',
			chatId: opened.chat.id,
			data: { status, with: correspondentOf(opened), ...(lastSeenAt === undefined ? {} : { lastSeenAt }) },
		};
		return { changes: opened.changes, events: [event] };
	}

	async #ofConnection(instance: Instance, observation: Extract<Observation, { kind: 'connected' | 'disconnected' }>): Promise<Effects> {
		const { ids, observer, onConnection } = this.#parts;
		const state = observation.kind;
		// A session that is resumed after a restart of ours is no news to anybody.
		if (instance.state === state) return { ...NO_EFFECTS, after: () => onConnection(instance, state) };
		const changed: Instance = { ...instance, state };
		const base = eventBase(ids, instance, observation.at);
		const event: DomainEvent =
			observation.kind === 'connected'
				? { ...base, type: 'instance.connected', data: {} }
				: { ...base, type: 'instance.disconnected', data: { reason: observation.reason } };
		return {
			changes: [{ kind: 'instance.update', id: instance.id, state }],
			events: [event],
			after: () => {
				if (observation.kind === 'connected') observer.instanceConnected(changed);
				else observer.instanceDisconnected(changed, observation.reason);
				onConnection(changed, state);
			},
		};
	}

	/** Something without a word of ours, but from somebody: passed on as a message of unknown kind. */
	#ofUnknown(instance: Instance, observation: Observation, from: InboundParty, conflicts: number): Promise<Effects> {
		const content: MessageContent = { kind: 'unknown', raw: observation.raw };
		return this.#ofMessage(instance, observation, { whatsappId: observation.id, chat: from, fromMe: false, content }, conflicts);
	}

	async #instance(id: string): Promise<Instance> {
		const instance = await this.#parts.store.accounts.instance(id);
		if (!instance) throw new RecadoError('not_there', { details: { what: 'instance' } });
		return instance;
	}
}

function eventBase(ids: Ids, instance: Instance, at: number): Pick<EventOf<'chat.presence'>, 'id' | 'accountId' | 'instance' | 'at'> {
	return { id: ids.next('evt'), accountId: instance.accountId, instance: { id: instance.id, phone: instance.phone }, at };
}

/** A status for several messages is several items: one that is early must not hold up the others. */
function itemsOf(observation: Observation): readonly Observation[] {
	if (observation.kind !== 'status' || observation.whatsappIds.length < 2) return [observation];
	return observation.whatsappIds.map((whatsappId) => ({
		...observation,
		id: `${observation.id}#${whatsappId}`,
		whatsappIds: [whatsappId],
	}));
}

/** A retried one that is early has no place to wait in: it stays what it was, and the next start tries again. */
function settled(entry: JournalEntry, { waitsFor }: Effects): Change {
	const { id, error } = entry;
	return waitsFor === undefined
		? { kind: 'journal.settle', id, state: 'done' }
		: { kind: 'journal.settle', id, state: 'failed', ...(error === undefined ? {} : { error }) };
}

function messageTurn(whatsappId: string): string {
	return `message/${whatsappId}`;
}

function chatTurn(party: Pick<InboundParty, 'phone'>): string {
	return `chat/${phoneKey(party.phone)}`;
}
