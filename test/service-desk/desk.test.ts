/** What operators do at the desk: take, hand over, join, see. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { INSTANCE } from '../messaging/rig.ts';
import { ACCOUNT, type DeskRig, startDesk } from './desk-rig.ts';

const [MARIA, JOAO, RITA] = ['5544911111111', '5544922222222', '5544933333333'] as const;
const ALL = { accountId: ACCOUNT };
const PAGE = { limit: 50 };

interface Staffed {
	readonly general: string;
	readonly sales: string;
	readonly ana: string;
	readonly bia: string;
	readonly chief: string;
}

/** Ana is an agent of the default department, Bia of sales, the chief supervises sales. */
async function staffed({ rig }: DeskRig): Promise<Staffed> {
	const { staff } = rig;
	const general = (await staff.createDepartment(ACCOUNT, { name: 'Geral' })).id;
	const sales = (await staff.createDepartment(ACCOUNT, { name: 'Vendas' })).id;
	const operator = async (name: string, departmentId: string, more: object = {}): Promise<string> =>
		(await staff.createOperator(ACCOUNT, { name, departmentIds: [departmentId], ...more })).id;
	const chief = await operator('Chefe', sales, { role: 'supervisor' });
	return { general, sales, ana: await operator('Ana', general), bia: await operator('Bia', sales), chief };
}

/** They are counted as they are listed, whoever asks. */
async function phonesWaiting({ desk }: DeskRig, asOperator?: string, departmentId?: string): Promise<string[]> {
	const asker = { ...ALL, ...(asOperator === undefined ? {} : { operatorId: asOperator }) };
	const filter = departmentId === undefined ? {} : { departmentId };
	const page = await desk.desk.waiting(asker, filter, PAGE);
	assert.equal(await desk.desk.waitingCount(asker, filter, PAGE.limit), page.items.length);
	return page.items.map(({ chat }) => chat.phone);
}

test('who waits longest is taken first, and nobody is given to two', async () => {
	await using world = await startDesk();
	const { rig, desk } = world;
	const { ana } = await staffed(world);
	const other = await rig.staff.createOperator(ACCOUNT, { name: 'Caio', role: 'admin' });
	for (const phone of [JOAO, MARIA, RITA]) {
		await rig.write(phone, 'oi');
		await rig.clock.advance(1_000);
	}
	const taken = await Promise.all([ana, other.id, ana, other.id, ana].map((id) => desk.desk.takeNext(ACCOUNT, id)));
	const given = taken.flatMap((one) => one ?? []).toSorted((a, b) => a.number - b.number);
	assert.deepEqual(
		given.map(({ customer }) => customer.phone),
		[JOAO, MARIA, RITA],
	);
	assert.deepEqual(await phonesWaiting(world), []);
	assert.ok(given.every(({ startedBy, operators }) => startedBy?.id === operators[0]?.id && operators.length === 1));
	await rig.staff.updateOperator(ACCOUNT, ana, { active: false });
	await assert.rejects(desk.desk.takeNext(ACCOUNT, ana), { code: 'operator_inactive' });
});

test('an agent sees what is theirs, a supervisor their departments, an admin everything', async () => {
	await using world = await startDesk();
	const { rig, desk } = world;
	const { general, sales, ana, bia, chief } = await staffed(world);
	for (const phone of [MARIA, JOAO]) await rig.write(phone, 'oi');
	await rig.attending.changeDepartment(INSTANCE, JOAO, sales);
	assert.deepEqual(await phonesWaiting(world, ana), [MARIA], 'without a department they are the default one’s');
	assert.deepEqual(await phonesWaiting(world, bia), [JOAO]);
	assert.deepEqual(await phonesWaiting(world, bia, general), []);
	assert.deepEqual((await phonesWaiting(world)).sort(), [MARIA, JOAO]);
	const ofAna = await desk.desk.takeNext(ACCOUNT, ana);
	const ofBia = await desk.desk.takeNext(ACCOUNT, bia);
	assert.ok(ofAna && ofBia);
	const numbers = async (operatorId: string, filter: object = {}) => {
		const asker = { ...ALL, operatorId };
		const { items } = await desk.desk.attending(asker, filter, PAGE);
		assert.deepEqual(await desk.desk.attendingCount(asker, filter, PAGE.limit), { count: items.length, isAtLeast: false });
		return items.map(({ number }) => number);
	};
	assert.deepEqual(await numbers(ana), [ofAna.number]);
	assert.deepEqual(await numbers(bia), [ofBia.number]);
	assert.deepEqual(await numbers(chief), [ofBia.number]);
	assert.deepEqual(await numbers(chief, { ofOperatorId: ana }), []);
	assert.deepEqual(await numbers(chief, { ofOperatorId: bia }), [ofBia.number]);
	assert.deepEqual(await numbers(bia, { departmentId: general }), []);
	assert.deepEqual(await numbers(bia, { departmentId: sales }), [ofBia.number]);
	await desk.desk.join(ALL, ofBia.id, chief);
	assert.deepEqual(await numbers(chief), [ofBia.number], 'of their department and theirs: it is one');
	await assert.rejects(desk.desk.attendance({ ...ALL, operatorId: bia }, ofAna.id), { code: 'not_there' });
	await rig.staff.updateOperator(ACCOUNT, bia, { role: 'admin' });
	assert.deepEqual(await numbers(bia), [ofBia.number, ofAna.number]);
});

test('a transfer keeps its reason; handed to a department it is taken by one of it, before those who wait', async () => {
	await using world = await startDesk();
	const { rig, desk } = world;
	const { sales, ana, bia } = await staffed(world);
	await rig.write(MARIA, 'oi');
	await rig.write(JOAO, 'oi');
	await rig.attending.changeDepartment(INSTANCE, JOAO, sales);
	const taken = await desk.desk.takeNext(ACCOUNT, ana);
	assert.ok(taken);
	const asAna = { ...ALL, operatorId: ana };
	await assert.rejects(desk.desk.transfer(asAna, taken.id, { reason: 'nowhere' }), { code: 'invalid_request' });
	await assert.rejects(desk.desk.transfer(asAna, taken.id, { departmentId: 'dep_x' }), { code: 'department_missing' });
	const moved = await desk.desk.transfer(asAna, taken.id, { departmentId: sales, reason: 'Quer comprar' });
	assert.deepEqual([moved.department?.name, moved.operators, moved.status], ['Vendas', [], 'progress']);
	assert.equal(await desk.desk.takeNext(ACCOUNT, ana), undefined, 'it is sales’ now');
	const next = await desk.desk.takeNext(ACCOUNT, bia);
	assert.deepEqual([next?.id, next?.operators.map(({ name }) => name)], [taken.id, ['Bia']]);
	const [transfer, ...more] = await desk.desk.transfers(ALL, taken.id);
	assert.deepEqual(
		[transfer?.by?.name, transfer?.from.department?.name, transfer?.to.department?.name, transfer?.reason],
		['Ana', 'Geral', 'Vendas', 'Quer comprar'],
	);
	assert.deepEqual(more, []);
	assert.deepEqual(
		rig.heard().filter((type) => type.startsWith('attendance')),
		['attendance.started', 'attendance.transferred'],
	);
	assert.equal((await rig.attending.finish({ instance: INSTANCE, phone: MARIA, operatorId: bia, autoTransfer: false })).found, true);
	await assert.rejects(desk.desk.transfer(ALL, taken.id, { operatorIds: [ana] }), { code: 'attendance_finished' });
});

test('several operators attend one chat; when the last one leaves another one takes it', async () => {
	await using world = await startDesk();
	const { rig, desk } = world;
	const { ana, bia, chief } = await staffed(world);
	await rig.write(MARIA, 'oi');
	const taken = await desk.desk.takeNext(ACCOUNT, ana);
	assert.ok(taken);
	const both = await desk.desk.join({ ...ALL, operatorId: ana }, taken.id, bia);
	assert.deepEqual(
		both.operators.map(({ name }) => name),
		['Ana', 'Bia'],
	);
	assert.equal((await desk.desk.join(ALL, taken.id, bia)).version, both.version, 'who is in it stays');
	await desk.desk.leave({ ...ALL, operatorId: bia }, taken.id, bia);
	await desk.desk.leave(ALL, taken.id, ana);
	assert.deepEqual((await desk.desk.attending({ ...ALL, operatorId: ana }, {}, PAGE)).items, []);
	assert.equal((await desk.desk.takeNext(ACCOUNT, ana))?.id, taken.id);
	const finished = await desk.desk.finish({ ...ALL, operatorId: ana }, taken.id, { report: 'Resolvido' });
	assert.deepEqual([finished.finishedBy?.name, finished.report], ['Ana', 'Resolvido']);
	await assert.rejects(desk.desk.finish({ ...ALL, operatorId: ana }, taken.id, {}), { code: 'attendance_finished' });
	await assert.rejects(desk.desk.finish({ ...ALL, operatorId: chief }, taken.id, {}), { code: 'not_there' });
	const closed = await desk.desk.closed({ ...ALL, operatorId: ana }, {}, PAGE);
	assert.deepEqual(
		closed.items.map(({ id }) => id),
		[taken.id],
	);
});

test('what comes next is dealt to who is there, has room, and has least', async () => {
	await using world = await startDesk();
	const { rig, desk } = world;
	const { general, ana } = await staffed(world);
	const eva = (await rig.staff.createOperator(ACCOUNT, { name: 'Eva', departmentIds: [general], attendancesMax: 1 })).id;
	const phones = [MARIA, JOAO, RITA, '5544944444444'];
	for (const phone of phones) {
		await rig.write(phone, 'oi');
		await rig.clock.advance(1_000);
	}
	assert.equal(await desk.desk.distribute(ACCOUNT, general), undefined, 'nobody is there');
	await desk.staff.setState(ACCOUNT, ana, 'online');
	await desk.staff.setState(ACCOUNT, eva, 'online');
	const whom: (string | undefined)[] = [];
	for (const _ of phones) {
		whom.push((await desk.desk.distribute(ACCOUNT, general))?.operators[0]?.name);
		await rig.clock.advance(1_000);
	}
	assert.deepEqual(whom, ['Ana', 'Eva', 'Ana', 'Ana']);
	assert.equal(await desk.desk.distribute(ACCOUNT, general), undefined, 'nothing waits');
});

test('lists come in pages that miss and repeat nothing', async () => {
	await using world = await startDesk();
	const { rig, desk } = world;
	const { chief, sales } = await staffed(world);
	for (let index = 0; index < 7; index += 1) {
		await rig.attending.start({ instance: INSTANCE, phone: `554497777000${index}`, operatorIds: [chief], departmentId: sales });
	}
	for (const asker of [ALL, { ...ALL, operatorId: chief }]) {
		const numbers: number[] = [];
		let cursor: string | undefined;
		do {
			const page = await desk.desk.attending(asker, {}, { limit: 3, ...(cursor === undefined ? {} : { cursor }) });
			numbers.push(...page.items.map(({ number }) => number));
			cursor = page.next;
		} while (cursor !== undefined);
		assert.deepEqual(numbers, [7, 6, 5, 4, 3, 2, 1]);
	}
	await assert.rejects(desk.desk.attending(ALL, {}, { limit: 3, cursor: 'x' }), { code: 'invalid_request' });
});

test('attendances are counted as far as they are looked at, however many lists they are in', async () => {
	await using world = await startDesk();
	const { rig, desk } = world;
	const { chief, ana, sales, general } = await staffed(world);
	for (let index = 0; index < 4; index += 1) {
		await rig.attending.start({ instance: INSTANCE, phone: `554497777000${index}`, operatorIds: [chief, ana], departmentId: sales });
	}
	const counted = async (asker: object, filter: object, most: number): Promise<string> => {
		const { count, isAtLeast } = await desk.desk.attendingCount({ ...ALL, ...asker }, filter, most);
		return `${count}${isAtLeast ? '+' : ''}`;
	};
	for (const [asker, filter] of [
		[{}, {}],
		[{}, { departmentId: sales }],
		[{}, { ofOperatorId: ana }],
		[{ operatorId: chief }, {}],
		[{ operatorId: chief }, { ofOperatorId: ana }],
		[{ operatorId: ana }, { departmentId: sales }],
	]) {
		const told = await Promise.all([3, 4, 5].map((most) => counted({ ...asker }, { ...filter }, most)));
		assert.deepEqual(told, ['3+', '4', '4'], JSON.stringify({ asker, filter }));
	}
	// Three of four were looked at: none of them is of that department, and what the fourth is nobody knows.
	assert.deepEqual(await counted({ operatorId: ana }, { departmentId: general }, 3), '0+');
	assert.deepEqual(await counted({ operatorId: ana }, { departmentId: general }, 4), '0');
	assert.deepEqual(await counted({}, { ofOperatorId: 'opr_none' }, 3), '0');
	await assert.rejects(counted({}, { departmentId: 'dep_x' }, 3), { code: 'department_missing' });
});

test('what was in a department that is deleted is the default one’s', async () => {
	await using world = await startDesk();
	const { rig, desk } = world;
	const { sales, ana, bia } = await staffed(world);
	await rig.write(MARIA, 'oi');
	await rig.attending.changeDepartment(INSTANCE, MARIA, sales);
	await rig.attending.start({ instance: INSTANCE, phone: JOAO, operatorIds: [], departmentId: sales });
	await rig.staff.deleteDepartment(ACCOUNT, sales);
	assert.deepEqual(await phonesWaiting(world, bia), []);
	assert.deepEqual(await phonesWaiting(world, ana), [MARIA]);
	const taken = [await desk.desk.takeNext(ACCOUNT, ana), await desk.desk.takeNext(ACCOUNT, ana)];
	assert.deepEqual(
		taken.map((one) => one?.customer.phone),
		[JOAO, MARIA],
	);
});

test('staff: who they are, whether they are there, and how they sign in', async () => {
	await using world = await startDesk();
	const { rig, desk } = world;
	const { general, ana } = await staffed(world);
	const wish = { email: 'ana@loja.com', login: 'ana', password: 'segredo longo' };
	await rig.staff.updateOperator(ACCOUNT, ana, wish);
	await assert.rejects(rig.staff.createOperator(ACCOUNT, { name: 'Outra', login: 'ANA' }), { code: 'exists' });
	await assert.rejects(rig.staff.createOperator(ACCOUNT, { name: 'Outra', departmentIds: ['dep_x'] }), { code: 'department_missing' });
	const member = await desk.staff.setState(ACCOUNT, ana, 'online');
	assert.deepEqual([member.role, member.email, member.login, member.state], ['agent', 'ana@loja.com', 'ana', 'online']);
	assert.deepEqual(
		member.departments.map(({ id }) => id),
		[general],
	);
	assert.equal(JSON.stringify(member).includes('segredo'), false);
	const { token } = await desk.staff.signIn(ACCOUNT, 'Ana', 'segredo longo');
	assert.equal((await desk.staff.byToken(token))?.operator.id, ana);
	assert.equal(await desk.staff.byToken(`${token.slice(0, -2)}AA`), undefined);
	await assert.rejects(desk.staff.signIn(ACCOUNT, 'ana', 'outro'), { code: 'unauthorized' });
	await assert.rejects(desk.staff.signIn(ACCOUNT, 'ninguém', 'segredo longo'), { code: 'unauthorized' });
	await rig.staff.updateOperator(ACCOUNT, ana, { active: false });
	assert.equal(await desk.staff.byToken(token), undefined);
	assert.equal((await desk.staff.member(ACCOUNT, ana)).state, 'offline');
	await assert.rejects(desk.staff.setState(ACCOUNT, ana, 'online'), { code: 'operator_inactive' });
});

test('an unknown login costs what a wrong password costs, and holds up nobody else', async () => {
	const derived: string[] = [];
	const gate = Promise.withResolvers<void>();
	const derive = async (password: string): Promise<string> => {
		derived.push(password);
		if (password === 'slow') await gate.promise;
		return password;
	};
	await using world = await startDesk({
		passwords: { hash: derive, fits: async (password) => (await derive(password)) === 'right' },
	});
	const { rig, desk } = world;
	const { ana, bia } = await staffed(world);
	await rig.staff.updateOperator(ACCOUNT, ana, { login: 'ana', password: 'segredo longo' });
	await rig.staff.updateOperator(ACCOUNT, bia, { login: 'bia' });
	for (const [login, password] of [
		['ana', 'wrong'],
		['bia', 'without one'],
		['ninguém', 'right'],
	] as const) {
		await assert.rejects(desk.staff.signIn(ACCOUNT, login, password), { code: 'unauthorized' });
	}
	assert.deepEqual(derived, ['wrong', 'without one', 'right']);
	const guessing = assert.rejects(desk.staff.signIn(ACCOUNT, 'ninguém', 'slow'), { code: 'unauthorized' });
	assert.equal((await desk.staff.signIn(ACCOUNT, 'ana', 'right')).member.operator.id, ana);
	gate.resolve();
	await guessing;
});
