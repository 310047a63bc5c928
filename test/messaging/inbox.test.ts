import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DomainEvent } from '../../src/domain/event.ts';
import { RecadoError } from '../../src/errors.ts';
import { DECISIONS_MAX } from '../../src/messaging/commit.ts';
import type { Observation } from '../../src/ports/channel.ts';
import { INSTANCE, startRig } from './rig.ts';

const MARIA = '5544988887777';
const JOANA = '5544977776666';

test('a repetition changes nothing, whether the observation or only the message comes again', async () => {
	await using rig = await startRig();
	await rig.write(MARIA, 'oi', { whatsappId: 'W1', observationId: 'o1' });
	await rig.write(MARIA, 'oi', { whatsappId: 'W1', observationId: 'o1' });
	await rig.write(MARIA, 'oi', { whatsappId: 'W1', observationId: 'o2' });
	await Promise.all(['o3', 'o3', 'o3'].map((observationId) => rig.write(MARIA, 'tchau', { whatsappId: 'W2', observationId })));
	assert.deepEqual(rig.heard(), ['message.received', 'message.received']);
	assert.ok(await rig.store.journal.has(INSTANCE.id, 'o2'));
});

test('with and without the ninth digit it is the same chat', async () => {
	await using rig = await startRig();
	await rig.write('554488887777', 'sem');
	await rig.write('5544988887777', 'com');
	const sent = await rig.send('+55 (44) 98888-7777', 'resposta');
	assert.equal(new Set([...rig.events.map((event) => event.chatId), sent.chatId]).size, 1);
	assert.equal((await rig.store.chats.chatsOf(INSTANCE.id, { limit: 10 })).items.length, 1);
});

test('many first messages at once make one chat, and keep their order', async () => {
	await using rig = await startRig();
	await Promise.all(Array.from({ length: 20 }, (_, n) => rig.write(MARIA, String(n))));
	const texts = rig.events.map((event) =>
		event.type === 'message.received' && event.data.message.content.kind === 'text' ? event.data.message.content.text : '',
	);
	assert.deepEqual(
		texts,
		Array.from({ length: 20 }, (_, n) => String(n)),
	);
	assert.equal(new Set(rig.events.map((event) => event.chatId)).size, 1);
});

test('statuses go forward only, skipped ones are filled in, late ones change nothing', async () => {
	await using rig = await startRig();
	const message = await rig.send(MARIA, 'Olá');
	await rig.clock.advance(10);
	await rig.told('s1', 'read', message.whatsappId);
	await rig.told('s2', 'received', message.whatsappId);
	await rig.told('s3', 'read', message.whatsappId);
	assert.deepEqual(rig.heard(), ['message.sent', 'message.status sent', 'message.status received', 'message.status read']);
});

test('one status for several messages is heard for each, whatever becomes of the others', async () => {
	await using rig = await startRig();
	const one = await rig.send(MARIA, '1');
	const two = await rig.send(MARIA, '2');
	await rig.clock.advance(10);
	rig.events.length = 0;
	await rig.told('batch', 'received', one.whatsappId, 'unknown yet', two.whatsappId);
	assert.deepEqual(rig.heard(), ['message.status received', 'message.status received']);
});

test('a status that comes before its message waits for it', async () => {
	await using rig = await startRig();
	await rig.told('early', 'read', 'W9');
	assert.deepEqual(rig.heard(), []);
	await rig.write(MARIA, 'written on the handset', { whatsappId: 'W9', fromMe: true });
	assert.deepEqual(rig.heard(), ['message.received', 'message.status received', 'message.status read']);
	assert.equal((await rig.store.messages.byWhatsappId(INSTANCE.id, 'W9'))?.status, 'read');
	assert.deepEqual(await rig.store.journal.waitingFor(INSTANCE.id, 'W9'), []);
});

test('what has no word of ours is passed on as unknown, with what was said', async () => {
	await using rig = await startRig();
	const raw = { kind: 'hologram', depth: 3 };
	await rig.observe({ id: 'u1', at: rig.clock.now(), raw, kind: 'unknown', from: { phone: MARIA, aliases: [] } });
	const [event] = rig.events;
	assert.ok(event?.type === 'message.received');
	assert.deepEqual(event.data.message.content, { kind: 'unknown', raw });
});

test('a lost and a regained connection are told once each; what a person closes is not told', async () => {
	await using rig = await startRig();
	const lost = { id: 'c1', at: rig.clock.now(), raw: {}, kind: 'disconnected', reason: 'Device has been disconnected' } as const;
	await rig.observe(lost);
	await rig.observe({ ...lost, id: 'c2' });
	await rig.observe({ id: 'c3', at: rig.clock.now(), raw: {}, kind: 'connected' });
	await rig.instances.disconnect(INSTANCE);
	assert.deepEqual(rig.heard(), ['instance.disconnected', 'instance.connected']);
	assert.equal((await rig.store.accounts.instance(INSTANCE.id))?.state, 'disconnected');
});

test('presence and failures told later are events too', async () => {
	await using rig = await startRig();
	await rig.observe({ id: 'p1', at: 1, raw: {}, kind: 'presence', from: { phone: MARIA, aliases: [] }, status: 'composing' });
	const message = await rig.send(MARIA, 'Olá');
	await rig.clock.advance(10);
	await rig.observe({ id: 'f1', at: 2, raw: {}, kind: 'failure', whatsappId: message.whatsappId, failure: { code: 'x', reason: 'y' } });
	assert.deepEqual(rig.heard(), ['chat.presence', 'message.sent', 'message.status sent', 'message.failed']);
});

test('an observation whose effects fail is kept in the journal and tried again at the next start', async () => {
	await using rig = await startRig();
	const { chats } = rig.store;
	const findByAlias = chats.findByAlias;
	Object.assign(chats, {
		findByAlias: () => {
			throw new Error('a fault in the code');
		},
	});
	await rig.write(MARIA, 'oi', { observationId: 'o1' });
	assert.deepEqual(rig.heard(), []);
	assert.deepEqual(
		(await rig.store.journal.failed(10)).map((entry) => entry.observationId),
		['o1'],
	);
	Object.assign(chats, { findByAlias });
	await rig.inbox.retryFailed();
	assert.deepEqual(rig.heard(), ['message.received']);
	assert.deepEqual(await rig.store.journal.failed(10), []);
});

test('an observation that conflicts however often it is worked out is kept as failed, and does not go on for ever', async () => {
	await using rig = await startRig();
	const { commit } = rig.outbox;
	let decisions = 0;
	rig.outbox.commit = async (decision) => {
		const [change] = decision.changes;
		if (change?.kind !== 'journal.insert' || change.entry.state === 'failed') return commit(decision);
		decisions += 1;
		assert.ok(decisions <= DECISIONS_MAX, 'it decides for ever');
		return { kind: 'conflict', what: 'message' };
	};
	await rig.write(MARIA, 'oi', { observationId: 'o1' });
	assert.equal(decisions, DECISIONS_MAX);
	const [kept] = await rig.store.journal.failed(10);
	assert.deepEqual([kept?.observationId, kept?.error], ['o1', new RecadoError('conflict').message]);
});

test('what is observed of a chat in one go keeps its order, whatever it is', async () => {
	for (const messageFirst of [true, false]) {
		await using rig = await startRig();
		const sent = await rig.send(MARIA, 'Oi');
		await rig.clock.advance(1);
		rig.events.length = 0;
		const at = rig.clock.now();
		const read = { id: 'read', at, raw: {}, kind: 'status', step: 'read', whatsappIds: [sent.whatsappId] } as const;
		const chat = { phone: MARIA, aliases: [], name: 'Maria' };
		const content = { kind: 'text', text: 'Olá' } as const;
		const [one, two] = ['WA1', 'WA2'].map((whatsappId) => {
			return { id: whatsappId, at, raw: {}, kind: 'message', message: { whatsappId, chat, fromMe: false, content } } as const;
		});
		assert.ok(one && two);
		if (messageFirst) await rig.observe(one, two, read);
		// Told one after the other, without waiting in between, it is no different.
		else await Promise.all([rig.observe(read), rig.observe(one, two)]);
		const statuses = ['message.status received', 'message.status read'];
		const messages = ['message.received', 'message.received'];
		assert.deepEqual(rig.heard(), messageFirst ? [...messages, ...statuses] : [...statuses, ...messages]);
	}
});

test('what could not be stored is not acknowledged, and is heard once when it is told again', async () => {
	await using rig = await startRig();
	const { commit } = rig.outbox;
	let failures = 1;
	rig.outbox.commit = async (decision) => {
		if (failures-- > 0) throw new RecadoError('store_unavailable');
		return commit(decision);
	};
	const at = rig.clock.now();
	const seen = { id: 'seen', at, raw: {}, kind: 'presence', from: { phone: MARIA, aliases: [] }, status: 'composing' } as const;
	await assert.rejects(rig.observe(seen), (error) => error instanceof RecadoError && error.code === 'store_unavailable');
	await rig.observe(seen);
	await rig.observe(seen);
	assert.deepEqual(rig.heard(), ['chat.presence']);
});

test('what follows in its chat does not overtake what could not be stored: it waits until that is told again', async () => {
	await using rig = await startRig();
	const { commit } = rig.outbox;
	const seen: string[] = [];
	const failing = new Set(['A2']);
	rig.outbox.commit = async (decision) => {
		const text = textOf(decision.events[0]);
		if (failing.delete(text)) throw new RecadoError('store_unavailable');
		const conflict = await commit(decision);
		if (!conflict) seen.push(text);
		return conflict;
	};
	const told = [aMessage(MARIA, 'A1'), aMessage(MARIA, 'A2'), aMessage(JOANA, 'B1'), aMessage(MARIA, 'A3'), aMessage(JOANA, 'B2')];
	await assert.rejects(rig.observe(...told), isUnavailable);
	assert.deepEqual(seen.toSorted(), ['A1', 'B1', 'B2'], 'other chats go on');
	await rig.observe(...told, aMessage(MARIA, 'A4'));
	assert.deepEqual(
		seen.filter((text) => text.startsWith('A')),
		['A1', 'A2', 'A3', 'A4'],
	);
});

test('when it is said that something could not be stored, nothing of what was told with it is under way any more', async () => {
	await using rig = await startRig();
	const { commit } = rig.outbox;
	const [failed, slow] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
	rig.outbox.commit = async (decision) => {
		if (textOf(decision.events[0]) === 'A1') {
			failed.resolve();
			throw new RecadoError('store_unavailable');
		}
		await slow.promise;
		return commit(decision);
	};
	const heardAtTheEnd = rig.observe(aMessage(MARIA, 'A1'), aMessage(JOANA, 'B1')).catch((error: unknown) => {
		assert.ok(isUnavailable(error));
		return rig.events.map(textOf);
	});
	await failed.promise;
	await rig.store.probe(); // some turns of the event loop
	slow.resolve();
	assert.deepEqual(await heardAtTheEnd, ['B1']);
});

test('a contact is a person: the same one by LID after a new number, and on another instance of the account', async () => {
	await using rig = await startRig();
	const lid = '81896604192873@lid';
	const second = { ...INSTANCE, id: 'ins_2', tokenHash: 'other' };
	await rig.store.commit({ changes: [{ kind: 'instance.insert', instance: second }], events: [], deliveries: [] });
	await rig.store.ownership.claim(second.id);
	const write = (instanceId: string, phone: string, whatsappId: string): Promise<void> => {
		const chat = { phone, lid, aliases: [{ kind: 'lid', value: lid }], name: 'Maria' } as const;
		const message = { whatsappId, chat, fromMe: false, content: { kind: 'text', text: 'Oi' } } as const;
		return rig.inbox.observe(instanceId, [{ id: whatsappId, at: rig.clock.now(), raw: {}, kind: 'message', message }]);
	};
	await write('ins_1', MARIA, 'WA1');
	await write('ins_1', '5511977776666', 'WA2');
	await write('ins_2', '5511977776666', 'WA3');
	const chats = async (instanceId: string) => (await rig.store.chats.chatsOf(instanceId, { limit: 10 })).items;
	const [one, other] = [await chats('ins_1'), await chats('ins_2')];
	assert.deepEqual([one.length, other.length], [1, 1]);
	assert.equal(one[0]?.contact.id, other[0]?.contact.id);
});

test('what is learnt about somebody is told with the message that taught it, on each instance', async () => {
	await using rig = await startRig();
	await rig.send(MARIA, 'Olá');
	await rig.clock.advance(10);
	await rig.write(MARIA, 'oi');
	const event = rig.events.at(-1);
	assert.ok(event?.type === 'message.received');
	assert.deepEqual([event.data.with.senderName, event.data.with.chatName], ['Maria', 'Maria']);
	const view = await rig.store.chats.chat(event.data.with.chatId);
	assert.deepEqual([view?.contact.name, view?.chat.name], ['Maria', 'Maria']);

	const other = { ...INSTANCE, id: 'ins_2', phone: '5544911112222', tokenHash: 'other' };
	await rig.store.commit({ changes: [{ kind: 'instance.insert', instance: other }], events: [], deliveries: [] });
	await rig.store.ownership.claim(other.id);
	await rig.inbox.observe(other.id, [
		{
			id: 'on-another-instance',
			at: rig.clock.now(),
			raw: {},
			kind: 'message',
			message: {
				whatsappId: 'W77',
				chat: { phone: MARIA, aliases: [], name: 'Maria Silva' },
				fromMe: false,
				content: { kind: 'text', text: 'oi' },
			},
		},
	]);
	const elsewhere = rig.events.at(-1);
	assert.ok(elsewhere?.type === 'message.received' && elsewhere.instance.id === other.id);
	assert.deepEqual([elsewhere.data.with.senderName, elsewhere.data.with.chatName], ['Maria Silva', 'Maria Silva']);
	assert.equal((await rig.store.chats.chat(event.data.with.chatId))?.contact.name, 'Maria Silva', 'one person on both');
});

/** Its text is its id. */
function aMessage(phone: string, text: string): Observation {
	const message = { whatsappId: text, chat: { phone, aliases: [] }, fromMe: false, content: { kind: 'text', text } } as const;
	return { id: text, at: 0, raw: {}, kind: 'message', message };
}

function textOf(event: DomainEvent | undefined): string {
	return event?.type === 'message.received' && event.data.message.content.kind === 'text' ? event.data.message.content.text : '';
}

function isUnavailable(error: unknown): boolean {
	return error instanceof RecadoError && error.code === 'store_unavailable';
}
