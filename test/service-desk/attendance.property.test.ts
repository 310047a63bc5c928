/** Histories of a desk, at random: whatever customers and operators do, and however late a message comes, docs/attendances.md holds. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Attendance } from '../../src/domain/attendance.ts';
import type { Decision } from '../../src/ports/outbox.ts';
import { INSTANCE, type Rig } from '../messaging/rig.ts';
import { testedStore } from '../support/open-store.ts';
import { ACCOUNT, type DeskRig, startDesk } from './desk-rig.ts';

const PHONES = ['5544911111111', '5544922222222', '5544933333333'];
const DAY_MS = 86_400_000;
/** Each history has a database of its own, and a file of tests two minutes. */
const FEWER = testedStore() === 'postgres' ? 3 : 1;
/** So many things happen at the same moment: more, and nothing is there yet to race about. */
const AT_ONCE = 5;

type Step =
	| { readonly do: 'write' | 'send' | 'start' | 'finish' | 'department'; readonly who: number; readonly lateMs: number }
	| { readonly do: 'next' | 'distribute' | 'transfer' | 'join' | 'leave' | 'again'; readonly who: number; readonly lateMs: number };

const steps = fc.array(
	fc.record({
		do: fc.constantFrom(
			...([
				'write',
				'write',
				'write',
				'send',
				'start',
				'finish',
				'finish',
				'department',
				'next',
				'distribute',
				'transfer',
				'join',
				'leave',
				'again',
			] as const),
		),
		who: fc.nat({ max: PHONES.length - 1 }),
		lateMs: fc.constantFrom(0, 0, 0, 1_000, DAY_MS, 20 * DAY_MS),
	}),
	{ minLength: 5, maxLength: 40 },
);

/** What a chat must come to: its messages in the order of storing, from which one on somebody waits, and from which one on somebody attends. */
interface Chat {
	readonly stored: string[];
	waitingFrom?: number;
	attended?: { readonly id: string; readonly from: number };
}

/** A history with what it must come to. */
class History {
	readonly world: DeskRig;
	readonly chats: readonly Chat[] = PHONES.map(() => ({ stored: [] }));
	/** By the id of the attendance: the messages of its transcript. */
	readonly ended = new Map<string, readonly string[]>();
	readonly operators: string[] = [];
	readonly departments: string[] = [];
	#lastWritten: { phone: string; whatsappId: string; observationId: string } | undefined;
	#count = 0;

	constructor(world: DeskRig) {
		this.world = world;
	}

	async open(): Promise<void> {
		const { staff } = this.world.rig;
		for (const name of ['Geral', 'Vendas']) this.departments.push((await staff.createDepartment(ACCOUNT, { name })).id);
		for (const name of ['Ana', 'Bia']) {
			const { id } = await staff.createOperator(ACCOUNT, { name, departmentIds: this.departments });
			this.operators.push(id);
			await this.world.desk.staff.setState(ACCOUNT, id, 'online');
		}
	}

	async step(step: Step): Promise<void> {
		const { rig, desk } = this.world;
		const phone = PHONES[step.who] ?? '';
		const chat = this.chats[step.who];
		const operatorId = this.operators[step.who % 2] ?? '';
		assert.ok(chat);
		const open = chat.attended?.id;
		const account = { accountId: ACCOUNT };
		switch (step.do) {
			case 'write':
				return this.#write(chat, phone, step.lateMs);
			case 'again':
				if (this.#lastWritten) await rig.write(this.#lastWritten.phone, 'again', this.#lastWritten);
				return;
			case 'send':
				chat.stored.push((await rig.send(phone, 'to you')).whatsappId);
				return;
			case 'start':
				return this.#began((await rig.attending.start({ instance: INSTANCE, phone, operatorIds: [] })).attendance);
			case 'finish':
				return this.#finish(chat, phone, operatorId);
			case 'department':
				if (chat.stored.length > 0) await rig.attending.changeDepartment(INSTANCE, phone, this.departments[step.lateMs % 2] ?? '');
				return;
			case 'next':
				return this.#began(await desk.desk.takeNext(ACCOUNT, operatorId));
			case 'distribute':
				return this.#began(await desk.desk.distribute(ACCOUNT, this.departments[0] ?? ''));
			case 'transfer':
				if (open) await desk.desk.transfer(account, open, { departmentId: this.departments[1] ?? '', reason: 'because' });
				return;
			case 'join':
				if (open) await desk.desk.join(account, open, operatorId);
				return;
			case 'leave':
				if (open) await desk.desk.leave(account, open, operatorId);
				return;
		}
	}

	async #write(chat: Chat, phone: string, lateMs: number): Promise<void> {
		const { rig } = this.world;
		this.#count += 1;
		const whatsappId = rig.ids.nextWhatsappId();
		const observationId = `written_${this.#count}`;
		if (lateMs === 0) {
			await rig.write(phone, 'to them', { whatsappId, observationId });
			this.#lastWritten = { phone, whatsappId, observationId };
		} else {
			await rig.arrive(phone, { kind: 'text', text: 'late' }, { whatsappId, at: rig.clock.now() - lateMs });
		}
		if (!chat.attended) chat.waitingFrom ??= chat.stored.length;
		chat.stored.push(whatsappId);
	}

	#began(attendance: Attendance | undefined): void {
		if (!attendance) return;
		const chat = this.chats[PHONES.indexOf(attendance.customer.phone)];
		assert.ok(chat);
		// It may be one that went on: it was without an operator.
		if (chat.attended) {
			assert.equal(attendance.id, chat.attended.id);
			return;
		}
		assert.equal(this.ended.has(attendance.id), false, 'a finished one is never reopened');
		chat.attended = { id: attendance.id, from: chat.waitingFrom ?? chat.stored.length };
		delete chat.waitingFrom;
	}

	async #finish(chat: Chat, phone: string, operatorId: string): Promise<void> {
		const finished = await this.world.rig.attending.finish({ instance: INSTANCE, phone, operatorId, autoTransfer: false });
		assert.equal(finished.found, chat.attended !== undefined);
		if (!chat.attended) return;
		assert.equal(finished.attendance?.id, chat.attended.id);
		this.ended.set(chat.attended.id, chat.stored.slice(chat.attended.from));
		delete chat.attended;
	}

	async check(): Promise<void> {
		const { rig, desk } = this.world;
		const kept = (await rig.store.attendances.list({ accountId: ACCOUNT }, { limit: 200 })).items.toReversed();
		assert.deepEqual(
			kept.map(({ number }) => number),
			kept.map((_, index) => index + 1),
			'numbers count up without gaps',
		);
		const open = this.chats.flatMap(({ attended }) => (attended ? [attended.id] : []));
		const idsOf = (status: Attendance['status']) => kept.flatMap((one) => (one.status === status ? [one.id] : [])).sort();
		assert.deepEqual(idsOf('progress'), open.sort());
		assert.deepEqual(idsOf('finished'), [...this.ended.keys()].sort());
		for (const { id, number, status } of kept) {
			const ticket = await desk.tickets.byNumber(ACCOUNT, number);
			if (status === 'finished')
				assert.deepEqual(ticket?.transcript.map(({ whatsappId }) => whatsappId).sort(), [...(this.ended.get(id) ?? [])].sort());
		}
		this.#checkEvents();
		const page = { limit: 200 };
		const account = { accountId: ACCOUNT };
		const listed = async (list: 'attending' | 'closed') => (await desk.desk[list](account, {}, page)).items.map(({ id }) => id).sort();
		assert.deepEqual(await listed('attending'), open);
		assert.deepEqual(await listed('closed'), [...this.ended.keys()].sort());
		const waiting = (await desk.desk.waiting(account, {}, page)).items.map((view) => view.chat.phone).sort();
		assert.deepEqual(
			waiting,
			PHONES.filter((_, index) => this.chats[index]?.waitingFrom !== undefined).sort(),
			'who waits is seen to wait',
		);
	}

	/** Each attendance is told of once when it starts and once when it ends, with its transcript of that moment. */
	#checkEvents(): void {
		const ends = this.world.rig.events.flatMap((event) => (event.type === 'attendance.finished' ? [event.data] : []));
		assert.deepEqual(ends.map(({ attendance }) => attendance.id).sort(), [...this.ended.keys()].sort());
		for (const { attendance, transcript } of ends) {
			assert.deepEqual(transcript.map(({ message }) => message.whatsappId).sort(), [...(this.ended.get(attendance.id) ?? [])].sort());
		}
		const starts = this.world.rig.events.flatMap((event) => (event.type === 'attendance.started' ? [event.data.attendance.id] : []));
		assert.equal(new Set(starts).size, starts.length);
	}
}

test('no attendance is lost, doubled or reopened, numbers never repeat, and a transcript is what was stored between request and end', async () => {
	await fc.assert(
		fc.asyncProperty(steps, fc.array(fc.constantFrom(0, 0, 1_000), { minLength: 40, maxLength: 40 }), async (history, pauses) => {
			await using world = await startDesk();
			const model = new History(world);
			await model.open();
			for (const [index, step] of history.entries()) {
				await model.step(step);
				await world.rig.clock.advance(pauses[index] ?? 0);
			}
			await model.check();
		}),
		{ numRuns: 30 / FEWER },
	);
});

/** What happens at the same moment has no order to be told in advance: but whatever it is, all is somewhere, and nothing twice. */
test('at the same moment: each message is in one transcript at most, and whoever wrote last waits or is attended', async () => {
	await fc.assert(
		fc.asyncProperty(steps, fc.infiniteStream(fc.nat({ max: 6 })), async (history, delays) => {
			await using world = await startDesk();
			const { rig, desk } = world;
			const model = new History(world);
			await model.open();
			slow(rig, delays);
			const [operatorId = ''] = model.operators;
			const written: string[] = [];
			const act = async (step: Step): Promise<unknown> => {
				// Two chats, so that they meet.
				const phone = PHONES[step.who % 2] ?? '';
				if (step.do === 'write') {
					const whatsappId = rig.ids.nextWhatsappId();
					written.push(whatsappId);
					return rig.write(phone, 'to them', { whatsappId, observationId: whatsappId });
				}
				if (step.do === 'start') return rig.attending.start({ instance: INSTANCE, phone, operatorIds: [] });
				if (step.do === 'finish') return rig.attending.finish({ instance: INSTANCE, phone, operatorId, autoTransfer: false });
				return desk.desk.takeNext(ACCOUNT, model.operators[step.who % 2] ?? '');
			};
			for (let from = 0; from < history.length; from += AT_ONCE) await Promise.all(history.slice(from, from + AT_ONCE).map(act));
			const kept = (await rig.store.attendances.list({ accountId: ACCOUNT }, { limit: 200 })).items;
			assert.deepEqual(
				kept.map(({ number }) => number).sort((a, b) => a - b),
				kept.map((_, index) => index + 1),
			);
			const tickets = await Promise.all(kept.map(({ number }) => desk.tickets.byNumber(ACCOUNT, number)));
			const told = tickets.flatMap((ticket) => ticket?.transcript ?? []).map(({ whatsappId }) => whatsappId);
			assert.equal(new Set(told).size, told.length, 'in one transcript at most');
			const waiting = await desk.desk.waiting({ accountId: ACCOUNT }, {}, { limit: 200 });
			for (const whatsappId of written.filter((one) => !told.includes(one))) {
				const message = await rig.store.messages.byWhatsappId(INSTANCE.id, whatsappId);
				assert.ok(
					waiting.items.some(({ chat }) => chat.id === message?.chatId),
					'who is in no transcript waits for one',
				);
			}
		}),
		{ numRuns: 60 / FEWER },
	);
});

/** What was decided is committed some turns of the event loop later, each time another number of them: others decide and commit in between. */
function slow({ outbox }: Rig, delays: fc.Stream<number>): void {
	const commit = outbox.commit.bind(outbox);
	Object.assign(outbox, {
		commit: async (decision: Decision) => {
			for (let left = delays.next().value ?? 0; left > 0; left -= 1) await nextTurn();
			return commit(decision);
		},
	});
}

function nextTurn(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}
