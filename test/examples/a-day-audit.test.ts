/** The audit of the example finds what is off: each kind of fault is planted into a day that is as promised. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { auditPath } from '../../examples/a-day/audit.ts';
import type { Books, Fault } from '../../examples/a-day/books.ts';
import type { Arrival } from '../../examples/a-day/receiver.ts';

const PATH = '/loja/recado';
const PHONE = '5544980000000';
const ATTENDANCE = { number: 1, finishedBy: { name: 'Ana' }, report: 'Vendido', category: { name: 'Venda' } };

function books(): Books {
	const visit = { phone: PHONE, number: 1, mine: ['oi', 'obrigado'], theirs: ['menu'], rating: 5, observation: '' };
	const closing = { number: 1, phone: PHONE, operatorId: 'opr_1', operator: 'Ana', category: 'Venda', report: 'Vendido' };
	const screen = [
		{ whatsappId: 'oi', fromMe: true, content: {} },
		{ whatsappId: 'menu', fromMe: false, content: {} },
		{ whatsappId: 'obrigado', fromMe: true, content: {} },
	];
	return {
		company: { key: 'loja', id: 'acc_1', instanceId: 'ins_1' },
		diary: { visits: [visit], closings: [closing], transfers: [{ number: 1, reason: 'Férias' }], latecomers: [], said: ['menu'] },
		screens: new Map([[PHONE, screen]]),
		unread: new Set(),
	};
}

let written = 0;

function arrival(event: string, data: object, more: Partial<Arrival> = {}): Arrival {
	written += 1;
	const body = JSON.stringify({ type: event, accountId: 'acc_1', instanceId: 'ins_1', data: { contact: { phone: PHONE }, ...data } });
	return { path: PATH, webhookId: `dlv_${written}`, event, body, isGenuine: true, isTaken: true, ...more };
}

function message(event: string, whatsappId: string, data: object = {}): Arrival {
	return arrival(event, { message: { whatsappId, content: { text: whatsappId } }, ...data });
}

/** In the order in which they come on a good day. */
function arrivals(): Arrival[] {
	const transcript = ['oi', 'menu', 'obrigado'].map((whatsappId) => ({ whatsappId, content: {} }));
	return [
		message('message.received', 'oi'),
		message('message.sent', 'menu'),
		...['sent', 'received', 'read'].map((status) => message('message.status', 'menu', { status })),
		arrival('attendance.started', { attendance: ATTENDANCE }),
		arrival('attendance.transferred', { attendance: ATTENDANCE, transfer: { reason: 'Férias' } }),
		message('message.received', 'obrigado'),
		arrival('attendance.finished', { attendance: ATTENDANCE, transcript }),
		arrival('survey.answered', { attendance: ATTENDANCE, answer: { rating: 5 } }),
	];
}

function place(all: readonly Arrival[], event: string, nth = 0): number {
	return all.flatMap((one, index) => (one.event === event ? [index] : []))[nth] ?? assert.fail(`${event} ${nth} is not there`);
}

/** The arrivals with one of them changed, or taken out. */
function changed(event: string, nth: number, change: (one: Arrival) => readonly Arrival[]): readonly Arrival[] {
	const all = arrivals();
	const index = place(all, event, nth);
	return all.flatMap((one, at) => (at === index ? change(one) : [one]));
}

function swapped(event: string, nth: number, other: string, otherNth: number): readonly Arrival[] {
	const all = arrivals();
	const [one, two] = [place(all, event, nth), place(all, other, otherNth)];
	return all.map((arrived, at) => (at === one ? all[two] : at === two ? all[one] : arrived) ?? arrived);
}

function kindsOf(faults: readonly Fault[]): readonly string[] {
	return [...new Set(faults.map(({ what }) => what))];
}

function rewritten(one: Arrival, from: string, to: string): Arrival {
	assert.ok(one.body.includes(from), `${from} is in ${one.body}`);
	return { ...one, body: one.body.replace(from, to) };
}

describe('the audit of a day at work', () => {
	it('says nothing where everything is as promised, also where the same webhook comes again or was refused before', () => {
		assert.deepEqual(auditPath(PATH, arrivals(), books()), []);
		const again = changed('message.received', 0, (one) => [{ ...one, isTaken: false }, one, one]);
		assert.deepEqual(auditPath(PATH, again, books()), []);
	});

	const planted: readonly (readonly [string, Fault['what'], readonly Arrival[]])[] = [
		['a signature that is not right', 'bad signature', changed('message.sent', 0, (one) => [{ ...one, isGenuine: false }])],
		['an account that is another', 'of another account', changed('message.sent', 0, (one) => [rewritten(one, 'acc_1', 'acc_2')])],
		['an instance that is another', 'of another account', changed('message.sent', 0, (one) => [rewritten(one, 'ins_1', 'ins_2')])],
		['a message that was refused and never came again', 'missing', changed('message.received', 0, (one) => [{ ...one, isTaken: false }])],
		['a message told by two webhooks', 'doubled', changed('message.received', 0, (one) => [one, { ...one, webhookId: 'dlv_other' }])],
		['a webhook with other bytes', 'doubled', changed('message.sent', 0, (one) => [one, { ...one, body: '{}' }])],
		['messages in another order', 'out of order', swapped('message.received', 0, 'message.received', 1)],
		['a message that nobody wrote', 'unknown', [...arrivals(), message('message.received', 'nobody')]],
		['a message of a number that is no customer', 'unknown', [...arrivals(), rewritten(message('message.received', 'x'), PHONE, '1')]],
		['a message that was not sent', 'missing', changed('message.sent', 0, () => [])],
		['a message that failed', 'missing', [...arrivals(), message('message.failed', 'menu')]],
		['a step that is missing', 'missing', changed('message.status', 2, () => [])],
		['read before received', 'out of order', swapped('message.status', 1, 'message.status', 2)],
		['an attendance that never started', 'missing', changed('attendance.started', 0, () => [])],
		['an attendance that ended twice', 'doubled', changed('attendance.finished', 0, (one) => [one, { ...one, webhookId: 'dlv_other' }])],
		['an end before the start', 'out of order', swapped('attendance.started', 0, 'attendance.finished', 0)],
		['a number that skips one', 'unknown', changed('attendance.started', 0, (one) => [rewritten(one, '"number":1', '"number":2')])],
		['a report that nobody wrote', 'attendance', changed('attendance.finished', 0, (one) => [rewritten(one, 'Vendido', 'Perdido')])],
		[
			'a transcript without a message',
			'transcript',
			changed('attendance.finished', 0, (one) => [rewritten(one, '"whatsappId":"menu"', '"x":1')]),
		],
		['a transcript in another order', 'transcript', changed('attendance.finished', 0, (one) => [exchanged(one, '"oi"', '"obrigado"')])],
		['a reason that nobody gave', 'transfer', changed('attendance.transferred', 0, (one) => [rewritten(one, 'Férias', '')])],
		['a rating that nobody gave', 'survey', changed('survey.answered', 0, (one) => [rewritten(one, '"rating":5', '"rating":1')])],
	];
	for (const [what, kind, all] of planted) {
		it(`finds ${what}`, () =>
			assert.ok(kindsOf(auditPath(PATH, all, books())).includes(kind), JSON.stringify(auditPath(PATH, all, books()))));
	}

	it('finds a message that the gateway took and that is on no phone', () => {
		const day = books();
		const faults = auditPath(PATH, arrivals(), { ...day, diary: { ...day.diary, said: ['menu', 'lost'] } });
		assert.deepEqual(kindsOf(faults), ['missing']);
	});
});

function exchanged(one: Arrival, first: string, second: string): Arrival {
	return rewritten(rewritten(rewritten(one, first, '"first"'), second, first), '"first"', second);
}
