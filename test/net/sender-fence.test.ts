/** A request that may not begin any more when its connection is there: none of its bytes leave. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { startReceiver } from '../support/receiver.ts';
import { brief, localSender, requestTo } from './sending.ts';

suite('the fence', () => {
	test('is asked once, after the connection was opened: a no ends the attempt as interrupted, and nothing arrives', async () => {
		await using receiver = await startReceiver();
		await using sender = await localSender();
		const openedWhenAsked: number[] = [];
		const mayBegin = (): boolean => {
			openedWhenAsked.push(receiver.connections.tcp);
			return false;
		};
		assert.equal(brief(await sender.send(requestTo(receiver.url(), { mayBegin }))), 'interrupted');
		assert.deepEqual(openedWhenAsked, [1]);
		await receiver.openConnections(0);
		assert.deepEqual(receiver.requests, []);
	});

	test('is asked on a connection that was kept, too', async () => {
		await using receiver = await startReceiver();
		await using sender = await localSender();
		assert.equal(brief(await sender.send(requestTo(receiver.url(), { mayBegin: () => true }))), '200');
		assert.equal(brief(await sender.send(requestTo(receiver.url(), { mayBegin: () => false }))), 'interrupted');
		await receiver.openConnections(0);
		assert.equal(receiver.requests.length, 1);
		assert.equal(receiver.connections.tcp, 1);
		assert.equal(brief(await sender.send(requestTo(receiver.url()))), '200', 'the next one has a connection of its own');
	});

	test('ends what waits for a connection while others are being opened', async () => {
		await using receiver = await startReceiver();
		await using sender = await localSender();
		let isOurs = true;
		const mayBegin = (): boolean => isOurs;
		const sending = Array.from({ length: 40 }, () => sender.send(requestTo(receiver.url(), { mayBegin })));
		isOurs = false;
		const results = await Promise.all(sending);
		assert.deepEqual(new Set(results.map(brief)), new Set(['interrupted']));
		await receiver.openConnections(0);
		assert.deepEqual(receiver.requests, []);
	});
});
