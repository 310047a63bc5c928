/**
 * Plays the dispatcher of a history and remembers what it did, so that it can say after each step whether the store still keeps its promises.
 * It does as a dispatcher must: told that a delivery is blocked, it overtakes or goes back to wait.
 */
import assert from 'node:assert/strict';
import type { ClaimedDelivery, Delivery, DeliveryState, NewDelivery } from '../../src/domain/delivery.ts';
import type { Store } from '../../src/ports/store.ts';
import { makeWebhooks } from './store-dispatch.ts';
import { attempt, commit, committed, delivery, looseDelivery, type StoreRig, unit } from './store-fixtures.ts';

const STATES: readonly DeliveryState[] = ['pending', 'sending', 'delivered', 'dead', 'cancelled'];

/** Two lanes of the webhook that is parked at times, one of another, and what is ordered with nothing. */
const PLACES: readonly Partial<NewDelivery>[] = [
	{ lane: 'whk_a/1', webhookId: 'whk_a' },
	{ lane: 'whk_a/2', webhookId: 'whk_a' },
	{ lane: 'whk_b/1', webhookId: 'whk_b' },
	{ webhookId: 'whk_a' },
	{ webhookId: 'whk_b' },
];

export class Historian {
	readonly #rig: StoreRig;
	#store: Store;
	#held: ClaimedDelivery[] = [];
	#made = 0;
	#isParked = false;
	#isDraining = false;
	/** Lanes whose holder said when they may be overtaken: a second one may be due there. */
	readonly #freed = new Set<string>();

	private constructor(rig: StoreRig) {
		this.#rig = rig;
		this.#store = rig.store;
	}

	static async begin(rig: StoreRig): Promise<Historian> {
		await makeWebhooks(rig.store);
		return new Historian(rig);
	}

	async add(wishes: readonly { readonly lane: number; readonly start: 'take' | 'ready' }[]): Promise<void> {
		const deliveries = wishes.map(({ lane, start }) => {
			const place = { ...PLACES[lane % PLACES.length], start };
			this.#made += 1;
			return place.lane === undefined ? looseDelivery(String(this.#made), place) : delivery(String(this.#made), place);
		});
		this.#held.push(...committed(await this.#store.commit(unit({ deliveries }))));
	}

	async claim(limit: number): Promise<void> {
		const claimed = await this.#store.deliveries.claimDue({ now: this.#now, limit, roomPerWebhook: 3, roomLeft: new Map() });
		for (const one of claimed) await this.#receive(one);
	}

	deliver(which: number, takeNext: boolean): Promise<void> {
		return this.#withHeld(which, (one) => this.#end('delivered', one, takeNext));
	}

	giveUp(which: number, takeNext: boolean): Promise<void> {
		return this.#withHeld(which, (one) => this.#end('dead', one, takeNext));
	}

	retry(which: number, delayMs: number, laneFreeInMs: number | null): Promise<void> {
		return this.#withHeld(which, async ({ id, lane, heldSince }) => {
			const at = this.#now;
			const laneFreeAt = laneFreeInMs === null ? {} : { laneFreeAt: at + laneFreeInMs };
			if (lane !== undefined && !(await this.#own(id)).isOvertaken) {
				if (laneFreeInMs === null) this.#freed.delete(lane);
				else this.#freed.add(lane);
			}
			await this.#settle({
				outcome: 'retry',
				deliveryId: id,
				at,
				dueAt: at + delayMs,
				heldSince: heldSince ?? at,
				attempt: attempt(id),
				...laneFreeAt,
			});
		});
	}

	release(which: number, delayMs: number): Promise<void> {
		return this.#withHeld(which, ({ id }) => this.#settle({ outcome: 'released', deliveryId: id, dueAt: this.#now + delayMs }));
	}

	/** A head of a lane, whoever it is: waiting for its retry, or being sent. */
	async overtake(which: number): Promise<void> {
		const heads = (await this.#all()).filter((one) => one.lane !== undefined && isActive(one));
		const head = heads[which % Math.max(1, heads.length)];
		if (head) await this.#store.deliveries.overtake(head.id);
	}

	async replay(which: number): Promise<void> {
		const all = await this.#all();
		const one = all[which % Math.max(1, all.length)];
		if (!one) return;
		assert.equal(await this.#store.deliveries.replay(one.id, this.#now), !isUnsettled(one));
	}

	async park(): Promise<void> {
		await commit(this.#store, { kind: 'webhook.park', id: 'whk_a' });
		this.#isParked = true;
	}

	async unpark(): Promise<void> {
		await commit(this.#store, { kind: 'webhook.unpark', id: 'whk_a', at: this.#now });
		this.#isParked = false;
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
		await Promise.all([...ends, this.add(wishes), this.claim(2)]);
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
		for (const { lane, webhookId } of PLACES) {
			if (lane !== undefined) this.#checkLane(all, lane, webhookId === 'whk_a' && this.#isParked);
		}
	}

	/** All goes well from now on: everything gets settled, each lane in its order. */
	async drain(): Promise<void> {
		this.#isDraining = true;
		await this.unpark();
		for (let round = 0; ; round += 1) {
			assert.ok(round < 10 * (this.#made + 10), `it comes to an end; left: ${JSON.stringify((await this.#all()).filter(isUnsettled))}`);
			while (this.#held.length > 0) await this.deliver(0, round % 2 === 0);
			await this.check();
			const next = await this.#store.deliveries.nextDueAt(new Set());
			if (next === undefined) break;
			await this.#rig.clock.advance(Math.max(0, next - this.#now));
			await this.claim(100);
		}
		assert.deepEqual((await this.#all()).filter(isUnsettled), [], 'nothing is left behind');
	}

	get #now(): number {
		return this.#rig.clock.now();
	}

	async #withHeld(which: number, act: (one: ClaimedDelivery) => Promise<void>): Promise<void> {
		const [one] = this.#held.splice(which % Math.max(1, this.#held.length), 1);
		if (one) await act(one);
	}

	async #end(outcome: 'delivered' | 'dead', { id, lane, isReplay }: ClaimedDelivery, takeNext: boolean): Promise<void> {
		if (lane !== undefined) await this.#checkTurn(id, lane, isReplay);
		const next = await this.#store.deliveries.settle({ outcome, deliveryId: id, at: this.#now, takeNext, attempt: attempt(id) });
		assert.ok(takeNext || next === undefined, 'nothing is taken that was not asked for');
		if (next) await this.#receive(next);
	}

	/** Holds what it was given; told that it is blocked, overtakes who blocks it, or lets it go back to wait. */
	async #receive(one: ClaimedDelivery): Promise<void> {
		if (one.blockedBy === undefined) this.#held.push(one);
		else if (this.#made % 2 === 0 && !this.#isDraining)
			await this.#settle({ outcome: 'released', deliveryId: one.id, dueAt: this.#now + 20 });
		else {
			await this.#store.deliveries.overtake(one.blockedBy);
			this.#held.push(one);
		}
	}

	async #settle(settlement: Parameters<Store['deliveries']['settle']>[0]): Promise<void> {
		assert.equal(await this.#store.deliveries.settle(settlement), undefined);
	}

	async #own(id: string): Promise<Delivery> {
		const own = await this.#store.deliveries.delivery(id);
		assert.ok(own);
		return own;
	}

	async #all(filter: { readonly state?: DeliveryState } = {}): Promise<readonly Delivery[]> {
		return (await this.#store.deliveries.list(filter, { limit: 10_000 })).items;
	}

	async #checkStates(all: readonly Delivery[]): Promise<void> {
		const byState = await Promise.all(STATES.map((state) => this.#all({ state })));
		const ids = byState.flatMap((some) => some.map(({ id }) => id));
		assert.equal(new Set(ids).size, ids.length, 'none is in two states');
		assert.equal(ids.length, all.length, 'each is in one');
	}

	#checkDue(one: Delivery): void {
		if (one.state !== 'pending') assert.equal(one.dueAt, undefined, `${one.id} is ${one.state}`);
		else if (this.#isParked && one.webhookId === 'whk_a') assert.equal(one.dueAt, undefined, `${one.id} is parked`);
		else if (one.lane === undefined || one.isOvertaken) assert.notEqual(one.dueAt, undefined, `${one.id} waits for nobody, and is due`);
	}

	/** One of a lane is ready or being sent; a second one only where the first said when it may be overtaken. */
	#checkLane(all: readonly Delivery[], lane: string, isParked: boolean): void {
		const inLane = all.filter((one) => one.lane === lane && isUnsettled(one) && !one.isOvertaken);
		const active = inLane.filter(isActive);
		assert.ok(active.length <= (this.#freed.has(lane) ? 2 : 1), `${lane}: ${active.map(({ id }) => id).join()} at once`);
		if (inLane.length > 0 && !isParked) assert.ok(active.length > 0, `${lane} goes on`);
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

function isUnsettled(one: Delivery): boolean {
	return one.state === 'pending' || one.state === 'sending';
}

/** Ready, sleeping until its retry, or being sent. */
function isActive(one: Delivery): boolean {
	return isUnsettled(one) && !one.isOvertaken && (one.state === 'sending' || one.dueAt !== undefined);
}
