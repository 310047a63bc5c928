/**
 * Plays the dispatcher of a history and remembers what it did, so that it can say after each step whether the store still keeps its promises.
 * It does as a dispatcher must: told that a delivery is blocked, it overtakes or goes back to wait.
 */
import assert from 'node:assert/strict';
import type { ClaimedDelivery, Delivery, DeliveryState, NewDelivery, Settlement } from '../../src/domain/delivery.ts';
import type { Store } from '../../src/ports/store.ts';
import { claimOf, openWithWebhooks } from './store-dispatch.ts';
import { attempt, committed, delivery, looseDelivery, type OpenStore, type StoreRig, unit } from './store-fixtures.ts';

const STATES: readonly DeliveryState[] = ['pending', 'sending', 'delivered', 'dead', 'cancelled'];
const WEBHOOKS = ['whk_a', 'whk_b'];

/** Two lanes of one webhook, one of another, and what is ordered with nothing. */
const PLACES: readonly Partial<NewDelivery>[] = [
	{ lane: 'whk_a/1', webhookId: 'whk_a' },
	{ lane: 'whk_a/2', webhookId: 'whk_a' },
	{ lane: 'whk_b/1', webhookId: 'whk_b' },
	{ webhookId: 'whk_a' },
	{ webhookId: 'whk_b' },
];

export interface Wish {
	/** Which of the places, modulo how many there are. */
	readonly lane: number;
	readonly start: 'take' | 'ready';
}

export class Historian implements AsyncDisposable {
	readonly #rig: StoreRig;
	#store: Store;
	#held: ClaimedDelivery[] = [];
	#made = 0;
	#isDraining = false;
	/** Lanes whose holder said when they may be overtaken: a second one may be due there. */
	readonly #freed = new Set<string>();
	readonly #replayedAt = new Map<string, number>();

	private constructor(rig: StoreRig) {
		this.#rig = rig;
		this.#store = rig.store;
	}

	static async begin(open: OpenStore): Promise<Historian> {
		return new Historian(await openWithWebhooks(open));
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#rig[Symbol.asyncDispose]();
	}

	async add(wishes: readonly Wish[]): Promise<void> {
		const deliveries = this.#make(wishes);
		const result = await this.#store.commit(unit({ deliveries }));
		const made = await Promise.all(deliveries.map(({ id }) => this.#own(id)));
		const due = made.flatMap(({ webhookId, dueAt }) => (dueAt === undefined ? [] : [{ webhookId, dueAt }]));
		assert.deepEqual(result.kind === 'committed' && result.due, due, 'it is said what is due of it');
		this.#held.push(...committed(result));
	}

	/** Those that have been due for longest are taken, and it is said what is due of the rest. */
	async claim(ofA: number, ofB: number | null): Promise<void> {
		const wants = { whk_a: ofA, ...(ofB === null ? {} : { whk_b: ofB }) };
		const before = await this.#all();
		const { deliveries, dueAt } = await claimOf(this.#store, this.#now, wants);
		for (const [webhookId, wanted] of Object.entries(wants)) {
			const due = before.filter((one) => one.webhookId === webhookId && one.dueAt !== undefined).sort(byDueTime);
			const ready = due.filter((one) => (one.dueAt ?? 0) <= this.#now).slice(0, wanted);
			const claimed = deliveries.filter((one) => one.webhookId === webhookId).map(({ id }) => id);
			assert.deepEqual(
				claimed,
				ready.map(({ id }) => id),
			);
			assert.equal(dueAt.get(webhookId), due[claimed.length]?.dueAt);
		}
		assert.ok(deliveries.every(({ webhookId }) => webhookId in wants));
		for (const one of deliveries) await this.#receive(one);
	}

	/** What a probe is made with. */
	async takeOldest(which: number): Promise<void> {
		const webhookId = webhookOf(which);
		const before = (await this.#all()).filter((one) => one.webhookId === webhookId);
		const taken = await this.#store.deliveries.takeOldest(webhookId);
		// Of a lane that may be overtaken it cannot be seen from here who holds it.
		const heads = before.filter(
			(one) => one.state === 'pending' && (isLoose(one) || (one.dueAt !== undefined && !this.#freed.has(one.lane ?? ''))),
		);
		if (taken === undefined) assert.deepEqual(heads, []);
		else {
			assert.equal(taken.blockedBy, undefined);
			assert.equal(before.find(({ id }) => id === taken.id)?.state, 'pending');
			assert.ok(
				heads.every(({ seq }) => taken.seq <= seq),
				'none is older',
			);
			this.#held.push(taken);
		}
	}

	deliver(which: number, takeNext: boolean): Promise<void> {
		return this.#withHeld(which, (one) => this.#end('delivered', one, takeNext));
	}

	giveUp(which: number, takeNext: boolean): Promise<void> {
		return this.#withHeld(which, (one) => this.#end('dead', one, takeNext));
	}

	retry(which: number, delayMs: number, laneFreeInMs: number | null): Promise<void> {
		return this.#withHeld(which, async ({ id, seq, lane, heldSince }) => {
			const at = this.#now;
			const laneFreeAt = laneFreeInMs === null ? {} : { laneFreeAt: at + laneFreeInMs };
			if (lane !== undefined && !(await this.#own(id)).isOvertaken) {
				if (laneFreeInMs === null) this.#freed.delete(lane);
				else this.#freed.add(lane);
			}
			const times = { at, dueAt: at + delayMs, heldSince: heldSince ?? at };
			await this.#settle({ outcome: 'retry', delivery: { id, seq }, ...times, attempt: attempt(id), ...laneFreeAt });
		});
	}

	probed(which: number, delayMs: number): Promise<void> {
		return this.#withHeld(which, async ({ id, seq, attempts, heldSince }) => {
			const made = attempt(id, { isProbe: true });
			await this.#settle({ outcome: 'probed', delivery: { id, seq }, dueAt: this.#now + delayMs, attempt: made });
			assert.equal((await this.#own(id)).attempts, attempts, 'a probe counts for nothing');
			assert.ok(heldSince === undefined || heldSince <= this.#now);
			assert.equal((await this.#store.deliveries.attempts(id)).filter(({ isProbe }) => isProbe).length, 1);
		});
	}

	release(which: number, delayMs: number): Promise<void> {
		return this.#withHeld(which, ({ id, seq }) => this.#settle({ outcome: 'released', delivery: { id, seq }, dueAt: this.#now + delayMs }));
	}

	/** A head of a lane, whoever it is: waiting for its retry, or being sent. */
	async overtake(which: number): Promise<void> {
		const heads = (await this.#all()).filter((one) => one.lane !== undefined && isActive(one));
		const head = heads[which % Math.max(1, heads.length)];
		if (head) await this.#store.deliveries.overtake(head.id);
	}

	async replay(which: number): Promise<void> {
		const one = await this.#any(which);
		if (!one) return;
		const isReplayed = await this.#store.deliveries.replay(one.id, this.#now);
		assert.equal(isReplayed, !isUnsettled(one));
		if (isReplayed) this.#replayedAt.set(one.id, this.#now);
	}

	async discard(which: number): Promise<void> {
		const one = await this.#any(which);
		if (!one) return;
		const isDiscarded = await this.#store.deliveries.discard(one.id, this.#now);
		assert.equal(isDiscarded, one.state === 'pending' || one.state === 'dead');
		if (isDiscarded) assert.deepEqual([(await this.#own(one.id)).state, (await this.#own(one.id)).settledAt], ['cancelled', this.#now]);
	}

	/** A webhook is back: nothing of it sleeps, and nobody may be overtaken for how long it was away. */
	async hasten(which: number, limit: number): Promise<void> {
		const webhookId = webhookOf(which);
		for (let changed = limit; changed === limit; ) changed = await this.#store.deliveries.hasten(webhookId, this.#now, limit);
		const all = (await this.#all()).filter((one) => one.webhookId === webhookId);
		const isInHand = (lane: string): boolean => all.some((one) => one.lane === lane && one.state === 'sending' && !one.isOvertaken);
		for (const { lane } of PLACES) if (lane?.startsWith(webhookId) && !isInHand(lane)) this.#freed.delete(lane);
		const asleep = all.filter((one) => (one.dueAt ?? 0) > this.#now && !this.#freed.has(one.lane ?? ''));
		assert.deepEqual(asleep, []);
	}

	async expire(which: number, ageMs: number, limit: number): Promise<void> {
		const [webhookId, before] = [webhookOf(which), this.#now - ageMs];
		const isOld = (one: Delivery): boolean => (this.#replayedAt.get(one.id) ?? one.createdAt) < before;
		const pending = (await this.#all()).filter((one) => one.webhookId === webhookId && one.state === 'pending');
		const expected = pending
			.filter(isOld)
			.sort((a, b) => a.seq - b.seq)
			.slice(0, limit);
		assert.equal(await this.#store.deliveries.expire(webhookId, before, this.#now, limit), expected.length);
		for (const { id } of expected) assert.equal((await this.#own(id)).state, 'dead');
	}

	async cancel(which: number, limit: number): Promise<void> {
		const webhookId = webhookOf(which);
		const count = async (): Promise<number> => (await this.#all({ state: 'pending' })).filter((one) => one.webhookId === webhookId).length;
		const before = await count();
		const cancelled = await this.#store.deliveries.cancel(webhookId, this.#now, limit);
		assert.equal(cancelled, Math.min(before, limit));
		assert.equal(await count(), before - cancelled);
	}

	async wait(ms: number): Promise<void> {
		await this.#rig.clock.advance(ms);
	}

	async crash(): Promise<void> {
		this.#store = await this.#rig.reopen();
		this.#held = [];
	}

	/** What is held is settled while new ones come and others are claimed, all in one turn of the event loop. */
	async everythingAtOnce(): Promise<void> {
		const held = this.#held;
		this.#held = [];
		const ends = held.map((one, index) => this.#end(index % 3 === 0 ? 'dead' : 'delivered', one, index % 2 === 0));
		const wishes = PLACES.map((_, lane) => ({ lane, start: 'take' as const }));
		const claimed = claimOf(this.#store, this.#now, { whk_a: 2, whk_b: 1 });
		const [made] = await Promise.all([this.#store.commit(unit({ deliveries: this.#make(wishes) })), ...ends]);
		this.#held.push(...committed(made));
		for (const one of (await claimed).deliveries) await this.#receive(one);
	}

	/** What must hold after each step. */
	async check(): Promise<void> {
		const all = await this.#all();
		assert.equal(all.length, this.#made, 'nothing is lost');
		await this.#checkStates(all);
		const held = this.#held.map(({ id }) => id).sort();
		const sending = all.filter(({ state }) => state === 'sending').map(({ id }) => id);
		assert.deepEqual(sending.sort(), held, 'what is being sent is held by us, each once');
		for (const one of all) this.#checkDue(one);
		await this.#checkWebhooks(all);
		for (const { lane } of PLACES) if (lane !== undefined) this.#checkLane(all, lane);
	}

	/** All goes well from now on: everything gets settled, each lane in its order. */
	async drain(): Promise<void> {
		this.#isDraining = true;
		for (let round = 0; ; round += 1) {
			assert.ok(round < 10 * (this.#made + 10), `it comes to an end; left: ${JSON.stringify((await this.#all()).filter(isUnsettled))}`);
			while (this.#held.length > 0) await this.deliver(0, round % 2 === 0);
			await this.check();
			const due = [...(await this.#store.deliveries.dueWebhooks()).values()];
			if (due.length === 0) break;
			await this.#rig.clock.advance(Math.max(0, Math.min(...due) - this.#now));
			await this.claim(100, 100);
		}
		assert.deepEqual((await this.#all()).filter(isUnsettled), [], 'nothing is left behind');
	}

	get #now(): number {
		return this.#rig.clock.now();
	}

	#make(wishes: readonly Wish[]): NewDelivery[] {
		return wishes.map(({ lane, start }) => {
			const place = { ...PLACES[lane % PLACES.length], start, createdAt: this.#now };
			this.#made += 1;
			return place.lane === undefined ? looseDelivery(String(this.#made), place) : delivery(String(this.#made), place);
		});
	}

	async #withHeld(which: number, act: (one: ClaimedDelivery) => Promise<void>): Promise<void> {
		const [one] = this.#held.splice(which % Math.max(1, this.#held.length), 1);
		if (one) await act(one);
	}

	async #end(outcome: 'delivered' | 'dead', { id, seq, lane, isReplay }: ClaimedDelivery, takeNext: boolean): Promise<void> {
		if (lane !== undefined) await this.#checkTurn(id, lane, isReplay);
		const next = await this.#store.deliveries.settle({ outcome, delivery: { id, seq }, at: this.#now, takeNext, attempt: attempt(id) });
		if (next === undefined) return;
		assert.ok(takeNext, 'nothing is taken that was not asked for');
		assert.equal(next.lane, lane, 'what is taken is of the same lane');
		await this.#receive(next);
	}

	/** Holds what it was given; told that it is blocked, overtakes who blocks it, or lets it go back to wait. */
	async #receive(one: ClaimedDelivery): Promise<void> {
		if (one.blockedBy === undefined) this.#held.push(one);
		else if (this.#made % 2 === 0 && !this.#isDraining) {
			await this.#settle({ outcome: 'released', delivery: { id: one.id, seq: one.seq }, dueAt: this.#now + 20 });
		} else {
			await this.#store.deliveries.overtake(one.blockedBy);
			this.#held.push(one);
		}
	}

	async #settle(settlement: Settlement): Promise<void> {
		assert.equal(await this.#store.deliveries.settle(settlement), undefined);
	}

	async #own(id: string): Promise<Delivery> {
		const own = await this.#store.deliveries.delivery(id);
		assert.ok(own);
		return own;
	}

	async #any(which: number): Promise<Delivery | undefined> {
		const all = await this.#all();
		return all[which % Math.max(1, all.length)];
	}

	async #all(filter: { readonly state?: DeliveryState } = {}): Promise<readonly Delivery[]> {
		return (await this.#store.deliveries.list(filter, { limit: 10_000 })).items;
	}

	async #checkStates(all: readonly Delivery[]): Promise<void> {
		const byState = await Promise.all(STATES.map((state) => this.#all({ state })));
		const ids = byState.flatMap((some) => some.map(({ id }) => id));
		assert.equal(new Set(ids).size, ids.length, 'none is in two states');
		assert.equal(ids.length, all.length, 'each is in one');
		const count = (state: DeliveryState): number => all.filter((one) => one.state === state).length;
		const backlog = { pending: count('pending'), sending: count('sending'), dead: count('dead') };
		assert.deepEqual(await this.#store.deliveries.backlog(), backlog);
	}

	#checkDue(one: Delivery): void {
		if (one.state !== 'pending') assert.equal(one.dueAt, undefined, `${one.id} is ${one.state}`);
		else if (isLoose(one)) assert.notEqual(one.dueAt, undefined, `${one.id} waits for nobody, and is due`);
	}

	/** What a start learns of each webhook, and what keeps one from being deleted. */
	async #checkWebhooks(all: readonly Delivery[]): Promise<void> {
		const dueAt = await this.#store.deliveries.dueWebhooks();
		for (const webhookId of WEBHOOKS) {
			const own = all.filter((one) => one.webhookId === webhookId);
			const [earliest] = own.filter((one) => one.dueAt !== undefined).sort(byDueTime);
			assert.equal(dueAt.get(webhookId), earliest?.dueAt);
			assert.equal(await this.#store.deliveries.hasUnsettled(webhookId), own.some(isUnsettled));
		}
	}

	/** One of a lane is ready or being sent; a second one only where the first said when it may be overtaken. */
	#checkLane(all: readonly Delivery[], lane: string): void {
		const inLane = all.filter((one) => one.lane === lane && isUnsettled(one) && !one.isOvertaken);
		const active = inLane.filter(isActive);
		assert.ok(active.length <= (this.#freed.has(lane) ? 2 : 1), `${lane}: ${active.map(({ id }) => id).join()} at once`);
		if (inLane.length > 0) assert.ok(active.length > 0, `${lane} goes on`);
	}

	/** Nothing older of its lane is still on its way, but what was overtaken, and what a person sent again. */
	async #checkTurn(id: string, lane: string, isReplay: boolean): Promise<void> {
		const own = await this.#own(id);
		if (own.isOvertaken) return;
		this.#freed.delete(lane);
		if (isReplay) return;
		const older = (await this.#all()).filter(
			(one) => one.lane === lane && one.seq < own.seq && isUnsettled(one) && !one.isOvertaken && !one.isReplay,
		);
		assert.deepEqual(older, [], `${id} settles before its turn`);
	}
}

function webhookOf(which: number): string {
	return WEBHOOKS[which % WEBHOOKS.length] ?? '';
}

function byDueTime(a: Delivery, b: Delivery): number {
	return (a.dueAt ?? 0) - (b.dueAt ?? 0) || a.seq - b.seq;
}

function isUnsettled(one: Delivery): boolean {
	return one.state === 'pending' || one.state === 'sending';
}

/** In no lane: it never was, or it was overtaken. */
function isLoose(one: Delivery): boolean {
	return one.lane === undefined || one.isOvertaken;
}

/** Ready, sleeping until its retry, or being sent. */
function isActive(one: Delivery): boolean {
	return isUnsettled(one) && !one.isOvertaken && (one.state === 'sending' || one.dueAt !== undefined);
}
