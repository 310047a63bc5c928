/**
 * Histories of a group: whatever members do while processes die and the store fails, an act happened whole or not at all, each group keeps
 * its rules, the next process knows the same as the one before, and what was told of it is told once.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anInstance, Lifeline, MemoryChannelState, MemorySink } from '../../../test/support/channel-rig.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { FakeIds } from '../../../test/support/fake-ids.ts';
import type { PhoneAct } from '../../ports/simulator.ts';
import type { Group, ParticipantAct } from '../../ports/whatsapp.ts';
import { Simulator } from './simulator.ts';

const OWN = '5544911112222';
const PHONES: readonly string[] = [OWN, '5544999990001', '5544999990002', '5544999990003'];
const instance = anInstance('connected');

const phone = fc.constantFrom(...PHONES);
const action = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.record({
			kind: fc.constant('participants' as const),
			phone,
			act: fc.constantFrom<ParticipantAct>('add', 'remove', 'promote', 'demote', 'approve', 'reject'),
			phones: fc.uniqueArray(phone, { minLength: 1, maxLength: 3 }),
		}),
	},
	{ weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('join' as const, 'leave' as const, 'renew' as const), phone }) },
	{ weight: 2, arbitrary: fc.record({ kind: fc.constant('approval' as const), phone, isWanted: fc.boolean() }) },
	{ weight: 2, arbitrary: fc.record({ kind: fc.constant('write' as const), phone }) },
	{ weight: 2, arbitrary: fc.record({ kind: fc.constant('crash' as const), operation: fc.nat(4), takesEffect: fc.boolean() }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('state fails' as const, 'restart' as const) }) },
);
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

test('a group keeps its rules, and every process knows the same of it', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(action, { maxLength: 30 }), async (history) => {
			const town = new Town();
			await town.found();
			for (const step of history) await town.do(step);
			await town.finish();
		}),
		{ numRuns: 200 },
	);
});

class Town {
	readonly #clock: FakeClock = new FakeClock();
	readonly #state: MemoryChannelState = new MemoryChannelState();
	readonly #sink: MemorySink = new MemorySink();
	#lifeline: Lifeline = new Lifeline();
	#simulator: Simulator = this.#start();
	#groupId = '';
	#url = '';

	async found(): Promise<void> {
		await this.#simulator.connect(instance);
		const group = await this.#simulator.ask(instance.id, 'groups.create', { subject: 'Turma', phones: PHONES.slice(1, 3) });
		this.#groupId = group.id;
		this.#url = group.invitationUrl ?? '';
	}

	async do(step: Action): Promise<void> {
		const groupId = this.#groupId;
		switch (step.kind) {
			case 'crash':
				this.#lifeline.dieAt(step.operation + 1, step.takesEffect);
				return;
			case 'state fails':
				this.#state.failures = 1;
				return;
			case 'restart':
				return await this.#revive();
			case 'write':
				await this.#try(() =>
					this.#simulator.write(instance, {
						...{ from: step.phone, content: { kind: 'text', text: 'Oi' }, address: groupId, fromMe: step.phone === OWN },
					}),
				);
				break;
			case 'participants':
				await this.#act({ ...step, kind: 'change-participants', groupId });
				break;
			case 'join':
				await this.#act({ kind: 'join-group', phone: step.phone, url: this.#url });
				break;
			case 'leave':
				await this.#act({ kind: 'leave-group', phone: step.phone, groupId });
				break;
			case 'renew':
				await this.#try(async () => {
					this.#url = (await this.#simulator.ask(instance.id, 'groups.newInvitation', { groupId })).url;
				});
				break;
			case 'approval':
				await this.#act({
					kind: 'change-group',
					phone: step.phone,
					groupId,
					change: { settings: { requireAdminApproval: step.isWanted } },
				});
		}
		if (this.#lifeline.isDead) await this.#revive();
		this.#assertRules(await this.#group());
	}

	async finish(): Promise<void> {
		await this.#revive();
		await this.#clock.advance(600_000);
		assert.deepEqual(await this.#state.list(instance.id, 'in/'), []);
		const notices = this.#sink.stored.flatMap((one) => (one.kind === 'message' ? one.message.whatsappId : []));
		assert.equal(new Set(notices).size, notices.length);
		this.#assertMembersAreAsTold(await this.#group());
	}

	#assertRules(group: Group | undefined): void {
		if (group === undefined) return;
		const { participants, requests } = group;
		assert.equal(new Set(participants.map((one) => one.phone)).size, participants.length, 'nobody is in it twice');
		assert.ok(
			participants.some((one) => one.isAdmin),
			'somebody is its admin',
		);
		assert.ok(participants.filter((one) => one.isSuperAdmin).length <= 1);
		assert.ok(participants.every((one) => one.isAdmin || !one.isSuperAdmin));
		assert.ok(
			requests.every((one) => !participants.some((member) => member.phone === one)),
			'who is in it asks no more',
		);
	}

	/** As long as the instance is in the group, what it was told adds up to who is there. */
	#assertMembersAreAsTold(group: Group | undefined): void {
		const members = new Set(PHONES.slice(0, 3));
		let hasBeenOut = false;
		for (const one of this.#sink.stored) {
			if (one.kind !== 'message' || one.message.content.kind !== 'notice') continue;
			const { name, parameters } = one.message.content;
			for (const told of parameters as readonly string[]) {
				if (name === 'GROUP_PARTICIPANT_ADD') members.add(told);
				if (name === 'GROUP_PARTICIPANT_REMOVE' || name === 'GROUP_PARTICIPANT_LEAVE') members.delete(told);
				hasBeenOut ||= told === OWN;
			}
		}
		if (!hasBeenOut) assert.deepEqual(new Set(group?.participants.map((one) => one.phone)), members);
	}

	async #act(act: PhoneAct): Promise<void> {
		await this.#try(() => this.#simulator.act(instance, act));
	}

	/** What fails or is refused changes nothing: the group is as it was, here and for the next process. */
	async #try(work: () => Promise<unknown>): Promise<void> {
		const before = await this.#group();
		const done = work().then(
			() => 'done' as const,
			() => 'failed' as const,
		);
		const outcome = await Promise.race([done, this.#lifeline.died]);
		if (outcome === 'failed') assert.deepEqual(await this.#group(), before);
	}

	async #group(): Promise<Group | undefined> {
		return await this.#simulator.ask(instance.id, 'groups.get', { groupId: this.#groupId }).catch(() => undefined);
	}

	async #revive(): Promise<void> {
		const hadDied = this.#lifeline.isDead;
		const before = await this.#group();
		this.#lifeline.dieAt(0, false);
		this.#lifeline = new Lifeline();
		this.#state.failures = 0;
		this.#simulator = this.#start();
		await this.#simulator.connect(instance);
		if (!hadDied) assert.deepEqual(await this.#group(), before);
	}

	#start(): Simulator {
		const sink = this.#sink.seenBy(this.#lifeline);
		const state = this.#state.seenBy(this.#lifeline);
		return new Simulator({ clock: this.#clock, state, sink: () => sink, ids: new FakeIds(), seed: 1, defaults: { repliesWith: null } });
	}
}
