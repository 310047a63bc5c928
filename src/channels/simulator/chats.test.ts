/** What happens next in a chat that was read back from its records. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PhoneBehaviour } from '../../ports/simulator.ts';
import { Audience } from './audience.ts';
import { Chats, type Outgoing } from './chats.ts';
import { Phones } from './phones.ts';
import { Kept } from './records.ts';
import { Society } from './society.ts';

const PHONE = '5544999999999';

test('a message is not received at an earlier time than the one before it', () => {
	const chats = new Chats(audienceOf({}));
	chats.addOutgoing(outgoing('A', { step: 'received', since: 10_000 }));
	chats.addOutgoing(outgoing('B', { step: 'taken', since: 0 }));
	const act = chats.advance(20_000);
	assert.ok(act?.kind === 'receive');
	assert.equal(act.message.whatsappId, 'B');
	assert.equal(act.at, 10_000);
});

test('nothing happens before its time, nor twice', () => {
	const chats = new Chats(audienceOf({ receivesAfterMs: 100, readsAfterMs: null }));
	chats.addOutgoing(outgoing('A', { step: 'taken', since: 0 }));
	const at = chats.nextAt() ?? assert.fail('nothing is due');
	assert.equal(chats.advance(at - 1), undefined);
	assert.deepEqual(chats.outgoing('A')?.step, 'taken');
	const act = chats.advance(at);
	assert.ok(act?.kind === 'receive' && act.next === undefined);
	assert.equal(chats.outgoing('A'), undefined);
	assert.equal(chats.nextAt(), undefined);
	assert.equal(chats.advance(Number.MAX_SAFE_INTEGER), undefined);
});

function outgoing(whatsappId: string, at: Pick<Outgoing, 'step' | 'since'>): Outgoing {
	return { whatsappId, phone: PHONE, order: 1, takenAt: 0, quote: null, ...at };
}

function audienceOf(defaults: Partial<PhoneBehaviour>): Audience {
	const phones = new Phones({ seed: 1, defaults, records: new Map() });
	return new Audience(new Society({ seed: 1, instanceId: 'ins_1', phones, kept: new Kept([]) }));
}
