/** The ledger can fail: each thing that it is there to see is shown to it once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ledger } from './ledger.ts';

const CHAT = '5544988880001';

/** A ledger of one webhook with so many accepted messages, 0, 1, 2... */
function ledgerOf(accepted: number): Ledger {
	const ledger = new Ledger([{ path: '/a' }]);
	for (let number = 0; number < accepted; number += 1) {
		ledger.tried(CHAT, number);
		ledger.accepted(CHAT, number);
	}
	return ledger;
}

function arrive(ledger: Ledger, number: number, change: { id?: string; suffix?: string; isGood?: boolean } = {}): void {
	const { id = `dlv_${number}`, suffix = '', isGood = true } = change;
	ledger.arrived({ webhook: '/a', id, body: Buffer.from(`{"text":"${ledger.text(CHAT, number)}"}${suffix}`), isGood });
}

test('everything there and in order is no fault, nor is what was tried and never came', () => {
	const ledger = ledgerOf(3);
	ledger.tried(CHAT, 3);
	for (const number of [0, 1, 1, 2]) arrive(ledger, number);
	assert.deepEqual(ledger.figures(), { accepted: 3, arrived: 3, duplicates: 1, outOfOrder: 0, lost: 0 });
	assert.deepEqual(ledger.faults, []);
	assert.deepEqual(ledger.arrivedWell(), new Set(['dlv_0', 'dlv_1', 'dlv_2']));
});

test('an accepted message that never arrives well is lost', () => {
	const ledger = ledgerOf(2);
	arrive(ledger, 0);
	arrive(ledger, 1, { isGood: false });
	assert.deepEqual(ledger.missing(), [`/a ${CHAT}/1`]);
	assert.equal(ledger.figures().lost, 1);
	assert.equal(ledger.fork().figures().lost, 1);
});

test('one that overtakes another is out of order', () => {
	const ledger = ledgerOf(2);
	arrive(ledger, 1);
	arrive(ledger, 0);
	assert.equal(ledger.figures().outOfOrder, 1);
	assert.match(ledger.faults.join(), /0 \(accepted\) out of turn, the latest before was 1/);
});

test('one that was never answered may come late where the next one went to another gateway', () => {
	for (const [mayUnansweredComeLate, outOfOrder] of [
		[true, 0],
		[false, 1],
	] as const) {
		const ledger = new Ledger([{ path: '/a' }], { mayUnansweredComeLate });
		ledger.tried(CHAT, 0);
		ledger.tried(CHAT, 1);
		ledger.accepted(CHAT, 1);
		arrive(ledger, 1);
		arrive(ledger, 0);
		assert.equal(ledger.figures().outOfOrder, outOfOrder);
	}
});

test('one that comes while the one before it has only failed is out of order', () => {
	const ledger = ledgerOf(2);
	arrive(ledger, 0, { isGood: false });
	arrive(ledger, 1);
	assert.equal(ledger.figures().outOfOrder, 1);
});

test('where nothing is ordered, nothing is out of order', () => {
	const ledger = ledgerOf(2);
	ledger.expect({ path: '/a', order: 'none' });
	arrive(ledger, 1);
	arrive(ledger, 0);
	assert.deepEqual(ledger.faults, []);
});

test('a second arrival with other bytes is seen', () => {
	const ledger = ledgerOf(1);
	arrive(ledger, 0);
	arrive(ledger, 0, { suffix: ' ' });
	assert.match(ledger.faults.join(), /dlv_0 with other bytes/);
});

test('a message under two ids is seen', () => {
	const ledger = ledgerOf(1);
	arrive(ledger, 0);
	arrive(ledger, 0, { id: 'dlv_other' });
	assert.match(ledger.faults.join(), /under two ids, dlv_0 and dlv_other/);
});

test('what nobody sent, and what was refused, must not arrive', () => {
	const ledger = ledgerOf(1);
	arrive(ledger, 7);
	assert.match(ledger.faults.join(), /what nobody sent/);
	ledger.tried(CHAT, 1);
	ledger.refused(CHAT, 1);
	arrive(ledger, 0);
	arrive(ledger, 1);
	assert.match(ledger.faults.join(), /1, which was refused/);
});

test('a fork goes its own way', () => {
	const ledger = ledgerOf(2);
	arrive(ledger, 0);
	const fork = ledger.fork();
	arrive(fork, 1);
	assert.equal(fork.figures().lost, 0);
	assert.equal(ledger.figures().lost, 1);
});
