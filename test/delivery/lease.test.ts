/** What happens to deliveries in hand where the lease of this process runs out: others have them then. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { RecadoError } from '../../src/errors.ts';
import type { DeliveryWork } from '../../src/ports/delivery-work.ts';
import type { OutboundRequest, OutboundResult, Sender } from '../../src/ports/sender.ts';
import { localSender } from '../net/sending.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { FakePeers } from './fake-peers.ts';
import { answer, type Faulty, type Rig, startRig } from './rig.ts';

const CHATS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

/** What others do with what was in hand: ready again. */
async function takeOver(rig: Rig): Promise<void> {
	const { items } = await rig.store.deliveries.list({ state: 'sending' }, { limit: 100 });
	for (const { id, seq } of items)
		await rig.store.deliveries.settle({ outcome: 'released', delivery: { id, seq }, dueAt: rig.clock.now() });
}

/** Notes what is settled as what. */
function noting(settled: string[], work: DeliveryWork): Pick<DeliveryWork, 'settle'> {
	return {
		settle: (settlement) => {
			settled.push(settlement.outcome);
			return work.settle(settlement);
		},
	};
}

/** The store's work, with some of it done by the test. */
function instead(of: (work: DeliveryWork) => Partial<DeliveryWork>): Pick<Faulty, 'work'> {
	return {
		work: (work) => {
			const own = of(work);
			return new Proxy(work, {
				get: (target, name: keyof DeliveryWork) => own[name] ?? target[name].bind(target),
			});
		},
	};
}

suite('where the lease is lost', () => {
	test('what is in hand is dropped at once: attempts are broken off, nothing is begun and nothing settled', async () => {
		const peers = new FakePeers();
		const settled: string[] = [];
		const [dropped, background]: [unknown[], string[]] = [[], []];
		await using rig = await startRig(
			{ concurrencyPerWebhook: 3 },
			{
				...instead((work) => noting(settled, work)),
				peers,
				hooks: { onLost: (told) => void dropped.push(told) },
				observer: { background: (where) => void background.push(where) },
			},
		);
		await rig.webhook();
		rig.sender.decide = () => new Promise(() => {});
		for (const chat of CHATS) await rig.happen(chat, `${chat}1`);
		await rig.clock.advance(10);
		assert.deepEqual([rig.sender.inFlight, rig.dispatcher.snapshot().inHand], [3, 4]);
		peers.lose();
		await rig.clock.advance(10);
		assert.deepEqual(dropped, [{ underWay: 3, waiting: 4 }]);
		const { inFlight, inHand, heldBytes } = rig.dispatcher.snapshot();
		assert.deepEqual([rig.sender.inFlight, inFlight, inHand, heldBytes], [0, 0, 0, 0]);
		assert.deepEqual([rig.sender.requests.length, settled, background], [3, [], []]);
		assert.deepEqual(await rig.states(), { sending: 7 });

		rig.sender.decide = () => answer(200);
		await takeOver(rig);
		await rig.clock.advance(60_000);
		assert.equal(rig.sender.requests.length, 3, 'who is no member takes nothing');
		peers.become(['2'], '2');
		await rig.clock.advance(10);
		assert.deepEqual(await rig.states(), { delivered: 7 });
		assert.equal(rig.dispatcher.snapshot().heldBytes, 0);
	});

	test('an answer that came before is not settled after', async () => {
		const peers = new FakePeers();
		let tries = 0;
		const background: string[] = [];
		await using rig = await startRig(
			{},
			{
				...instead(() => ({
					settle: () => {
						tries += 1;
						return Promise.reject(new RecadoError('store_unavailable'));
					},
				})),
				peers,
				observer: { background: (where) => void background.push(where) },
			},
		);
		await rig.webhook();
		await rig.happen('a', 'a1');
		await rig.clock.advance(10);
		assert.deepEqual([tries, background], [1, ['dispatcher.settle']]);
		peers.lose();
		await rig.clock.advance(10_000);
		assert.deepEqual([tries, background.length, rig.dispatcher.snapshot().heldBytes], [1, 1, 0]);
	});

	test('what comes in hand by a claim that was asked for before is given back', async () => {
		const peers = new FakePeers();
		const settled: string[] = [];
		const gate = Promise.withResolvers<void>();
		const isAsked = Promise.withResolvers<void>();
		await using rig = await startRig(
			{},
			{
				...instead((work) => ({
					...noting(settled, work),
					claimDue: async (request) => {
						const claimed = await work.claimDue(request);
						isAsked.resolve();
						await gate.promise;
						return claimed;
					},
				})),
				peers,
			},
		);
		const { id } = await rig.webhook('/', { enabled: false });
		await rig.happen('a', 'a1');
		const isEnabled = rig.webhooks.update(id, { enabled: true });
		await isAsked.promise;
		await isEnabled;
		peers.lose();
		peers.become(['2'], '2');
		gate.resolve();
		await rig.clock.advance(10);
		assert.deepEqual(await rig.states(), { delivered: 1 });
		assert.deepEqual([settled, rig.sender.bodies()], [['released', 'delivered'], ['a1']], 'claimed anew, and attempted once');
		assert.equal(rig.dispatcher.snapshot().heldBytes, 0);
	});

	test('what comes in hand too late is given back at once or not at all: later it may be in hand anew', async () => {
		const peers = new FakePeers();
		const gate = Promise.withResolvers<void>();
		const isAsked = Promise.withResolvers<void>();
		await using rig = await startRig(
			{},
			{
				...instead((work) => ({
					settle: (settlement) => (peers.holds() ? work.settle(settlement) : Promise.reject(new RecadoError('lease_lost'))),
					claimDue: async (request) => {
						const claimed = await work.claimDue(request);
						isAsked.resolve();
						await gate.promise;
						return claimed;
					},
				})),
				peers,
			},
		);
		const { id } = await rig.webhook('/', { enabled: false });
		await rig.happen('a', 'a1');
		await rig.webhooks.update(id, { enabled: true });
		await isAsked.promise;
		rig.sender.decide = () => new Promise(() => {});
		peers.lose();
		gate.resolve();
		await rig.clock.advance(10);
		await takeOver(rig);
		peers.become(['2'], '2');
		await rig.clock.advance(10);
		assert.deepEqual([rig.sender.bodies(), await rig.states()], [['a1'], { sending: 1 }]);
		await rig.clock.advance(5_000);
		assert.deepEqual([rig.sender.bodies(), await rig.states()], [['a1'], { sending: 1 }]);
	});

	test('what comes in hand by a commit that was begun before is given back', async () => {
		const peers = new FakePeers();
		const settled: string[] = [];
		await using rig = await startRig({}, { peers, ...instead((work) => noting(settled, work)) });
		const { id } = await rig.webhook();
		// From here on the webhooks of the account are known, so that a commit begins at once.
		await rig.happen('a', 'a1');
		await rig.clock.advance(10);
		const happening = rig.happen('a', 'a2');
		peers.lose();
		assert.equal(rig.dispatcher.reserve(id, 'body'), false, 'no room for anything while it is no member');
		peers.become(['2'], '2');
		await happening;
		await rig.clock.advance(10);
		assert.deepEqual(
			[settled, rig.sender.bodies()],
			[
				['delivered', 'released', 'delivered'],
				['a1', 'a2'],
			],
		);
		assert.equal(rig.dispatcher.snapshot().heldBytes, 0);
	});
});

suite('where nobody knows yet whether it is lost', () => {
	test('nothing is begun, and what is in hand goes on once it holds again', async () => {
		const peers = new FakePeers();
		await using rig = await startRig({ concurrencyPerWebhook: 1 }, { peers });
		await rig.webhook();
		const gate = Promise.withResolvers<OutboundResult>();
		rig.sender.decide = (body) => (body === 'a1' ? gate.promise : answer(200));
		await rig.happen('a', 'a1');
		await rig.happen('b', 'b1');
		await rig.clock.advance(10);
		peers.isHolding = false;
		gate.resolve(answer(200));
		await rig.clock.advance(5_000);
		assert.deepEqual(rig.sender.bodies(), ['a1']);
		peers.isHolding = true;
		await rig.clock.advance(1_000);
		assert.deepEqual([rig.sender.bodies(), await rig.states()], [['a1', 'b1'], { delivered: 2 }]);
	});

	test('a settlement that the store refuses for it is tried until it is written, and that is no error', async () => {
		const peers = new FakePeers();
		const background: string[] = [];
		let isLate = true;
		await using rig = await startRig(
			{},
			{
				...instead((work) => ({
					settle: (settlement) => (isLate ? Promise.reject(new RecadoError('lease_lost')) : work.settle(settlement)),
				})),
				peers,
				observer: { background: (where) => void background.push(where) },
			},
		);
		await rig.webhook();
		await rig.happen('a', 'a1');
		await rig.clock.advance(1_000);
		assert.deepEqual(await rig.states(), { sending: 1 });
		isLate = false;
		await rig.clock.advance(1_000);
		assert.deepEqual([await rig.states(), background, rig.sender.requests.length], [{ delivered: 1 }, [], 1]);
	});
});

suite('over real connections', () => {
	/** Does that with each request that is begun, while its connection is being opened. */
	function whileOpening(sender: Sender, meanwhile: { act: () => void }): Sender {
		const send = (request: OutboundRequest): Promise<OutboundResult> => {
			const sending = sender.send(request);
			meanwhile.act();
			return sending;
		};
		return Object.assign(Object.create(sender) as Sender, { send, knock: async () => false, refuse: () => undefined });
	}

	/** A webhook that leads to the receiver, and three deliveries for it in three chats, begun. */
	async function begun(rig: Rig, receiver: Receiver): Promise<void> {
		const { id } = await rig.webhook();
		await rig.webhooks.update(id, { url: receiver.url() });
		for (const chat of ['a', 'b', 'c']) await rig.happen(chat, `${chat}1`);
		await rig.clock.advance(10);
	}

	async function deliveredOnce(rig: Rig, receiver: Receiver): Promise<void> {
		while ((await rig.states())['delivered'] !== 3) await rig.clock.advance(100);
		assert.deepEqual(receiver.requests.map(({ text }) => text).sort(), ['a1', 'b1', 'c1']);
	}

	test('what was about to begin when the lease was lost never does', async () => {
		await using receiver = await startReceiver();
		await using sender = await localSender();
		const peers = new FakePeers();
		const meanwhile = { act: () => peers.lose() };
		await using rig = await startRig({}, { peers, sender: whileOpening(sender, meanwhile) });
		await begun(rig, receiver);
		assert.deepEqual([receiver.requests.length, rig.dispatcher.snapshot().heldBytes], [0, 0]);
		meanwhile.act = () => {};
		await takeOver(rig);
		peers.become(['2'], '2');
		await deliveredOnce(rig, receiver);
	});

	test('what was about to begin when the lease ran out is given back', async () => {
		await using receiver = await startReceiver();
		await using sender = await localSender();
		const peers = new FakePeers();
		const meanwhile = {
			act: () => {
				peers.isHolding = false;
			},
		};
		await using rig = await startRig({}, { peers, sender: whileOpening(sender, meanwhile) });
		await begun(rig, receiver);
		// Whether it may still begin is asked once its connection is there.
		await receiver.waitFor(() => receiver.connections.tcp > 0, 'a connection');
		await receiver.openConnections(0);
		assert.equal(receiver.requests.length, 0);
		meanwhile.act = () => {};
		peers.isHolding = true;
		await deliveredOnce(rig, receiver);
	});
});
