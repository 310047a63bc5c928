/** What answers before an operator does: hours, URA, survey; and that a repetition changes nothing of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SurveySettings, UraSettings } from '../../src/service-desk/answering-services.ts';
import { INSTANCE } from '../messaging/rig.ts';
import { ACCOUNT, type DeskRig, startDesk } from './desk-rig.ts';

const MARIA = '5544911111111';
const ALL = { accountId: ACCOUNT };
const HOUR_MS = 3_600_000;

const URA: UraSettings = {
	active: true,
	ignoreDefault: true,
	ignoreGroups: true,
	welcomeMessage: 'Olá {senderName}!',
	departmentMessage: 'Com quem quer falar?',
};
const SURVEY: SurveySettings = {
	active: true,
	question: 'De 1 a 5?',
	ratingMax: 5,
	observationQuestion: 'Por quê?',
	thanks: 'Obrigado',
	windowMs: HOUR_MS,
};

/** What was said to the customer since the last look. */
async function said({ rig }: DeskRig): Promise<string[]> {
	await rig.clock.advance(10);
	return rig.channel.sent.splice(0).map(({ text }) => text);
}

async function departmentOf({ rig }: DeskRig, phone = MARIA): Promise<string | undefined> {
	const { items } = await rig.store.chats.chatsOf(INSTANCE.id, { limit: 50 });
	const departments = await rig.store.accounts.departments(ACCOUNT);
	const id = items.find(({ chat }) => chat.phone === phone)?.chat.departmentId;
	return departments.find((one) => one.id === id)?.name;
}

async function departments({ rig }: DeskRig): Promise<Record<'general' | 'sales' | 'help', string>> {
	const create = async (name: string) => (await rig.staff.createDepartment(ACCOUNT, { name })).id;
	return { general: await create('Geral'), sales: await create('Vendas'), help: await create('Suporte técnico') };
}

test('URA: welcomes, asks once, and routes by number or by name', async () => {
	await using world = await startDesk();
	const { rig, desk } = world;
	await departments(world);
	await desk.ura.set(ACCOUNT, { ...URA, routedMessage: 'Falando com {option}.' });
	await rig.write(MARIA, 'oi');
	assert.deepEqual(await said(world), ['Olá Maria!', 'Com quem quer falar?\n\n1 - Vendas\n2 - Suporte técnico']);
	await rig.write(MARIA, ' suporte TECNICO ');
	assert.deepEqual(await said(world), ['Falando com Suporte técnico.']);
	assert.equal(await departmentOf(world), 'Suporte técnico');
	await rig.write(MARIA, '1');
	assert.deepEqual([await said(world), await departmentOf(world)], [[], 'Suporte técnico'], 'it is not asked again');
	await rig.write('5544922222222', 'oi');
	await rig.write('5544922222222', '1.');
	assert.equal(await departmentOf(world, '5544922222222'), 'Vendas');
	assert.equal((await desk.desk.waiting(ALL, {}, { limit: 10 })).items.length, 2, 'whoever was routed waits');
});

test('URA: after so many wrong answers the default department has it; what is repeated changes nothing', async () => {
	await using world = await startDesk();
	const { rig, desk } = world;
	await departments(world);
	await desk.ura.set(ACCOUNT, { ...URA, welcomeMessage: '', wrongAnswersMax: 2, wrongAnswerMessage: 'Como?' });
	await rig.write(MARIA, 'oi');
	const wrong = { whatsappId: 'WRONG1', observationId: 'wrong-1' };
	await Promise.all([
		rig.write(MARIA, '9', wrong),
		rig.write(MARIA, '9', wrong),
		rig.write(MARIA, '9', { ...wrong, observationId: 'wrong-1b' }),
	]);
	assert.deepEqual(await said(world), [
		'Com quem quer falar?\n\n1 - Vendas\n2 - Suporte técnico',
		'Como?',
		'Com quem quer falar?\n\n1 - Vendas\n2 - Suporte técnico',
	]);
	assert.equal(await departmentOf(world), undefined);
	await rig.arrive(MARIA, { kind: 'audio', url: '', mimeType: 'audio/ogg' });
	assert.deepEqual([await said(world), await departmentOf(world)], [[], 'Geral']);
});

test('URA: menus in menus, an operator, and a new attendance that is asked again', async () => {
	await using world = await startDesk();
	const { rig, desk } = world;
	const { sales } = await departments(world);
	const ana = await rig.staff.createOperator(ACCOUNT, { name: 'Ana', departmentIds: [sales] });
	const menu = { kind: 'menu', message: 'Qual?', options: [{ label: 'Ana', to: { kind: 'operator', operatorId: ana.id } }] } as const;
	await desk.ura.set(ACCOUNT, { ...URA, welcomeMessage: '', options: [{ label: 'Vendas', to: menu }] });
	await rig.write(MARIA, 'oi');
	await rig.write(MARIA, '1');
	assert.deepEqual(await said(world), ['Com quem quer falar?\n\n1 - Vendas', 'Qual?\n\n1 - Ana']);
	await rig.write(MARIA, 'ana');
	const [attendance] = (await desk.desk.attending({ ...ALL, operatorId: ana.id }, {}, { limit: 5 })).items;
	assert.deepEqual([attendance?.department?.name, attendance?.startedBy?.name], ['Vendas', 'Ana']);
	const ticket = await desk.tickets.byNumber(ACCOUNT, attendance?.number ?? 0);
	const texts = ticket?.transcript.map(({ content }) => (content.kind === 'text' ? content.text.split('\n')[0] : content.kind));
	assert.deepEqual(texts?.toSorted(), ['oi', 'Com quem quer falar?', '1', 'Qual?', 'ana'].toSorted());
	await desk.desk.finish(ALL, attendance?.id ?? '', {});
	await said(world);
	await rig.write(MARIA, 'voltei');
	assert.deepEqual(await said(world), ['Com quem quer falar?\n\n1 - Vendas']);
	await assert.rejects(desk.ura.set(ACCOUNT, { ...URA, options: [] }), { code: 'invalid_request' });
	await assert.rejects(desk.ura.set(ACCOUNT, { ...URA, options: [{ label: 'x', to: { kind: 'department', departmentId: 'dep_x' } }] }), {
		code: 'department_missing',
	});
});

test('hours: who writes while it is closed is told so once a closed time', async () => {
	await using world = await startDesk();
	const { rig, desk } = world;
	const spans = [{ from: '08:00', to: '18:00' }];
	const day = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' });
	const midnight = Math.ceil(rig.clock.now() / (24 * HOUR_MS)) * 24 * HOUR_MS;
	const weekday = day.format(midnight).toLowerCase();
	await desk.hours.set(ACCOUNT, { active: true, timeZone: 'UTC', week: { [weekday]: spans }, holidays: [], awayMessage: 'Fechado' });
	await desk.ura.set(ACCOUNT, { ...URA, welcomeMessage: 'Bom dia' });
	const at = async (hour: number) => rig.clock.advance(midnight + hour * HOUR_MS - rig.clock.now());
	await at(7);
	await rig.write(MARIA, 'oi');
	await rig.write(MARIA, 'alguém?');
	assert.deepEqual(await said(world), ['Fechado']);
	await at(8);
	assert.equal(await desk.hours.isOpen(ACCOUNT, rig.clock.now()), true);
	await rig.write(MARIA, 'e agora?');
	assert.deepEqual(await said(world), ['Bom dia']);
	await at(18);
	await rig.write(MARIA, 'já?');
	await rig.write(MARIA, 'e aí?');
	assert.deepEqual(await said(world), ['Fechado']);
	await assert.rejects(
		desk.hours.set(ACCOUNT, {
			active: true,
			timeZone: 'Marte',
			week: { monday: [{ from: '9', to: '8' }] },
			holidays: [],
			awayMessage: 'x',
		}),
		{ code: 'invalid_request' },
	);
});

async function finished({ rig, desk }: DeskRig): Promise<{ id: string; number: number; operatorId: string }> {
	const { id: operatorId } = await rig.staff.createOperator(ACCOUNT, { name: 'Ana' });
	await desk.surveys.configure(ACCOUNT, SURVEY);
	await rig.write(MARIA, 'oi');
	const { attendance } = await rig.attending.start({ instance: INSTANCE, phone: MARIA, operatorIds: [operatorId] });
	await rig.clock.advance(1_000);
	await rig.attending.finish({ instance: INSTANCE, phone: MARIA, operatorId, autoTransfer: false });
	return { id: attendance.id, number: attendance.number, operatorId };
}

test('survey: asked at the end, kept by ticket, operator and date, and nobody waits by an answer', async () => {
	await using world = await startDesk();
	const { rig, desk } = world;
	const { number, operatorId } = await finished(world);
	assert.deepEqual(await said(world), ['De 1 a 5?']);
	const ratedAt = rig.clock.now();
	await rig.write(MARIA, '4!');
	assert.deepEqual(await said(world), ['Por quê?']);
	await rig.write(MARIA, 'Demorou');
	assert.deepEqual(await said(world), ['Obrigado']);
	assert.deepEqual((await desk.desk.waiting(ALL, {}, { limit: 5 })).items, []);
	const rated = await desk.surveys.byTicket(ACCOUNT, number);
	assert.deepEqual([rated?.answer.rating, rated?.answer.observation, rated?.answer.answeredAt], [4, 'Demorou', ratedAt]);
	assert.deepEqual((await desk.surveys.byOperator(ACCOUNT, operatorId, { from: ratedAt }, { limit: 5 })).items, [rated]);
	assert.deepEqual((await desk.surveys.byDate(ACCOUNT, { to: ratedAt }, { limit: 5 })).items, [rated]);
	assert.deepEqual((await desk.surveys.byDate(ACCOUNT, { from: ratedAt + 1 }, { limit: 5 })).items, []);
	assert.deepEqual((await desk.tickets.byNumber(ACCOUNT, number))?.transcript.length, 1, 'the survey is not part of the attendance');
	assert.equal(rig.heard().filter((type) => type === 'survey.answered').length, 2);
	await rig.write(MARIA, '1');
	assert.equal((await desk.desk.waiting(ALL, {}, { limit: 5 })).items.length, 1, 'answered is answered');
});

test('survey: what is no rating, comes late, or was written before the question is an ordinary message', async () => {
	await using world = await startDesk();
	const { rig, desk } = world;
	const { number } = await finished(world);
	await rig.arrive(MARIA, { kind: 'text', text: '5' }, { at: rig.clock.now() - 500_000 });
	await rig.write(MARIA, 'nota 5');
	await rig.write(MARIA, '6');
	assert.equal((await desk.desk.waiting(ALL, {}, { limit: 5 })).items.length, 1);
	await rig.clock.advance(HOUR_MS + 1);
	await rig.write(MARIA, '5');
	assert.equal(await desk.surveys.byTicket(ACCOUNT, number), undefined);
});

test('survey: where the menu was asked since, a number answers the menu', async () => {
	await using world = await startDesk();
	const { rig, desk } = world;
	const { number } = await finished(world);
	await departments(world);
	await desk.ura.set(ACCOUNT, URA);
	await said(world);
	await rig.write(MARIA, 'tenho outra pergunta');
	assert.equal((await said(world)).length, 2);
	await rig.write(MARIA, '2');
	assert.equal(await departmentOf(world), 'Suporte técnico');
	assert.equal(await desk.surveys.byTicket(ACCOUNT, number), undefined);
});

test('URA: many customers who choose an operator at the same moment each get an attendance', async () => {
	await using world = await startDesk();
	const { rig, desk } = world;
	const { sales } = await departments(world);
	const ana = await rig.staff.createOperator(ACCOUNT, { name: 'Ana', departmentIds: [sales] });
	await desk.ura.set(ACCOUNT, { ...URA, options: [{ label: 'Ana', to: { kind: 'operator', operatorId: ana.id } }] });
	const phones = Array.from({ length: 30 }, (_, index) => `55449${11_111_100 + index}`);
	await Promise.all(phones.map((phone) => rig.write(phone, 'oi')));
	const start = phones.map((phone) => rig.attending.start({ instance: INSTANCE, phone: `${phone}0`, operatorIds: [] }));
	await Promise.all([...phones.map((phone) => rig.write(phone, 'ana')), ...start]);
	assert.deepEqual(await rig.store.journal.failed(1), []);
	const { items } = await rig.store.attendances.list({ accountId: ACCOUNT }, { limit: 100 });
	assert.deepEqual(
		items.map(({ number }) => number),
		Array.from({ length: 60 }, (_, index) => 60 - index),
	);
});

test('a text that names what is not filled in stays as it is', async () => {
	await using world = await startDesk();
	const { rig, desk } = world;
	await departments(world);
	await desk.ura.set(ACCOUNT, { ...URA, welcomeMessage: '{senderName} {constructor} {x}' });
	await rig.write(MARIA, 'oi');
	assert.equal((await said(world))[0], 'Maria {constructor} {x}');
});
