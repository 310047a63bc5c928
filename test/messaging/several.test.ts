/** Several processes on one store: each works its share of the instances, and each takes requests for all of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Instance } from '../../src/domain/account.ts';
import { RecadoError } from '../../src/errors.ts';
import type { SendOutcome } from '../../src/ports/channel.ts';
import { openStorePlace } from '../support/open-store.ts';
import { type Neighbour, Neighbourhood } from './neighbourhood.ts';
import { INSTANCE, Rig, surroundingsOf } from './rig.ts';

const ANA = '5544911111111';
const BIA = '5544922222222';

/** Processes that begin one after the other. The first has `ins_1`, which is connected. */
class Street implements AsyncDisposable {
	readonly neighbourhood = new Neighbourhood();
	readonly place;
	readonly surroundings;
	readonly rigs: Rig[] = [];

	private constructor(place: Awaited<ReturnType<typeof openStorePlace>>) {
		this.place = place;
		this.surroundings = surroundingsOf(place);
	}

	static async open(): Promise<Street> {
		const street = new Street(await openStorePlace());
		await street.#join('one').rig.start();
		return street;
	}

	/** Another process begins; what is its share is there when it resolves. */
	async join(): Promise<{ rig: Rig; neighbour: Neighbour }> {
		const joined = this.#join(`process ${this.rigs.length + 1}`);
		await joined.rig.shares.start();
		await this.surroundings.clock.advance(1);
		return joined;
	}

	#join(name: string): { rig: Rig; neighbour: Neighbour } {
		const { clock, ids, store } = this.surroundings;
		const neighbour = this.neighbourhood.join(name);
		const rig = new Rig(this.place, {}, { clock, ids, store: neighbour.over(store) });
		neighbour.listen(rig.shares);
		this.rigs.push(rig);
		return { rig, neighbour };
	}

	get first(): { rig: Rig; neighbour: Neighbour } {
		const [rig] = this.rigs;
		const [neighbour] = this.neighbourhood.neighbours;
		return rig && neighbour ? { rig, neighbour } : assert.fail('nobody is there');
	}

	/** Instances that are connected, whoever works them. */
	async add(...ids: readonly string[]): Promise<void> {
		const { store } = this.surroundings;
		const changes = ids.map((id) => ({ kind: 'instance.insert' as const, instance: anotherInstance(id) }));
		await store.commit({ changes, events: [], deliveries: [] });
	}

	owned(by: Neighbour): string[] {
		return [...this.neighbourhood.owners].filter(([, owner]) => owner === by).map(([id]) => id);
	}

	async stateOf(id: string): Promise<Instance['state'] | undefined> {
		return (await this.surroundings.store.accounts.instance(id))?.state;
	}

	/** Texts, in the order in which channels were handed them, by whichever process. */
	sent(): string[] {
		const all = this.rigs.flatMap((rig) => rig.channel.sent);
		return all.toSorted((a, b) => a.at - b.at).map(({ text }) => text);
	}

	heard(): string[] {
		return this.rigs.flatMap((rig) => rig.heard());
	}

	async [Symbol.asyncDispose](): Promise<void> {
		for (const rig of this.rigs) {
			await rig.shares[Symbol.asyncDispose]();
			await rig.queues[Symbol.asyncDispose]();
		}
		await this.surroundings.store[Symbol.asyncDispose]();
		await this.place[Symbol.asyncDispose]();
	}
}

function anotherInstance(id: string, state: Instance['state'] = 'connected'): Instance {
	return { ...INSTANCE, id, tokenHash: `hash of ${id}`, state };
}

function isRefused(code: RecadoError['code']): (error: unknown) => boolean {
	return (error) => error instanceof RecadoError && error.code === code;
}

test('who comes gets a share of the instances, and nobody is told of a lost connection', async () => {
	await using street = await Street.open();
	await street.add('ins_2', 'ins_3', 'ins_4');
	street.first.rig.shares.changed();
	await street.surroundings.clock.advance(1);
	assert.deepEqual(street.first.rig.instances.sessionIds.toSorted(), ['ins_1', 'ins_2', 'ins_3', 'ins_4']);
	const { rig, neighbour } = await street.join();
	assert.deepEqual(street.owned(street.first.neighbour), ['ins_1', 'ins_2']);
	assert.deepEqual(street.owned(neighbour), ['ins_3', 'ins_4']);
	assert.deepEqual(rig.instances.sessionIds.toSorted(), ['ins_3', 'ins_4']);
	assert.equal(rig.channel.connects, 2);
	assert.equal(await street.stateOf('ins_3'), 'connected');
	assert.deepEqual(street.heard(), []);
	assert.ok(street.first.neighbour.told.some((news) => news.kind === 'instances'));
});

test('what was being sent when its instance was handed over is ended first', async () => {
	await using street = await Street.open();
	await street.add('ins_2');
	street.first.rig.shares.changed();
	const hanging = Promise.withResolvers<SendOutcome>();
	street.first.rig.channel.decide = () => hanging.promise;
	await street.first.rig.send(ANA, 'first', { instance: anotherInstance('ins_2') });
	await street.surroundings.clock.advance(1);
	const { rig, neighbour } = await street.join();
	await rig.send(ANA, 'second', { instance: anotherInstance('ins_2') });
	await street.surroundings.clock.advance(1);
	assert.deepEqual(street.owned(neighbour), [], 'still on its way');
	hanging.resolve({ kind: 'taken', at: street.surroundings.clock.now() });
	await street.surroundings.clock.advance(1);
	assert.deepEqual(street.owned(neighbour), ['ins_2']);
	assert.deepEqual(street.sent(), ['first', 'second']);
	assert.deepEqual(
		rig.channel.sent.map(({ text }) => text),
		['second'],
	);
});

test('what is asked for at another process is done by the owner', async () => {
	await using street = await Street.open();
	const { rig, neighbour } = await street.join();
	assert.equal(await rig.instances.qrCode(INSTANCE), undefined);
	await rig.instances.disconnect(INSTANCE);
	assert.equal(await street.stateOf('ins_1'), 'disconnected');
	assert.equal(street.first.rig.instances.hasSession('ins_1'), false);
	await rig.instances.connect(INSTANCE);
	await rig.instances.restart(INSTANCE);
	assert.equal(street.first.rig.channel.connects, 3);
	assert.equal(rig.channel.connects, 0);
	assert.deepEqual(
		neighbour.sent.map(({ name }) => name),
		['instance.qrCode', 'instance.disconnect', 'instance.connect', 'instance.restart'],
	);
});

test('an instance that nobody owns is worked by whoever is asked first', async () => {
	await using street = await Street.open();
	const { rig, neighbour } = await street.join();
	const instance = anotherInstance('ins_2', 'disconnected');
	await street.surroundings.store.commit({ changes: [{ kind: 'instance.insert', instance }], events: [], deliveries: [] });
	await Promise.all([rig.instances.connect(instance), street.first.rig.instances.connect(instance)]);
	assert.equal(street.owned(neighbour).length + street.owned(street.first.neighbour).length, 2);
	assert.equal(street.rigs.filter((one) => one.instances.hasSession('ins_2')).length, 1);
});

test('an errand of an unknown name is refused', async () => {
	await using street = await Street.open();
	const { neighbour } = await street.join();
	await assert.rejects(neighbour.send('ins_1', { name: 'constructor', args: [] }), /no errand has the name/);
});

test('an instance whose owner is gone is resumed by another with its session', async () => {
	await using street = await Street.open();
	const { rig, neighbour } = await street.join();
	street.first.neighbour.lose();
	await street.surroundings.clock.advance(1);
	assert.deepEqual(street.owned(neighbour), ['ins_1']);
	assert.deepEqual(rig.instances.sessionIds, ['ins_1']);
	await street.first.rig.send(ANA, 'accepted where nothing is owned');
	await street.surroundings.clock.advance(1);
	assert.equal(rig.channel.sent.length, 1);
	assert.deepEqual(street.heard(), ['message.sent', 'message.status sent']);
});

test('an instance that could not be resumed is tried again within seconds, not a round later', async () => {
	await using street = await Street.open();
	const { rig, neighbour } = await street.join();
	const { channel, instances } = rig;
	let failures = 2;
	const connect = channel.connect.bind(channel);
	channel.connect = async () => {
		failures -= 1;
		if (failures >= 0) throw new Error('The line is busy.');
		await connect();
	};
	street.first.neighbour.lose();
	await street.surroundings.clock.advance(2_999);
	assert.deepEqual(street.owned(neighbour), ['ins_1']);
	assert.deepEqual(instances.sessionIds, []);
	await street.surroundings.clock.advance(1);
	assert.deepEqual(instances.sessionIds, ['ins_1']);

	// Nothing is left of it: the next one that fails is tried again as soon.
	failures = 1;
	await street.add('ins_2');
	rig.shares.changed();
	await street.surroundings.clock.advance(999);
	assert.deepEqual(instances.sessionIds, ['ins_1']);
	await street.surroundings.clock.advance(1);
	assert.deepEqual(instances.sessionIds, ['ins_1', 'ins_2']);
});

test('messages of a chat go in the order of their acceptance, wherever they were accepted', async () => {
	await using street = await Street.open();
	const { rig } = await street.join();
	await rig.send(ANA, 'first', { delayMs: 1_000 });
	await street.first.rig.send(ANA, 'second');
	await rig.send(ANA, 'third', { delayMs: 500 });
	await street.first.rig.send(BIA, 'of another chat');
	await street.surroundings.clock.advance(1);
	assert.deepEqual(street.sent(), ['of another chat']);
	await street.surroundings.clock.advance(1_000);
	assert.deepEqual(street.sent(), ['of another chat', 'first', 'second', 'third']);
	assert.deepEqual(rig.channel.sent, []);
});

test('a message that the owner has not heard of goes before one that it accepts later', async () => {
	await using street = await Street.open();
	const { rig } = await street.join();
	await street.first.rig.send(BIA, 'so that the queue was read');
	await street.surroundings.clock.advance(1);
	street.neighbourhood.isDeaf = true;
	await rig.send(ANA, 'first');
	await street.first.rig.send(ANA, 'second');
	await street.surroundings.clock.advance(1);
	assert.deepEqual(street.sent(), ['so that the queue was read', 'first', 'second']);
});

test('news of a queue that got lost cost a round', async () => {
	await using street = await Street.open();
	const { rig } = await street.join();
	street.neighbourhood.isDeaf = true;
	await rig.send(ANA, 'unheard of');
	await street.surroundings.clock.advance(1_000);
	assert.deepEqual(street.sent(), []);
	await street.surroundings.clock.advance(30_000);
	assert.deepEqual(street.sent(), ['unheard of']);
});

test('the limit of a queue counts what was accepted everywhere', async () => {
	await using street = await Street.open();
	const { rig } = await street.join();
	await rig.instances.disconnect(INSTANCE);
	for (const one of [rig, street.first.rig, rig, street.first.rig, rig]) await one.send(ANA, 'queued');
	await assert.rejects(street.first.rig.send(ANA, 'one too many'), isRefused('queue_full'));
	assert.equal(await rig.sending.emptyQueue(INSTANCE), 5);
	await street.first.rig.send(ANA, 'there is room');
});

test('a message can be taken out of the queue at any process, but not while it is on its way', async () => {
	await using street = await Street.open();
	const { rig } = await street.join();
	const hanging = Promise.withResolvers<SendOutcome>();
	street.first.rig.channel.decide = () => hanging.promise;
	const onItsWay = await rig.send(ANA, 'on its way');
	const behind = await rig.send(ANA, 'behind');
	await street.surroundings.clock.advance(1);
	await assert.rejects(rig.sending.dequeue(INSTANCE, onItsWay.id), isRefused('message_not_queued'));
	await rig.sending.dequeue(INSTANCE, behind.id);
	hanging.resolve({ kind: 'taken', at: street.surroundings.clock.now() });
	await street.surroundings.clock.advance(1);
	assert.deepEqual(street.sent(), ['on its way']);
});

test('a process that lost its lease hands nothing over and commits nothing that it observes', async () => {
	await using street = await Street.open();
	const { rig } = street.first;
	const hanging = Promise.withResolvers<SendOutcome>();
	rig.channel.decide = () => hanging.promise;
	const message = await rig.send(ANA, 'on its way');
	await street.surroundings.clock.advance(1);
	street.first.neighbour.isPaused = true;
	await rig.send(BIA, 'too late');
	await street.surroundings.clock.advance(60_000);
	assert.equal(rig.channel.sent.length, 1, 'it finds out by its own clock');
	await assert.rejects(rig.write(ANA, 'heard too late'), isRefused('store_unavailable'));
	street.first.neighbour.lose();
	assert.deepEqual(rig.instances.sessionIds, []);
	hanging.resolve({ kind: 'taken', at: street.surroundings.clock.now() });
	await street.surroundings.clock.advance(60_000);
	assert.equal(rig.channel.releases, 2, 'before it was resumed, and when it was lost');
	assert.equal((await rig.store.messages.message(message.id))?.status, 'queued');
	assert.deepEqual(street.heard(), []);
	await assert.rejects(rig.instances.restart(INSTANCE), isRefused('store_unavailable'));
	assert.equal(await street.stateOf('ins_1'), 'connected');
});

test('a process that is a member again takes up its instances where the others left them', async () => {
	await using street = await Street.open();
	const { rig, neighbour } = street.first;
	neighbour.lose();
	await rig.send(ANA, 'meanwhile');
	await street.surroundings.clock.advance(60_000);
	assert.deepEqual(street.sent(), []);
	neighbour.rejoin();
	await street.surroundings.clock.advance(1);
	assert.deepEqual(rig.instances.sessionIds, ['ins_1']);
	assert.deepEqual(street.sent(), ['meanwhile']);
	assert.deepEqual(street.heard(), ['message.sent', 'message.status sent']);
});

test('what others sent in the meantime is not sent again by a process that is a member again', async () => {
	await using street = await Street.open();
	const { rig, neighbour } = street.first;
	const hanging = Promise.withResolvers<SendOutcome>();
	rig.channel.decide = () => hanging.promise;
	await rig.send(ANA, 'first');
	await rig.send(ANA, 'second');
	await rig.send(ANA, 'third', { delayMs: 600_000 });
	await street.surroundings.clock.advance(1);
	neighbour.lose();
	hanging.reject(new Error('The line is dead.'));
	const between = await street.join();
	assert.deepEqual(
		between.rig.channel.sent.map(({ text }) => text),
		['first', 'second'],
	);
	await street.surroundings.clock.advance(60_000);
	between.neighbour.lose();
	rig.channel.decide = () => ({ kind: 'taken', at: street.surroundings.clock.now() });
	neighbour.rejoin();
	await street.surroundings.clock.advance(700_000);
	assert.deepEqual(
		rig.channel.sent.map(({ text }) => text),
		['first', 'third'],
	);
});

test('what could not be worked out is tried again by the owner of its instance alone', async () => {
	await using street = await Street.open();
	const { rig } = await street.join();
	const entry = {
		id: 'jrn_1',
		instanceId: 'ins_1',
		observationId: 'obs_1',
		at: 0,
		observation: JSON.stringify({ id: 'obs_1', at: 0, raw: {}, kind: 'disconnected', reason: 'gone' }),
		state: 'failed' as const,
		error: 'it was a bad day',
	};
	await street.surroundings.store.commit({ changes: [{ kind: 'journal.insert', entry }], events: [], deliveries: [] });
	await rig.inbox.retryFailed();
	assert.deepEqual(street.heard(), []);
	await street.first.rig.inbox.retryFailed();
	assert.deepEqual(street.heard(), ['instance.disconnected']);
});

test('an account is changed by one process at a time, and has one default of each kind', async () => {
	await using street = await Street.open();
	const { rig } = await street.join();
	const made = await Promise.allSettled([street.first.rig, rig].map(({ staff }) => staff.createDepartment('acc_1', { name: 'Vendas' })));
	const refused = made.filter((one) => one.status === 'rejected');
	assert.equal(refused.length, 1);
	assert.ok(refused.every(({ reason }) => isRefused('conflict')(reason)));
	await rig.staff.createDepartment('acc_1', { name: 'Financeiro' });
	const departments = await street.surroundings.store.accounts.departments('acc_1');
	assert.deepEqual(
		departments.map(({ isDefault }) => isDefault),
		[true, false],
	);
});
