/** The simulator of several processes on one store: the world of an instance goes on at its owner, and is controlled from everywhere. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Simulator } from '../../src/channels/simulator/simulator.ts';
import { RecadoError } from '../../src/errors.ts';
import { Doors } from '../../src/messaging/doors.ts';
import { Holding } from '../../src/messaging/holding.ts';
import { InstanceErrands } from '../../src/messaging/instance-errands.ts';
import { ownedSimulator } from '../../src/messaging/owned-simulator.ts';
import type { SimulatorControl } from '../../src/ports/simulator.ts';
import { aMessage, anInstance, MemoryChannelState, MemorySink, until } from '../support/channel-rig.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeIds } from '../support/fake-ids.ts';
import { type Neighbour, Neighbourhood } from './neighbourhood.ts';

const ANA = '5544999999999';
const INSTANCE = anInstance('connected');

interface Process {
	readonly neighbour: Neighbour;
	readonly simulator: Simulator;
	readonly control: SimulatorControl;
}

class Network {
	readonly clock = new FakeClock();
	readonly sink = new MemorySink();
	readonly #state = new MemoryChannelState();
	readonly #ids = new FakeIds();
	readonly #neighbourhood = new Neighbourhood();

	process(name: string): Process {
		const neighbour = this.#neighbourhood.join(name);
		const holding = new Holding({ peers: neighbour, ownership: neighbour });
		const { clock, sink } = this;
		const state = holding.guard(this.#state);
		const simulator = new Simulator({ clock, ids: this.#ids, seed: 1, state, sink: () => sink, defaults: { repliesWith: null } });
		const store = { accounts: { instance: async () => INSTANCE }, errands: neighbour };
		const errands = new InstanceErrands({
			store,
			holding,
			doors: new Doors(),
			onClaimed: () => simulator.connect(INSTANCE),
		});
		return { neighbour, simulator, control: ownedSimulator(simulator, errands) };
	}

	read(): string[] {
		return this.sink.reached('read');
	}
}

test('every operation on a simulated phone is done at the owner of the instance', async () => {
	const network = new Network();
	const owner = network.process('owner');
	const other = network.process('other');
	await owner.control.behaviour(INSTANCE, ANA);
	const changed = await other.control.setBehaviour(INSTANCE, ANA, { readsAfterMs: null, name: 'Ana' });
	assert.deepEqual(await owner.control.behaviour(INSTANCE, ANA), changed);
	assert.deepEqual([changed.readsAfterMs, changed.name], [null, 'Ana']);
	const { whatsappId } = await other.control.write(INSTANCE, { from: ANA, content: { kind: 'text', text: 'Oi' } });
	await other.control.presence(INSTANCE, ANA, 'composing');
	await network.clock.advance(0);
	const { groupId = '' } = await other.control.act(INSTANCE, {
		kind: 'make-group',
		phone: ANA,
		subject: 'Turma',
		phones: [INSTANCE.phone],
	});
	await network.clock.advance(1000);
	const look = { limit: 10 };
	assert.deepEqual(await other.control.messages(INSTANCE, ANA, look), await owner.control.messages(INSTANCE, ANA, look));
	assert.deepEqual(new Set((await other.control.chats(INSTANCE, ANA)).map(({ chat }) => chat)), new Set([INSTANCE.phone, groupId]));
	await until(network.clock, 'group', () => network.sink.kinds().length === 4);
	await other.control.loseConnection(INSTANCE);
	assert.deepEqual(network.sink.kinds(), ['connected', 'message', 'presence', 'message', 'disconnected']);
	const [, written, , , lost] = network.sink.stored;
	assert.ok(written?.kind === 'message' && written.message.whatsappId === whatsappId);
	assert.ok(lost?.kind === 'disconnected' && lost.reason === 'Device has been disconnected', 'what was left out stays left out on the way');
	assert.deepEqual(
		other.neighbour.sent.map(({ name }) => name),
		[
			...['simulator.setBehaviour', 'simulator.write', 'simulator.presence', 'simulator.act', 'simulator.messages', 'simulator.chats'],
			'simulator.loseConnection',
		],
	);
	await owner.simulator[Symbol.asyncDispose]();
});

test('what the owner throws is thrown where it was asked for', async () => {
	const network = new Network();
	const owner = network.process('owner');
	const other = network.process('other');
	await owner.neighbour.claim(INSTANCE.id);
	await owner.simulator[Symbol.asyncDispose]();
	await assert.rejects(other.control.behaviour(INSTANCE, ANA), (error) => error instanceof RecadoError && error.code === 'shutting_down');
});

test('a world whose owner lost its lease stands still there, and goes on where it is owned next', async () => {
	const network = new Network();
	const before = network.process('before');
	const after = network.process('after');
	await before.neighbour.claim(INSTANCE.id);
	await before.simulator.connect(INSTANCE);
	const sent = { instanceId: INSTANCE.id, message: aMessage('A'), phone: ANA };
	assert.equal((await before.simulator.send(sent)).kind, 'taken');
	before.neighbour.isPaused = true;
	await assert.rejects(before.simulator.send({ ...sent, message: aMessage('B') }), 'it keeps nothing that it takes');
	before.neighbour.lose();
	await before.simulator.release(INSTANCE.id);
	const told = network.sink.told.length;
	await network.clock.advance(60_000);
	assert.equal(network.sink.told.length, told);
	await after.control.behaviour(INSTANCE, ANA);
	await until(network.clock, 'read', () => network.read().length > 0);
	await network.clock.advance(60_000);
	assert.deepEqual(network.read(), ['A']);
	assert.deepEqual(network.sink.kinds(), ['connected', 'received', 'read'], 'the session went on');
	await after.simulator[Symbol.asyncDispose]();
});

test('what was written only after the lease had ended is not said to be kept', async () => {
	const neighbour = new Neighbourhood().join('late');
	await neighbour.claim(INSTANCE.id);
	const state = new MemoryChannelState();
	const late = new Holding({ peers: neighbour, ownership: neighbour }).guard({
		list: (instanceId, prefix) => state.list(instanceId, prefix),
		write: async (instanceId, changes) => {
			neighbour.lose();
			await state.write(instanceId, changes);
		},
	});
	const written = late.write(INSTANCE.id, [{ key: 'in/A', value: 'Oi' }]);
	await assert.rejects(written, (error) => error instanceof RecadoError && error.code === 'store_unavailable');
	assert.equal(state.writes, 1);
});
