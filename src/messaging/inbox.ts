/**
 * What channels observe. Each observation is one unit: the raw observation in the journal together with all that follows from it; the
 * channel may acknowledge it to its provider when `observe` resolves. An observation that is in the journal already changes nothing.
 * One whose effects cannot be worked out is kept in the journal as `failed`, and tried again at the next start.
 * What comes before the message that it is about (a status, an edit, a deletion) waits in the journal and is applied with it.
 */
import type { Instance } from '../domain/account.ts';
import { isAmendment } from '../domain/amendment.ts';
import type { MessageContent } from '../domain/content.ts';
import type { DomainEvent, EventOf } from '../domain/event.ts';
import { advance, fail } from '../domain/message-status.ts';
import { phoneKey } from '../domain/phone.ts';
import { Serial } from '../domain/serial.ts';
import { RecadoError } from '../errors.ts';
import type { Observer } from '../observe/observer.ts';
import type { Change } from '../ports/changes.ts';
import type { ChannelSink, InboundParty, Observation } from '../ports/channel.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { JournalEntry } from '../ports/journal.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Store } from '../ports/store.ts';
import { amendmentsBy } from './amendments.ts';
import { Arrivals, type Effects, NO_EFFECTS } from './arrivals.ts';
import type { AttendingService } from './attending.ts';
import { correspondentOf, openChat } from './chat-opening.ts';
import { DECISIONS_MAX } from './commit.ts';
import type { Holding } from './holding.ts';
import type { InboxHook } from './inbox-hook.ts';
import { failedEvent, stepEvents } from './message-events.ts';
import { ToldTogether } from './told-together.ts';

export interface InboxParts {
	readonly store: Pick<Store, 'accounts' | 'chats' | 'messages' | 'journal'>;
	readonly outbox: Outbox;
	readonly clock: Clock;
	readonly ids: Ids;
	readonly observer: Observer;
	readonly holding: Pick<Holding, 'claim' | 'assertOurs'>;
	readonly hooks: readonly InboxHook[];
	readonly attending: Pick<AttendingService, 'inTurn'>;
	/** Told after the commit, so that queues begin or rest. */
	readonly onConnection: (instance: Instance, state: Instance['state']) => void;
}

/** How many failed entries a start tries again. */
const RETRIED_AT_START_MAX = 1000;

export class Inbox implements ChannelSink {
	readonly #parts: InboxParts;
	readonly #arrivals: Arrivals;
	readonly #serial = new Serial();

	constructor(parts: InboxParts) {
		this.#parts = parts;
		this.#arrivals = new Arrivals(parts);
	}

	async observe(instanceId: string, observations: readonly Observation[]): Promise<void> {
		const together = new ToldTogether();
		try {
			// Whoever comes first takes their turns first, also where finding out whose turn it is takes a look into the store.
			await this.#serial.run(`${instanceId}/arrival`, async () => {
				for (const item of observations.flatMap(itemsOf)) {
					const turns = await this.#turnsOf(instanceId, item);
					const inTurns = (work: () => Promise<void>): Promise<void> => this.#inTurns(instanceId, turns, work);
					together.begin(turns, inTurns, () => this.#take(instanceId, item));
				}
			});
		} finally {
			await together.end();
		}
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
	#turnsOf(instanceId: string, observation: Observation): readonly string[] | Promise<readonly string[]> {
		switch (observation.kind) {
			case 'message': {
				const { chat, whatsappId, content } = observation.message;
				// What it changes may come at this moment, in another spelling of the chat. Sorted, or two would wait for each other for ever.
				const ids = isAmendment(content) ? [...new Set([whatsappId, content.to.whatsappId])].sort() : [whatsappId];
				return [chatTurn(chat), ...ids.map(messageTurn)];
			}
			case 'status':
				return this.#turnsOfMessage(instanceId, observation.whatsappIds[0] ?? '');
			case 'failure':
				return this.#turnsOfMessage(instanceId, observation.whatsappId);
			case 'presence':
				return [chatTurn(observation.from)];
			case 'unknown':
				return [observation.from === undefined ? 'unknown' : chatTurn(observation.from)];
			case 'connected':
			case 'disconnected':
				return ['connection'];
		}
	}

	async #turnsOfMessage(instanceId: string, whatsappId: string): Promise<readonly string[]> {
		const { store } = this.#parts;
		const message = await store.messages.byWhatsappId(instanceId, whatsappId);
		const view = message && (await store.chats.chat(message.chatId));
		return view ? [chatTurn(view.chat), messageTurn(whatsappId)] : [messageTurn(whatsappId)];
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

	async #commit(instance: Instance, observation: Observation, note: (effects: Effects) => Change, isInTurn = false): Promise<void> {
		const { outbox, attending } = this.#parts;
		for (let conflicts = 0; conflicts < DECISIONS_MAX; conflicts += 1) {
			const effects = await this.#effectsOf(instance, observation, conflicts);
			if (effects.startsAttendance === true && !isInTurn)
				return attending.inTurn(instance.accountId, () => this.#commit(instance, observation, note, true));
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

	#effectsOf(instance: Instance, observation: Observation, conflicts: number): Promise<Effects> | Effects {
		switch (observation.kind) {
			case 'message':
				return this.#arrivals.effectsOf(instance, observation, observation.message, conflicts);
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
		// A receipt that overtakes the note of sending stands for it.
		const isSentNow = advanced.steps.includes('sent');
		const amended = isSentNow ? await amendmentsBy(store, message, { address: view.chat.phone, at: observation.at }) : [];
		return {
			changes: [{ kind: 'message.advance', from: message.status, message: advanced.message }, ...amended],
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
		return this.#arrivals.effectsOf(instance, observation, { whatsappId: observation.id, chat: from, fromMe: false, content }, conflicts);
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
