/** What people do on the simulated WhatsApp besides sending: by the rules of WhatsApp, durable, and heard by the gateway. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aMessage, anInstance, MemoryChannelState, MemorySink, until } from '../../../test/support/channel-rig.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { FakeIds } from '../../../test/support/fake-ids.ts';
import type { MessageContent } from '../../domain/content.ts';
import { RecadoError } from '../../errors.ts';
import type { InboundMessage, SendOutcome } from '../../ports/channel.ts';
import type { PhoneAct, PhoneActed, PhoneWrites } from '../../ports/simulator.ts';
import type { Answered, Asked, Group, WhatsAppCallName } from '../../ports/whatsapp.ts';
import { WHATSAPP_CALLS } from '../../ports/whatsapp.ts';
import { Simulator } from './simulator.ts';

const OWN = '5544911112222';
const ANA = '5544999990001';
const BIA = '5544999990002';
const CAIO = '5544999990003';
const instance = anInstance('connected');

class Town {
	readonly clock: FakeClock = new FakeClock();
	readonly state: MemoryChannelState = new MemoryChannelState();
	readonly sink: MemorySink = new MemorySink();
	simulator: Simulator;

	constructor() {
		this.simulator = this.#next();
	}

	static async open(): Promise<Town> {
		const town = new Town();
		await town.simulator.connect(instance);
		return town;
	}

	async restart(): Promise<void> {
		await this.simulator[Symbol.asyncDispose]();
		this.simulator = this.#next();
		await this.simulator.connect(instance);
	}

	async ask<N extends WhatsAppCallName>(name: N, asked: Asked<N>): Promise<Answered<N>> {
		return await this.simulator.ask(instance.id, name, asked);
	}

	async act(act: PhoneAct): Promise<PhoneActed> {
		return await this.simulator.act(instance, act);
	}

	async write(from: string, content: MessageContent, more: Partial<PhoneWrites> = {}): Promise<string> {
		return (await this.simulator.write(instance, { from, content, ...more })).whatsappId;
	}

	async send(whatsappId: string, phone: string, content?: MessageContent): Promise<SendOutcome> {
		return await this.simulator.send({ instanceId: instance.id, message: aMessage(whatsappId, content), phone });
	}

	async group(...phones: string[]): Promise<Group> {
		return await this.ask('groups.create', { subject: 'Turma', phones });
	}

	async heard(): Promise<InboundMessage[]> {
		await this.clock.advance(0);
		return this.sink.stored.flatMap((one) => (one.kind === 'message' ? one.message : []));
	}

	/** Notices, each in a line: `GROUP_CREATE by 55…: Turma`. */
	async notices(): Promise<string[]> {
		return (await this.heard()).flatMap(({ content }) => {
			if (content.kind !== 'notice') return [];
			const { name, parameters, context, details } = content;
			const words = [...parameters, ...Object.values(details ?? {})].map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
			return `${name}${context?.participant ? ` by ${context.participant.phone}` : ''}: ${words.join(' ')}`;
		});
	}

	async texts(): Promise<string[]> {
		return (await this.heard()).flatMap(({ content }) => (content.kind === 'text' ? content.text : []));
	}

	async screen(phone: string): Promise<string[]> {
		const messages = await this.simulator.messages(instance, phone, { limit: 100 });
		return messages.flatMap(({ content }) => (content.kind === 'text' ? content.text : content.kind === 'notice' ? [] : content.kind));
	}

	#next(): Simulator {
		const { clock, state, sink } = this;
		return new Simulator({ clock, state, sink: () => sink, ids: new FakeIds(), seed: 1, defaults: { repliesWith: null } });
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.simulator[Symbol.asyncDispose]();
	}
}

function text(words: string): MessageContent {
	return { kind: 'text', text: words };
}

function refusedFor(reason: RegExp): (error: unknown) => boolean {
	return (error) => error instanceof RecadoError && error.code === 'whatsapp_refused' && reason.test(error.message);
}

function isError(code: string): (error: unknown) => boolean {
	return (error) => error instanceof RecadoError && error.code === code;
}

test('every call is offered, and those that change something need the session', async () => {
	await using town = new Town();
	assert.deepEqual([...town.simulator.capabilities.calls].sort(), [...WHATSAPP_CALLS].sort());
	await assert.rejects(town.group(ANA), isError('instance_not_connected'));
	assert.deepEqual(await town.ask('groups.list', { offset: 0, limit: 10 }), []);
	const code = await town.ask('session.phoneCode', { phone: OWN });
	assert.match(code?.code ?? '', /^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
	await town.simulator.connect(instance);
	assert.equal(await town.ask('session.phoneCode', { phone: OWN }), null);
	assert.equal((await town.ask('session.device', {})).sessionId, 1);
});

test('who makes a group is its superadmin, and WhatsApp says so in it', async () => {
	await using town = await Town.open();
	await town.simulator.setBehaviour(instance, CAIO, { onWhatsApp: false });
	const group = await town.group(ANA, '+55 44 99999-0002', CAIO);
	assert.match(group.id, /^120363\d{12}-group$/);
	assert.match(group.invitationUrl ?? '', /^https:\/\/chat\.whatsapp\.com\/\w{22}$/);
	assert.deepEqual(
		group.participants.map(({ phone, isAdmin, isSuperAdmin }) => [phone, isAdmin, isSuperAdmin]),
		[
			[OWN, true, true],
			[ANA, false, false],
			[BIA, false, false],
		],
	);
	assert.deepEqual(await town.notices(), [`GROUP_CREATE by ${OWN}: Turma`]);
	const [notice] = await town.heard();
	assert.deepEqual([notice?.chat.phone, notice?.chat.name, notice?.fromMe], [group.id, 'Turma', true]);
	assert.deepEqual(notice?.chat.aliases, [{ kind: 'address', value: group.id }]);
	await town.restart();
	assert.deepEqual(await town.ask('groups.get', { groupId: group.id }), group);
	assert.deepEqual(await town.ask('groups.list', { offset: 0, limit: 10 }), [group]);
});

test('people come into a group, go, and rule it as WhatsApp lets them', async () => {
	await using town = await Town.open();
	const { id: groupId } = await town.group(ANA);
	const change = (act: Asked<'groups.participants'>['act'], ...phones: string[]) =>
		town.ask('groups.participants', { groupId, act, phones });
	assert.deepEqual(await change('add', BIA, ANA), { errors: [`${ANA} cannot be added: in the group already`] });
	assert.deepEqual(await change('promote', ANA), { errors: [] });
	await town.act({ kind: 'change-participants', phone: ANA, groupId, act: 'remove', phones: [BIA] });
	assert.deepEqual((await town.act({ kind: 'change-participants', phone: ANA, groupId, act: 'demote', phones: [OWN] })).errors, [
		`${OWN} made the group`,
	]);
	assert.deepEqual(await change('remove', BIA), { errors: [`${BIA} is not in the group`] });
	await town.act({ kind: 'leave-group', phone: ANA, groupId });
	assert.deepEqual(await town.notices(), [
		`GROUP_CREATE by ${OWN}: Turma`,
		`GROUP_PARTICIPANT_ADD by ${OWN}: ${BIA}`,
		`GROUP_PARTICIPANT_REMOVE by ${ANA}: ${BIA}`,
		`GROUP_PARTICIPANT_LEAVE by ${ANA}: ${ANA}`,
	]);
	await assert.rejects(town.write(ANA, text('Oi'), { address: groupId }), refusedFor(/not in the group/));
	await assert.rejects(town.act({ kind: 'leave-group', phone: ANA, groupId }), refusedFor(/participants/));
	await assert.rejects(town.ask('groups.get', { groupId: '120363000000000000-group' }), isError('not_there'));
});

test('what only admins may do, the settings of a group say', async () => {
	await using town = await Town.open();
	const { groupId = '' } = await town.act({ kind: 'make-group', phone: ANA, subject: 'Da Ana', phones: [OWN, BIA] });
	const settings = { adminOnlyMessage: true, adminOnlySettings: true, adminOnlyAddMember: true };
	await assert.rejects(town.ask('groups.change', { groupId, change: { settings } }), refusedFor(/only admins/));
	await town.ask('groups.change', { groupId, change: { description: 'Por todos' } });
	await town.act({ kind: 'change-group', phone: ANA, groupId, change: { settings } });
	await assert.rejects(town.ask('groups.change', { groupId, change: { subject: 'Nossa' } }), refusedFor(/only admins/));
	await assert.rejects(town.ask('groups.participants', { groupId, act: 'add', phones: [CAIO] }), refusedFor(/only admins/));
	await assert.rejects(town.ask('groups.newInvitation', { groupId }), refusedFor(/only admins/));
	await assert.rejects(town.write(BIA, text('Oi'), { address: groupId }), refusedFor(/only admins/));
	const outcome = await town.send('A', groupId);
	assert.ok(outcome.kind === 'failed' && outcome.failure.code === 'not_allowed');
	assert.equal((await town.send('B', groupId, { kind: 'reaction', emoji: '👍', to: { whatsappId: 'X', fromMe: false } })).kind, 'taken');
	const seen = await town.ask('groups.get', { groupId });
	assert.deepEqual([seen.description, seen.owner, seen.invitationUrl], ['Por todos', ANA, undefined]);
	assert.deepEqual(await town.notices(), [`GROUP_CREATE by ${ANA}: Da Ana`, `GROUP_MEMBER_LINK_PROPERTY_UPDATE by ${ANA}: ADMIN_LINK`]);
	await town.act({ kind: 'change-participants', phone: ANA, groupId, act: 'promote', phones: [OWN] });
	await town.ask('groups.change', { groupId, change: { subject: 'Nossa' } });
	assert.equal((await town.send('C', groupId)).kind, 'taken');
	assert.equal((await town.ask('groups.get', { groupId })).subjectBy, OWN);
});

test('a link leads into a group until it is renewed; where the group wants that, an admin lets people in', async () => {
	await using town = await Town.open();
	const { id: groupId, invitationUrl: old = '' } = await town.group(ANA);
	const { url } = await town.ask('groups.newInvitation', { groupId });
	await assert.rejects(town.act({ kind: 'join-group', phone: BIA, url: old }), refusedFor(/leads nowhere/));
	await town.act({ kind: 'join-group', phone: BIA, url });
	await town.ask('groups.change', { groupId, change: { settings: { requireAdminApproval: true } } });
	await town.act({ kind: 'join-group', phone: CAIO, url });
	await town.act({ kind: 'change-participants', phone: BIA, groupId, act: 'add', phones: ['5511988887777'] });
	assert.deepEqual((await town.ask('groups.get', { groupId })).requests, [CAIO, '5511988887777']);
	await town.act({ kind: 'withdraw-request', phone: CAIO, groupId });
	await town.ask('groups.participants', { groupId, act: 'approve', phones: ['5511988887777'] });
	const { participants, requests } = await town.ask('groups.get', { groupId });
	assert.deepEqual([participants.map(({ phone }) => phone), requests], [[OWN, ANA, BIA, '5511988887777'], []]);
	assert.deepEqual((await town.notices()).slice(1), [
		`GROUP_PARTICIPANT_ADD by ${BIA}: ${BIA}`,
		`MEMBERSHIP_APPROVAL_REQUEST by ${CAIO}: ${CAIO} invite_link`,
		`MEMBERSHIP_APPROVAL_REQUEST by ${BIA}: ${BIA} 5511988887777 non_admin_add`,
		`REVOKED_MEMBERSHIP_REQUESTS by ${CAIO}: ${CAIO}`,
		`GROUP_PARTICIPANT_ADD by ${OWN}: 5511988887777`,
	]);
});

test('the instance joins, leaves, and hears nothing more of a group that it left', async () => {
	await using town = await Town.open();
	const { groupId = '' } = await town.act({ kind: 'make-group', phone: ANA, subject: 'Da Ana', phones: [BIA] });
	assert.deepEqual(await town.heard(), []);
	await assert.rejects(town.ask('groups.get', { groupId }), isError('not_there'));
	assert.equal((await town.send('A', groupId)).kind, 'failed');
	const { groupId: other = '' } = await town.act({ kind: 'make-group', phone: ANA, subject: 'Outra', phones: [OWN] });
	await town.act({ kind: 'change-participants', phone: ANA, groupId: other, act: 'promote', phones: [OWN] });
	const { url } = await town.ask('groups.newInvitation', { groupId: other });
	await town.ask('groups.leave', { groupId: other });
	assert.equal((await town.ask('groups.get', { groupId: other })).isMember, false);
	await town.write(ANA, text('Sem você'), { address: other });
	assert.deepEqual(await town.texts(), []);
	assert.equal((await town.ask('groups.invitation', { url })).subject, 'Outra');
	await town.ask('groups.join', { url });
	await town.write(ANA, text('Com você'), { address: other, whatsappId: 'W' });
	assert.deepEqual(await town.texts(), ['Com você']);
	const [written] = (await town.heard()).filter(({ content }) => content.kind === 'text');
	assert.deepEqual([written?.chat.phone, written?.content.context?.participant?.phone], [other, ANA]);
	assert.equal(written?.content.context?.participant?.name, (await town.simulator.behaviour(instance, ANA)).name);
});

test('a message to a group is received when all have it, and read when all have read it', async () => {
	await using town = await Town.open();
	const { id: groupId } = await town.group(ANA, BIA);
	await town.simulator.setBehaviour(instance, ANA, { receivesAfterMs: 100, readsAfterMs: 100, repliesWith: 'Ok' });
	await town.simulator.setBehaviour(instance, BIA, { receivesAfterMs: null, readsAfterMs: 100 });
	await town.send('A', groupId, text('Bom dia, turma'));
	await town.clock.advance(60_000);
	assert.deepEqual([town.sink.reached('received'), await town.screen(ANA), await town.screen(BIA)], [[], ['Bom dia, turma'], []]);
	await town.restart();
	await town.simulator.setBehaviour(instance, BIA, { receivesAfterMs: 500 });
	await town.clock.advance(60_000);
	assert.deepEqual([town.sink.reached('received'), town.sink.reached('read')], [['A'], ['A']]);
	assert.deepEqual(await town.texts(), [], 'nobody answers in a group who was not told to');
	await town.simulator.setBehaviour(instance, ANA, { answersInGroups: true });
	await town.send('B', groupId, text('Oi'));
	await until(town.clock, 'answer', () => town.sink.stored.some((one) => one.kind === 'message' && one.message.replyTo === 'B'));
	const answer = (await town.heard()).at(-1);
	assert.deepEqual([answer?.chat.phone, answer?.content.context?.participant?.phone], [groupId, ANA]);
	assert.deepEqual(await town.state.list(instance.id, 'out/'), []);
});

test('a phone that holds a message of a group up lets it go by leaving, and a group of nobody else keeps nothing', async () => {
	await using town = await Town.open();
	const { id: groupId } = await town.group(ANA, BIA);
	await town.simulator.setBehaviour(instance, BIA, { receivesAfterMs: null });
	await town.send('A', groupId);
	await town.clock.advance(60_000);
	await town.act({ kind: 'leave-group', phone: BIA, groupId });
	await until(town.clock, 'read', () => town.sink.reached('read').includes('A'));
	await town.act({ kind: 'leave-group', phone: ANA, groupId });
	await town.send('B', groupId);
	await town.clock.advance(60_000);
	assert.deepEqual(town.sink.reached('received'), ['A']);
	assert.deepEqual(await town.state.list(instance.id, 'out/'), []);
});

test('whom nobody may add is invited, where that is wished', async () => {
	await using town = await Town.open();
	await town.simulator.setBehaviour(instance, ANA, { mayBeAdded: false });
	const group = await town.group();
	const add = { groupId: group.id, act: 'add' as const, phones: [ANA] };
	assert.deepEqual((await town.ask('groups.participants', add)).errors, [`${ANA} cannot be added: by their privacy settings`]);
	assert.deepEqual((await town.ask('groups.participants', { ...add, autoInvite: true })).errors, []);
	const invitation = (await town.heard()).at(-1);
	assert.deepEqual([invitation?.chat.phone, invitation?.fromMe], [ANA, true]);
	assert.ok(invitation?.content.kind === 'text' && invitation.content.text.endsWith(group.invitationUrl ?? '-'));
	await town.clock.advance(60_000);
	assert.equal((await town.screen(ANA)).length, 1);
	await town.ask('privacy.set', { setting: 'groupAdd', audience: 'contacts' });
	const { errors } = await town.act({ kind: 'make-group', phone: ANA, subject: 'Da Ana', phones: [OWN] });
	assert.deepEqual(errors, [`${OWN} cannot be added: by their privacy settings`]);
	await town.ask('contacts.add', { contacts: [{ phone: ANA, firstName: 'Ana' }] });
	assert.deepEqual((await town.act({ kind: 'make-group', phone: ANA, subject: 'Da Ana', phones: [OWN] })).errors, []);
});

test('a community has a group that announces, and whoever is in one of its groups is in it', async () => {
	await using town = await Town.open();
	const community = await town.ask('communities.create', { name: 'Bairro', description: 'Vizinhos' });
	const [announcing] = community.groups;
	assert.ok(announcing?.isAnnouncement && announcing.subject === 'Bairro');
	const group = await town.group(ANA);
	await town.ask('communities.link', { communityId: community.id, groupIds: [group.id], isLinked: true });
	await town.ask('groups.participants', { groupId: group.id, act: 'add', phones: [BIA] });
	const members = async (groupId: string) => (await town.ask('groups.get', { groupId })).participants.map(({ phone }) => phone);
	assert.deepEqual(await members(announcing.id), [OWN, ANA, BIA]);
	await assert.rejects(town.write(ANA, text('Oi'), { address: announcing.id }), refusedFor(/only admins/));
	await town.ask('communities.participants', { communityId: community.id, act: 'remove', phones: [ANA] });
	assert.deepEqual(
		[await members(announcing.id), await members(group.id)],
		[
			[OWN, BIA],
			[OWN, BIA],
		],
	);
	await town.ask('communities.change', { communityId: community.id, change: { name: 'Vila', whoCanAddGroups: 'all' } });
	const { url } = await town.ask('communities.newInvitation', { communityId: community.id });
	await town.restart();
	const again = await town.ask('communities.get', { communityId: community.id });
	assert.deepEqual(
		[again.name, again.whoCanAddGroups, again.invitationUrl, again.groups.map(({ id }) => id)],
		[...['Vila', 'all', url], [announcing.id, group.id]],
	);
	const unlink = { communityId: community.id, isLinked: false };
	await assert.rejects(town.ask('communities.link', { ...unlink, groupIds: [announcing.id] }), refusedFor(/announces/));
	await town.ask('communities.deactivate', { communityId: community.id });
	assert.deepEqual(await town.ask('communities.list', { offset: 0, limit: 10 }), []);
	assert.equal((await town.ask('groups.get', { groupId: group.id })).communityId, undefined);
	await assert.rejects(town.ask('groups.get', { groupId: announcing.id }), isError('not_there'));
});

test('the address book knows whom it was told of and who wrote, by name, and nobody who is not on WhatsApp', async () => {
	await using town = await Town.open();
	await town.simulator.setBehaviour(instance, CAIO, { onWhatsApp: false });
	const { errors } = await town.ask('contacts.add', {
		contacts: [
			{ phone: BIA, firstName: 'Zélia', lastName: 'Souza' },
			{ phone: CAIO, firstName: 'Caio' },
		],
	});
	assert.deepEqual(errors, [`${CAIO} cannot be added: not on WhatsApp`]);
	await town.write(ANA, text('Oi'), { name: 'Ana' });
	await town.write('551133334444', text('Oi'), { name: 'Bruno' });
	await town.restart();
	const list = await town.ask('contacts.list', { offset: 0, limit: 10 });
	assert.deepEqual(
		list.map(({ phone, name, firstName, notify }) => [phone, name, firstName, notify]),
		[
			[ANA, '', '', 'Ana'],
			['551133334444', '', '', 'Bruno'],
			[BIA, 'Zélia Souza', 'Zélia', (await town.simulator.behaviour(instance, BIA)).name],
		],
	);
	assert.deepEqual(await town.ask('contacts.list', { offset: 1, limit: 1 }), list.slice(1, 2));
	assert.deepEqual((await town.ask('contacts.remove', { phones: [BIA, BIA] })).errors, [`${BIA} is not in the address book`]);
	assert.equal(await town.ask('contacts.get', { phone: CAIO }), null);
	assert.deepEqual(
		(await town.ask('contacts.exist', { phones: ['554499990001', CAIO, 'x'] })).map(({ asked, exists, phone }) => [asked, exists, phone]),
		[
			['554499990001', true, ANA],
			[CAIO, false, CAIO],
			['x', false, 'x'],
		],
	);
});

test('what a blocked phone writes does not arrive, and nothing is sent to it', async () => {
	await using town = await Town.open();
	const { id: groupId } = await town.group(ANA);
	await town.ask('contacts.block', { phone: ANA, isBlocked: true });
	await town.write(ANA, text('Está aí?'));
	await town.simulator.presence(instance, ANA, 'composing');
	assert.deepEqual((await town.act({ kind: 'call', phone: ANA, media: 'voice', stage: 'missed' })).whatsappIds, []);
	await town.write(ANA, text('Aqui todos ouvem'), { address: groupId });
	assert.deepEqual(await town.texts(), ['Aqui todos ouvem']);
	assert.ok(!town.sink.kinds().includes('presence'));
	const outcome = await town.send('A', ANA);
	assert.ok(outcome.kind === 'failed' && outcome.failure.code === 'contact_blocked');
	assert.deepEqual((await town.screen(ANA)).sort(), ['Aqui todos ouvem', 'Está aí?']);
	await town.restart();
	assert.equal((await town.ask('contacts.get', { phone: ANA }))?.isBlocked, true);
	await town.ask('contacts.block', { phone: ANA, isBlocked: false });
	await town.write(ANA, text('Agora?'));
	assert.deepEqual((await town.texts()).at(-1), 'Agora?');
});

test('chats are pinned, three at most, muted, archived, marked, cleared, deleted, and there again', async () => {
	await using town = await Town.open();
	const change = (phone: string, kind: 'pin' | 'archive' | 'mute' | 'unmute' | 'unread' | 'clear' | 'delete') =>
		town.ask('chats.change', { phone, change: { kind } });
	const flags = async (phone: string) => (await town.ask('chats.flags', { phones: [phone] }))[0] ?? assert.fail('no flags');
	for (const phone of [ANA, BIA, CAIO]) await change(phone, 'pin');
	await assert.rejects(change('551133334444', 'pin'), refusedFor(/3 chats/));
	await change(ANA, 'pin');
	await change(ANA, 'archive');
	await change('551133334444', 'pin');
	await change(BIA, 'mute');
	await change(BIA, 'unread');
	await town.restart();
	assert.deepEqual([(await flags(ANA)).isPinned, (await flags(ANA)).isArchived], [false, true]);
	assert.deepEqual([(await flags(BIA)).mutedUntil, (await flags(BIA)).isMarkedUnread], [0, true]);
	await change(BIA, 'unmute');
	assert.equal((await flags(BIA)).mutedUntil, undefined);
	await town.write(CAIO, text('1'));
	await change(CAIO, 'delete');
	assert.deepEqual([(await flags(CAIO)).isDeleted, (await flags(CAIO)).isPinned, (await flags(CAIO)).unread], [true, false, 0]);
	await town.clock.advance(1);
	await town.write(CAIO, text('2'));
	assert.deepEqual([(await flags(CAIO)).isDeleted, (await flags(CAIO)).unread], [false, 1]);
	await town.ask('contacts.report', { phone: CAIO });
	assert.equal((await flags(CAIO)).isSpam, true);
});

test('what is unread follows what is written and what is read', async () => {
	await using town = await Town.open();
	const unread = async () => (await town.ask('chats.flags', { phones: [ANA] }))[0]?.unread;
	for (const id of ['W1', 'W2', 'W3']) await town.write(ANA, text(id), { whatsappId: id });
	await town.write(ANA, { kind: 'reaction', emoji: '👍', to: { whatsappId: 'A', fromMe: true } });
	assert.equal(await unread(), 3);
	town.simulator = new Simulator({ ...town, sink: () => town.sink, ids: new FakeIds(), seed: 1 });
	await town.simulator.connect(instance);
	assert.equal(await unread(), 3, 'what somebody saw outlives a crash');
	await town.ask('chats.read', { phone: ANA, whatsappIds: ['W2', 'unheard'] });
	assert.equal(await unread(), 1);
	for (let n = 0; n < 40; n++) await town.write(ANA, text(`${n}`));
	assert.equal(await unread(), 41);
	await town.write(ANA, text('Já respondo'), { fromMe: true });
	assert.equal(await unread(), 0);
	await town.simulator.setBehaviour(instance, ANA, { repliesWith: 'Ok', receivesAfterMs: 0, readsAfterMs: 0 });
	await town.send('A', ANA);
	await town.clock.advance(60_000);
	assert.equal(await unread(), 1);
});

test('messages of a chat disappear after what was set for it, or for chats that begin', async () => {
	await using town = await Town.open();
	const expiry = async () => (await town.heard()).at(-1)?.content.context?.expiresInSeconds;
	await town.write(ANA, text('1'));
	assert.equal(await expiry(), undefined);
	await assert.rejects(town.ask('chats.change', { phone: ANA, change: { kind: 'expire', seconds: 5 } }), refusedFor(/86400/));
	await town.ask('chats.change', { phone: ANA, change: { kind: 'expire', seconds: 86_400 } });
	await town.write(ANA, text('2'));
	assert.equal(await expiry(), 86_400);
	await town.ask('privacy.set', { setting: 'messagesDuration', seconds: 604_800 });
	await town.write(ANA, text('3'));
	assert.equal(await expiry(), 86_400);
	await town.write(BIA, text('4'));
	assert.equal(await expiry(), 604_800);
});

test('privacy is kept, and who hides that they read does not see it of others', async () => {
	await using town = await Town.open();
	const except = [
		{ phone: ANA, isLeftOut: true },
		{ phone: BIA, isLeftOut: true },
	];
	await town.ask('privacy.set', { setting: 'photo', audience: 'contactsExcept', except });
	await town.ask('privacy.set', { setting: 'photo', audience: 'contactsExcept', except: [{ phone: BIA, isLeftOut: false }] });
	await assert.rejects(town.ask('privacy.set', { setting: 'groupAdd', audience: 'none' }), refusedFor(/groups/));
	await town.ask('privacy.set', { setting: 'readReceipts', isOn: false });
	await town.restart();
	assert.deepEqual(await town.ask('privacy.disallowed', { setting: 'photo' }), { phones: [ANA] });
	assert.deepEqual(await town.ask('privacy.disallowed', { setting: 'lastSeen' }), { phones: [] });
	await town.send('A', ANA);
	await town.clock.advance(60_000);
	assert.deepEqual([town.sink.reached('received'), town.sink.reached('read')], [['A'], []]);
	assert.deepEqual(await town.state.list(instance.id, 'out/'), []);
});

test('the profile is changed in parts, and is what phones see', async () => {
	await using town = await Town.open();
	await town.ask('profile.set', { name: 'Padaria', photoUrl: 'https://cdn.example/p.jpg' });
	await assert.rejects(town.ask('profile.set', { name: 'x'.repeat(26) }), refusedFor(/25/));
	await assert.rejects(town.ask('profile.set', { photoUrl: 'data:image/png;base64,AA' }), refusedFor(/URL/));
	await town.restart();
	const profile = await town.ask('profile.get', {});
	assert.deepEqual([profile.phone, profile.name, profile.photoUrl], [OWN, 'Padaria', 'https://cdn.example/p.jpg']);
	await town.send('A', ANA, text('Pão quente'));
	await town.clock.advance(60_000);
	const [chat] = await town.simulator.chats(instance, ANA);
	assert.deepEqual([chat?.chat, chat?.name, chat?.photoUrl, chat?.lastText], [OWN, 'Padaria', 'https://cdn.example/p.jpg', 'Pão quente']);
	await town.ask('privacy.set', { setting: 'photo', audience: 'none' });
	assert.equal((await town.simulator.chats(instance, ANA))[0]?.photoUrl, undefined);
});

test('a phone calls, is called, changes who it shows, and is labelled: notices in the words of WhatsApp', async () => {
	await using town = await Town.open();
	await town.act({ kind: 'call', phone: ANA, media: 'voice', stage: 'ringing' });
	await town.act({ kind: 'call', phone: ANA, media: 'video', stage: 'missed' });
	await town.simulator.setBehaviour(instance, BIA, { receivesAfterMs: null });
	const { callId } = await town.ask('calls.ring', { phone: BIA, seconds: 5 });
	await town.ask('calls.ring', { phone: ANA, seconds: 5 });
	await town.act({ kind: 'change-profile', phone: ANA, name: 'Aninha', photoUrl: 'https://cdn.example/a.jpg' });
	await town.act({ kind: 'label-chats', labels: [{ phone: ANA, label: '1', assigned: true }] });
	await town.act({ kind: 'notice', phone: ANA, name: 'E2E_ENCRYPTED', parameters: [] });
	assert.deepEqual(await town.notices(), [
		'CALL_VOICE: ',
		'CALL_MISSED_VIDEO: ',
		'CALL_MISSED_VOICE: ',
		'PROFILE_NAME_UPDATED: Aninha',
		'PROFILE_PICTURE_UPDATED: https://cdn.example/a.jpg',
		`CHAT_LABEL_ASSOCIATION: {"phone":"${ANA}","label":"1","assigned":true}`,
		'E2E_ENCRYPTED: ',
	]);
	const [ringing, , missed] = await town.heard();
	assert.match(ringing?.whatsappId ?? '', /^\d+-\d+$/);
	assert.ok(missed?.fromMe && missed.content.kind === 'notice' && missed.content.callId === callId);
	await town.restart();
	const contact = await town.ask('contacts.get', { phone: ANA });
	assert.deepEqual([contact?.notify, contact?.photoUrl], ['Aninha', 'https://cdn.example/a.jpg']);
});

test('newsletters are heard, and written in by their admins alone', async () => {
	await using town = await Town.open();
	const address = '120363166555745933@newsletter';
	await assert.rejects(town.write(ANA, text('Oi'), { address }), isError('not_there'));
	await town.write(ANA, text('Novidade'), { address, name: 'Canal' });
	const [post] = await town.heard();
	assert.deepEqual([post?.chat.phone, post?.chat.name, post?.content.context], [address, 'Canal', undefined]);
	assert.equal((await town.send('A', address)).kind, 'failed');
	await town.act({ kind: 'change-role', phone: ANA, newsletterId: address, role: 'ADMIN' });
	assert.equal((await town.send('A', address)).kind, 'taken');
	assert.deepEqual(await town.notices(), [`NEWSLETTER_ADMIN_PROMOTE by ${ANA}: ${OWN} ADMIN`]);
});

test('a status reaches the address book, and a broadcast list is written on our own phone', async () => {
	await using town = await Town.open();
	await town.ask('contacts.add', { contacts: [ANA, BIA].map((phone) => ({ phone, firstName: 'A' })) });
	await town.simulator.setBehaviour(instance, BIA, { receivesAfterMs: null });
	await town.send('S', 'status@broadcast', text('Promoção'));
	await until(town.clock, 'seen', () => town.sink.reached('read').includes('S'));
	assert.deepEqual([await town.screen(ANA), await town.screen(BIA), await town.screen(CAIO)], [['Promoção'], [], []]);
	const list = { address: '1774895799-broadcast', fromMe: true };
	const content = { ...text('A todos'), context: { broadcastTo: [ANA, BIA] } };
	await assert.rejects(town.write(ANA, content, { address: list.address }), refusedFor(/own phone/));
	await town.write(ANA, content, list);
	const heard = (await town.heard()).at(-1);
	assert.deepEqual([heard?.chat.phone, heard?.fromMe], [list.address, true]);
	await town.clock.advance(60_000);
	assert.deepEqual(await town.screen(ANA), ['Promoção', 'A todos']);
	await town.simulator.setBehaviour(instance, BIA, { receivesAfterMs: 0 });
	assert.deepEqual((await town.screen(BIA)).toSorted(), ['A todos', 'Promoção']);
	assert.deepEqual(await town.screen(CAIO), []);
	const chats = await town.simulator.chats(instance, ANA);
	assert.deepEqual(chats.map(({ chat, messages }) => [chat, messages]).toSorted(), [
		[OWN, 1],
		['status@broadcast', 1],
	]);
});

test('a screen shows what was made of a message: edited, reacted to, voted on, pinned, deleted', async () => {
	await using town = await Town.open();
	const { id: groupId } = await town.group(ANA, BIA);
	const poll: MessageContent = { kind: 'poll', question: 'Pizza?', options: ['Sim', 'Não'], maxOptions: 1 };
	await town.send('P', groupId, poll);
	await town.send('A', groupId, text('Bom dai'));
	const toOurs = { whatsappId: 'A', fromMe: true };
	await town.send('E', groupId, { kind: 'edit', to: toOurs, content: { kind: 'text', text: 'Bom dia' } });
	await town.write(ANA, { kind: 'reaction', emoji: '👍', to: toOurs }, { address: groupId });
	await town.write(BIA, { kind: 'poll-vote', options: ['Sim'], to: { whatsappId: 'P', fromMe: true } }, { address: groupId });
	await town.send('N', groupId, { kind: 'pin', isPinned: true, seconds: 86_400, to: toOurs });
	const spam = await town.write(BIA, text('Spam'), { address: groupId });
	await assert.rejects(
		town.write(ANA, { kind: 'deletion', to: { whatsappId: spam, fromMe: false, participantPhone: BIA } }, { address: groupId }),
		refusedFor(/who wrote it/),
	);
	await town.send('D', groupId, { kind: 'deletion', to: { whatsappId: spam, fromMe: false, participantPhone: BIA } });
	await town.clock.advance(60_000);
	const shown = (await town.simulator.messages(instance, ANA, { chat: groupId, limit: 10 })).filter(({ from }) => from !== undefined);
	assert.deepEqual(
		shown.map(({ whatsappId, from, content }) => [whatsappId, from, content.kind === 'text' ? content.text : content.kind]),
		[
			['P', OWN, 'poll'],
			['A', OWN, 'Bom dia'],
			[spam, BIA, 'deleted'],
		],
	);
	assert.deepEqual(shown[0]?.votes, [{ from: BIA, options: ['Sim'] }]);
	assert.deepEqual([shown[1]?.reactions, shown[1]?.isPinned, shown[1]?.editedAt !== undefined], [[{ from: ANA, emoji: '👍' }], true, true]);
	await town.act({ kind: 'leave-group', phone: ANA, groupId });
	await town.clock.advance(1);
	await town.send('Z', groupId, text('Sem a Ana'));
	await town.clock.advance(60_000);
	assert.ok(!(await town.screen(ANA)).includes('Sem a Ana') && (await town.screen(BIA)).includes('Sem a Ana'));
	const own = await town.write(ANA, text('Leu?'));
	await town.ask('chats.read', { phone: ANA, whatsappIds: [own] });
	assert.equal((await town.simulator.messages(instance, ANA, { chat: OWN, limit: 1 }))[0]?.isRead, true);
});

test('a shop is kept, in pages', async () => {
	await using town = await Town.open();
	for (let n = 0; n < 12; n++) await town.ask('products.put', { name: `Pão ${n}`, price: n });
	const first = await town.ask('products.list', {});
	assert.equal(first.products.length, 10);
	const second = await town.ask('products.list', { phone: OWN, cursor: first.nextCursor ?? assert.fail('no cursor') });
	assert.deepEqual([second.products.length, second.nextCursor], [2, undefined]);
	const [product] = first.products;
	const productId = product?.id ?? '';
	await town.ask('products.put', { productId, name: 'Sonho', isHidden: true });
	await town.restart();
	assert.deepEqual(await town.ask('products.get', { productId }), { ...product, name: 'Sonho', isHidden: true });
	await town.ask('products.delete', { productId });
	assert.equal(await town.ask('products.get', { productId }), null);
	await assert.rejects(town.ask('products.delete', { productId }), isError('not_there'));
	assert.deepEqual((await town.ask('products.list', { phone: ANA })).products, []);
});

test('telephony tokens end when they are renewed', async () => {
	await using town = await Town.open();
	const access = await town.ask('calls.sip', { isRenewed: false });
	assert.deepEqual(await town.ask('calls.sip', { isRenewed: false }), access);
	const renewed = await town.ask('calls.sip', { isRenewed: true });
	assert.notEqual(renewed.token, access.token);
	await town.restart();
	assert.deepEqual(await town.ask('calls.sip', { isRenewed: false }), renewed);
	assert.notDeepEqual(await town.ask('calls.token', {}), await town.ask('calls.token', {}));
});

test('what cannot be written down did not happen', async () => {
	await using town = await Town.open();
	const group = await town.group(ANA);
	await town.write(ANA, text('Oi'));
	await town.notices();
	town.state.failures = 1;
	await assert.rejects(town.ask('groups.participants', { groupId: group.id, act: 'add', phones: [BIA] }), /cannot be written/);
	town.state.failures = 1;
	await assert.rejects(town.ask('chats.change', { phone: ANA, change: { kind: 'delete' } }), /cannot be written/);
	const flags = await town.ask('chats.flags', { phones: [ANA] });
	assert.deepEqual([flags[0]?.isDeleted, flags[0]?.unread], [false, 1]);
	assert.deepEqual(await town.ask('groups.get', { groupId: group.id }), group);
	await town.restart();
	assert.deepEqual(await town.ask('groups.get', { groupId: group.id }), group);
	assert.deepEqual(await town.notices(), [`GROUP_CREATE by ${OWN}: Turma`]);
});

test('what happens while nobody is connected is heard on connecting, in order', async () => {
	await using town = await Town.open();
	const { id: groupId } = await town.group(ANA);
	await town.simulator.disconnect(instance.id);
	await town.act({ kind: 'change-participants', phone: ANA, groupId, act: 'add', phones: [BIA] });
	await town.write(BIA, text('Cheguei'), { address: groupId });
	await town.act({ kind: 'leave-group', phone: BIA, groupId });
	await town.restart();
	const kinds = (await town.heard()).map(({ content }) => (content.kind === 'notice' ? content.name : content.kind));
	assert.deepEqual(kinds, ['GROUP_CREATE', 'GROUP_PARTICIPANT_ADD', 'text', 'GROUP_PARTICIPANT_LEAVE']);
	assert.deepEqual(await town.state.list(instance.id, 'in/'), []);
});
