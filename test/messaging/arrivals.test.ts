import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { MessageContent } from '../../src/domain/content.ts';
import type { Chat } from '../../src/domain/message.ts';
import type { Observation } from '../../src/ports/channel.ts';
import { MEDIA_FILES } from '../support/media-files.ts';
import { INSTANCE, type Rig, startRig } from './rig.ts';

const MARIA = '5544988887777';
const JOSE = '5544977776666';
const GROUP = '120363019502650977-group';
const BY_MARIA = { participant: { phone: MARIA, name: 'Maria' } };
const BY_JOSE = { participant: { phone: JOSE, name: 'José' } };

function edit(whatsappId: string, text: string, fromMe = false): MessageContent {
	return { kind: 'edit', to: { whatsappId, fromMe }, content: { kind: 'text', text } };
}

function deletion(whatsappId: string, fromMe = false): MessageContent {
	return { kind: 'deletion', to: { whatsappId, fromMe } };
}

async function chatOf(rig: Rig, phone: string): Promise<Chat> {
	const { items } = await rig.store.chats.chatsOf(INSTANCE.id, { limit: 50 });
	return items.find(({ chat }) => chat.phone === phone)?.chat ?? assert.fail(`no chat with ${phone}`);
}

test('a group is a chat by its address and its subject: nobody waits in it, and it has no 24-hour window', async () => {
	await using rig = await startRig();
	const first = await rig.arrive(GROUP, { kind: 'text', text: 'oi', context: BY_MARIA }, { name: 'Turma' });
	await rig.arrive(GROUP, { kind: 'text', text: 'olá', context: BY_JOSE }, { name: 'Turma 2026' });
	const chat = await chatOf(rig, GROUP);
	assert.deepEqual([chat.name, chat.waitingSince, chat.lastInboundAt], ['Turma 2026', undefined, undefined]);
	const [event] = rig.events;
	assert.ok(event?.type === 'message.received');
	assert.deepEqual([event.data.with.phone, event.data.with.chatName, event.data.message.content.context], [GROUP, 'Turma', BY_MARIA]);
	assert.equal((await rig.store.messages.byWhatsappId(INSTANCE.id, first))?.chatId, chat.id);
	assert.equal((await rig.store.chats.chatsOf(INSTANCE.id, { limit: 50 })).items.length, 1, 'its members have no chats by that');
});

test('notices, reactions and what else acts upon a message are told, but nobody waits for an answer to them', async () => {
	await using rig = await startRig();
	const { whatsappId } = await rig.send(MARIA, 'Olá');
	await rig.clock.advance(10);
	const to = { whatsappId, fromMe: true };
	const acts: readonly MessageContent[] = [
		{ kind: 'notice', name: 'PROFILE_PICTURE_UPDATED', parameters: [] },
		{ kind: 'reaction', emoji: '👍', to },
		{ kind: 'pin', isPinned: true, seconds: 86_400, to },
		{ kind: 'poll-vote', options: [], to },
		{ kind: 'event-reply', reply: 'GOING', to },
		deletion('3EB0X'),
	];
	for (const content of acts) await rig.arrive(MARIA, content);
	const silent = await chatOf(rig, MARIA);
	assert.deepEqual([silent.waitingSince, silent.lastInboundAt], [undefined, undefined]);
	assert.equal(rig.heard().filter((type) => type === 'message.received').length, acts.length);
	await rig.arrive(MARIA, { kind: 'button-reply', buttonId: '1', text: 'Sim' });
	const { waitingSince, lastInboundAt } = await chatOf(rig, MARIA);
	assert.deepEqual([waitingSince, lastInboundAt], [rig.clock.now(), rig.clock.now()]);
});

test('edits and deletions by whoever wrote change the stored message, in the unit in which they arrive', async () => {
	await using rig = await startRig();
	const said = await rig.arrive(MARIA, { kind: 'text', text: 'oi' });
	await rig.arrive(MARIA, edit(said, 'olá'), { at: 5 });
	assert.deepEqual(await rig.content(said), { kind: 'text', text: 'olá', context: { editedAt: 5 } });
	const own = await rig.arrive(MARIA, { kind: 'text', text: 'meu' }, { fromMe: true });
	await rig.arrive(MARIA, edit(own, 'nosso', true), { fromMe: true, at: 6 });
	assert.deepEqual(await rig.content(own), { kind: 'text', text: 'nosso', context: { editedAt: 6 } });
	await rig.arrive(MARIA, deletion(said));
	assert.deepEqual(await rig.content(said), { kind: 'deleted' });
});

test('nobody changes what another one wrote, nor what was written in another chat; in a group admins delete', async () => {
	await using rig = await startRig();
	const ours = await rig.arrive(MARIA, { kind: 'text', text: 'nosso' }, { fromMe: true });
	await rig.arrive(MARIA, edit(ours, 'deles', true));
	await rig.arrive(MARIA, deletion(ours, true));
	const theirs = await rig.arrive(MARIA, { kind: 'text', text: 'dela' });
	await rig.arrive(JOSE, edit(theirs, 'dele'));
	await rig.arrive(JOSE, deletion(theirs));
	const inGroup = await rig.arrive(GROUP, { kind: 'text', text: 'no grupo', context: BY_MARIA });
	await rig.arrive(GROUP, { ...edit(inGroup, 'dele'), context: BY_JOSE });
	const texts = await Promise.all([ours, theirs, inGroup].map((id) => rig.content(id)));
	assert.deepEqual(
		texts.map((content) => content?.kind === 'text' && content.text),
		['nosso', 'dela', 'no grupo'],
	);
	await rig.arrive(GROUP, { ...deletion(inGroup), context: BY_JOSE });
	assert.deepEqual(await rig.content(inGroup), { kind: 'deleted', context: BY_MARIA });
});

test('an edit of a message that is not there is kept and told as a message', async () => {
	await using rig = await startRig();
	const id = await rig.arrive(MARIA, edit('3EB0NEVER', 'olá'));
	assert.equal((await rig.content(id))?.kind, 'edit');
	assert.deepEqual(rig.heard(), ['message.received']);
});

/** What happens to one message: it is written, edited by each text in turn, perhaps deleted. Each step is told at least once. */
interface History {
	readonly edits: readonly string[];
	readonly isDeleted: boolean;
	/** Which step is told next; any may be told again. */
	readonly order: readonly number[];
}

const HISTORY: fc.Arbitrary<History> = fc
	.record({ edits: fc.array(fc.string({ minLength: 1, maxLength: 5 }), { maxLength: 3 }), isDeleted: fc.boolean() })
	.chain(({ edits, isDeleted }) => {
		const steps = Array.from({ length: 1 + edits.length + (isDeleted ? 1 : 0) }, (_, index) => index);
		const repeated = fc.array(fc.constantFrom(...steps), { maxLength: 3 });
		return repeated
			.chain((more) => fc.shuffledSubarray([...steps, ...more], { minLength: steps.length + more.length }))
			.map((order) => ({ edits, isDeleted, order }));
	});

test('in whatever order a message, its edits, its deletion and repetitions come, it ends the same, each told once', async () => {
	await fc.assert(
		fc.asyncProperty(HISTORY, fc.constantFrom(MARIA, GROUP), async ({ edits, isDeleted, order }, phone) => {
			await using rig = await startRig();
			const context = phone === GROUP ? { context: BY_MARIA } : {};
			const contents: readonly MessageContent[] = [
				{ kind: 'text', text: 'primeiro', ...context },
				...edits.map((text) => ({ ...edit('STEP0', text), ...context })),
				...(isDeleted ? [{ ...deletion('STEP0'), ...context }] : []),
			];
			for (const step of order) await rig.arrive(phone, contents[step] ?? assert.fail(), { whatsappId: `STEP${step}`, at: 1_000 + step });
			const editedAt = 1_000 + edits.length;
			const text = edits.at(-1);
			const edited: MessageContent = { kind: 'text', text: text ?? '', context: { ...context.context, editedAt } };
			const expected = isDeleted ? { kind: 'deleted', ...context } : text === undefined ? contents[0] : edited;
			assert.deepEqual(await rig.content('STEP0'), expected);
			assert.equal(rig.events.length, contents.length);
			assert.deepEqual(await rig.store.journal.waitingFor(INSTANCE.id, 'STEP0'), []);
		}),
		{ numRuns: 60 },
	);
});

test('what was deleted before it came leaves no medium behind', async () => {
	await using rig = await startRig();
	const { mimeType, bytes } = MEDIA_FILES.png;
	const url = `data:${mimeType};base64,${bytes.toString('base64')}`;
	const said = await rig.media.keep({ kind: 'image', url, mimeType }, INSTANCE.accountId);
	assert.ok(said.kind === 'image');
	const id = said.url.split('/').at(-1) ?? '';
	assert.equal((await rig.store.media.medium(id))?.mimeType, mimeType);
	await rig.arrive(MARIA, deletion('3EB0X'));
	await rig.arrive(MARIA, said, { whatsappId: '3EB0X' });
	assert.deepEqual(await rig.content('3EB0X'), { kind: 'deleted' });
	assert.equal(await rig.store.media.medium(id), undefined);
});

test('a message and its edit meet also where they come at the same moment, by the number and by the LID of the same person', async () => {
	await using rig = await startRig();
	const lid = '81896604192873@lid';
	const observed = (whatsappId: string, phone: string, content: MessageContent): Observation => ({
		id: `obs_${whatsappId}`,
		at: rig.clock.now(),
		raw: {},
		kind: 'message',
		message: { whatsappId, chat: { phone, aliases: phone === MARIA ? [{ kind: 'lid', value: lid }] : [], lid }, fromMe: false, content },
	});
	await rig.observe(observed('W0', MARIA, { kind: 'text', text: 'oi' }));
	await rig.observe(observed('W1', MARIA, { kind: 'text', text: 'before' }), observed('W2', lid, edit('W1', 'after')));
	const content = await rig.content('W1');
	assert.equal(content?.kind === 'text' && content.text, 'after');
});
