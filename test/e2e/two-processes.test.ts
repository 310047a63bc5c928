/**
 * Two whole gateways on one database: whatever one of them is asked for is as if the other had been. A shop knows which of both works its instance; what the
 * owner alone can do is asked for at the other one.
 */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { request } from 'undici';
import { type Answer, call, type Gateway } from '../support/gateway.ts';
import { type GatewayPair, type Shop, startPair, told } from '../support/gateway-pair.ts';
import { dataUri, MEDIA_FILES } from '../support/media-files.ts';
import { answerMedium } from '../support/media-server.ts';
import { until } from '../support/waiting.ts';

const MARIA = '5544988887777';
const JOAO = '5544977776666';
const NOBODY = '5511900000000';
/** Long enough for a machine with other work; what is waited for takes milliseconds. */
const WITHIN_MS = 20_000;
/** docs/access.md */
const REVOKED_WITHIN_MS = 5_000;

/** Behind a pooler nobody hears the others, and looks instead. */
for (const pooler of ['none', 'transaction']) {
	suite(`what two processes remember, pooler: ${pooler}`, () => {
		let pair: GatewayPair;
		before(async () => {
			pair = await startPair({ environment: { RECADO_DATABASE_POOLER: pooler } });
		});
		after(() => pair[Symbol.asyncDispose]());

		test('a connection that is cut and opened at the other process is so at once, for whoever asks there next', async () => {
			const shop = await pair.shop();
			const instance = `/instances/${shop.instance.id}`;
			const { other } = shop;
			assert.equal((await ok(other, 'GET', instance)).state, 'connected');
			assert.equal((await ok(other, 'POST', `/simulator/${shop.instance.id}/disconnect`, {})).state, 'disconnected');
			assert.equal((await ok(other, 'GET', instance)).state, 'disconnected');
			assert.ok((await ok(other, 'GET', `${instance}/qr-code`)).value);
			assert.equal((await ok(other, 'POST', `/simulator/${shop.instance.id}/connect`, {})).state, 'connected');
		});

		test('a setting that one process changed counts at the other soon, and two that are changed at one moment are both there', async () => {
			const shop = await pair.shop();
			const { owner, other } = shop;
			const settings = `/instances/${shop.instance.id}/settings`;
			for (const [from, to, isOn] of [
				[other, owner, true],
				[owner, other, false],
				[other, owner, true],
			] as const) {
				await ok(to, 'GET', settings);
				await ok(from, 'PATCH', settings, { autoReadMessage: isOn });
				await until(async () => (await ok(to, 'GET', settings)).autoReadMessage === isOn, { what: 'the setting', withinMs: WITHIN_MS });
			}
			const { messageId } = await ok(other, 'POST', `/simulator/${shop.instance.id}/messages`, { from: MARIA, text: 'Bom dia' });
			const written = (await messagesAt(other, shop)).find(({ whatsappId }) => whatsappId === messageId);
			assert.equal(written?.status, 'read');
			for (const isOn of [true, false, true, false]) {
				await Promise.all([
					ok(other, 'PATCH', settings, { autoReadStatus: isOn }),
					ok(owner, 'PATCH', settings, { callRejectAuto: isOn }),
					ok(owner, 'PUT', `/accounts/${shop.id}/ura`, ura(isOn)),
					ok(other, 'PUT', `/accounts/${shop.id}/survey`, survey(isOn)),
				]);
				for (const gateway of pair.both) {
					const both = async (): Promise<boolean> => {
						const { autoReadStatus, callRejectAuto } = await ok(gateway, 'GET', settings);
						const desk = [await ok(gateway, 'GET', `/accounts/${shop.id}/ura`), await ok(gateway, 'GET', `/accounts/${shop.id}/survey`)];
						return [autoReadStatus, callRejectAuto, ...desk.map(({ active }) => active)].every((one) => one === isOn);
					};
					await until(both, { what: 'both settings', withinMs: WITHIN_MS });
				}
			}
		});
	});
}

suite('two processes', () => {
	let pair: GatewayPair;
	before(async () => {
		pair = await startPair({ treat: (arrived) => (arrived.method === 'GET' ? answerMedium(arrived) : 200) });
	});
	after(() => pair[Symbol.asyncDispose]());

	test('what a simulated phone does, asked for at the other process, is done and seen at both', async () => {
		const shop = await pair.shop();
		const { owner, other } = shop;
		const simulator = `/simulator/${shop.instance.id}`;
		const behaviour = await ok(other, 'PUT', `${simulator}/contacts/${MARIA}`, { readsAfterMs: 0, repliesWith: null, name: 'Maria' });
		assert.deepEqual(await ok(owner, 'GET', `${simulator}/contacts/${MARIA}`), behaviour);
		const { messageId } = await ok(other, 'POST', `${simulator}/messages`, { from: MARIA, text: 'Bom dia' });
		for (const gateway of [other, owner]) assert.ok((await messagesAt(gateway, shop)).some(({ whatsappId }) => whatsappId === messageId));
		const { groupId } = await ok(other, 'POST', `${simulator}/groups`, {
			by: MARIA,
			subject: 'Família',
			phones: [JOAO, shop.instance.phone],
		});
		const group = await ok(other, 'GET', `/instances/${shop.instance.id}/whatsapp/groups/${groupId}`);
		assert.equal(group.subject, 'Família');
		assert.deepEqual(await ok(owner, 'GET', `/instances/${shop.instance.id}/whatsapp/groups/${groupId}`), group);
		await ok(other, 'POST', `/instances/${shop.instance.id}/messages`, { to: MARIA, text: 'Olá' });
		await until(async () => (await messagesAt(other, shop)).some(({ status }) => status === 'read'), {
			what: 'Maria to read it',
			withinMs: WITHIN_MS,
		});
		const screens = await pair.atOnce((gateway) => ok(gateway, 'GET', `${simulator}/phones/${MARIA}/messages`));
		assert.deepEqual(screens[0], screens[1]);
		assert.ok(screens[0].items.length >= 2);
	});

	test('WhatsApp answers the other process what it answers the owner, refusals included', async () => {
		const shop = await pair.shop();
		const { owner, other } = shop;
		const root = `/instances/${shop.instance.id}/whatsapp`;
		const made = await ok(other, 'POST', `${root}/groups`, { subject: 'Clientes', phones: [MARIA, JOAO] });
		await ok(other, 'PUT', `/simulator/${shop.instance.id}/contacts/${NOBODY}`, { onWhatsApp: false });
		await ok(other, 'PATCH', `${root}/profile`, { name: 'Loja', about: 'Aberta' });
		await ok(other, 'POST', `${root}/contacts`, { contacts: [{ phone: MARIA, firstName: 'Maria' }] });
		const asked: readonly (readonly [status: number, method: string, path: string, body?: object])[] = [
			[200, 'GET', '/profile'],
			[200, 'GET', '/contacts'],
			[200, 'GET', `/contacts/${MARIA}`],
			[404, 'GET', `/contacts/${NOBODY}`],
			[200, 'GET', '/groups'],
			[200, 'GET', `/groups/${made.id}`],
			[200, 'GET', `/chats/${MARIA}`],
			[404, 'GET', '/groups/120363019502650977-group'],
			[404, 'PATCH', '/groups/120363019502650977-group', { subject: 'x' }],
			[400, 'PATCH', `/groups/${made.id}`, { subject: 'x'.repeat(5_000) }],
			[200, 'POST', '/exists', { phones: [MARIA] }],
		];
		for (const [status, method, path, body] of asked) {
			const [here, there] = [await owner.admin(method, `${root}${path}`, body), await other.admin(method, `${root}${path}`, body)];
			assert.deepEqual(told(there), told(here), `${method} ${path}`);
			assert.equal(there.status, status, `${method} ${path}: ${JSON.stringify(there.body)}`);
		}
		const [picture, none] = await pair.atOnce((gateway) => zApi(gateway, shop, 'GET', `profile-picture?phone=${MARIA}`));
		assert.deepEqual(told(picture as Answer), told(none as Answer));
	});

	test('media that one process took are served by the other, and by either where a phone sent them', async () => {
		const shop = await pair.shop();
		const { owner, other } = shop;
		const sent = await zApi(other, shop, 'POST', 'send-image', { phone: MARIA, image: pair.receiver.url('/png') });
		assert.equal(sent.status, 200, JSON.stringify(sent.body));
		const { messageId } = await ok(other, 'POST', `/simulator/${shop.instance.id}/messages`, { from: JOAO, image: dataUri('png') });
		for (const id of [sent.body.messageId, messageId]) {
			const found = (await messagesAt(owner, shop)).find(({ whatsappId }) => whatsappId === id);
			const { pathname } = new URL(found?.content.url);
			for (const gateway of pair.both) {
				const answer = await request(`${gateway.address}${pathname}`);
				assert.equal(answer.statusCode, 200);
				assert.ok(Buffer.from(await answer.body.arrayBuffer()).equals(MEDIA_FILES.png.bytes));
			}
		}
	});

	test('what comes next is given to one operator, whichever process is asked', async () => {
		const shop = await pair.shop();
		const { root, departmentIds } = await desk(pair, shop, { Ana: 2, Bia: 2, Caio: 2, Davi: 2 });
		const phones = Array.from({ length: 10 }, (_, index) => `55449${String(10_000_000 + index)}`);
		for (const from of phones) await ok(shop.owner, 'POST', `/simulator/${shop.instance.id}/messages`, { from, text: 'oi' });
		const [departmentId] = departmentIds;
		const asked = pair.both.flatMap((gateway) =>
			Array.from({ length: 6 }, () => gateway.admin('POST', `${root}/desk/next`, { departmentId })),
		);
		const answers = await Promise.all(asked);
		const given = answers.filter(({ status }) => status === 200).map(({ body }) => body);
		assert.equal(answers.filter(({ status }) => status === 204).length, 4, 'two to each of four');
		assert.deepEqual(given.map(({ customer }) => customer.phone).toSorted(), phones.slice(0, 8), 'who waits longest');
		assert.deepEqual(given.map(({ number }) => number).toSorted(), [1, 2, 3, 4, 5, 6, 7, 8]);
		assert.deepEqual(given.map(namesIn).toSorted(), ['Ana', 'Ana', 'Bia', 'Bia', 'Caio', 'Caio', 'Davi', 'Davi']);
	});

	test('an operator of two departments who has room for one more gets one, not one of each', async () => {
		const shop = await pair.shop();
		const { root, departmentIds } = await desk(pair, shop, { Ana: 1 });
		for (let round = 0; round < 8; round += 1) {
			const begun = departmentIds.map((departmentId, index) =>
				ok(shop.owner, 'POST', `${root}/attendances`, {
					instanceId: shop.instance.id,
					phone: `5544911${round}0000${index}`,
					departmentId,
					operatorIds: [],
				}),
			);
			await Promise.all(begun);
			const answers = await Promise.all(
				pair.both.map((gateway, index) => gateway.admin('POST', `${root}/desk/next`, { departmentId: departmentIds[index] })),
			);
			assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 204], `round ${round}`);
			const { items } = await ok(shop.other, 'GET', `${root}/desk/attending`);
			for (const { id } of items)
				await ok(shop.other, 'POST', `${root}/desk/attendances/${id}/finish`, { operatorId: await anyOperator(pair, root) });
		}
	});

	test('what may be there once is made once', async () => {
		const shop = await pair.shop();
		const made = async (path: string, body: object, isSame: (body: Answer['body']) => unknown): Promise<void> => {
			const answers = await pair.atOnce((gateway) => gateway.admin('POST', path, body));
			assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, 409], JSON.stringify(answers.map(({ body }) => body)));
			const [one, other] = await pair.atOnce((gateway) => ok(gateway, 'GET', path));
			assert.deepEqual(one, other);
			assert.equal(one.items.filter(isSame).length, 1);
		};
		const application = await ok(shop.other, 'POST', `/accounts/${shop.id}/applications`, {
			name: 'CRM',
			instanceId: shop.instance.id,
			webhook: pair.receiver.url('/application'),
		});
		const components = [{ type: 'BODY', text: 'Olá' }];
		await made(
			`/applications/${application.appId}/templates`,
			{ name: 'ola', language: 'pt_BR', category: 'UTILITY', components },
			({ name }) => name === 'ola',
		);
		const login = { name: 'Ana', login: 'ana', password: 'segredo longo' };
		await made(`/accounts/${shop.id}/operators`, login, ({ name }) => name === 'Ana');
	});

	test('a token that was revoked at one process ends at the other within the documented time', async () => {
		const [first, second] = pair.both;
		const { token, id } = await ok(first, 'POST', '/tokens', { name: 'CRM', scopes: ['admin'] });
		const isTaken = async (): Promise<boolean> =>
			(await call(second.address, 'GET', '/recado/v1/accounts', { headers: { authorization: `Bearer ${token}` } })).status === 200;
		assert.ok(await isTaken());
		await ok(first, 'POST', `/tokens/${id}/revoke`);
		const revokedAt = performance.now();
		let lastTakenAt = revokedAt;
		const isOver = async (): Promise<boolean> => {
			const askedAt = performance.now();
			const taken = await isTaken();
			if (taken) lastTakenAt = askedAt;
			return !taken;
		};
		await until(isOver, { what: 'the token to end', withinMs: WITHIN_MS });
		assert.ok(lastTakenAt - revokedAt <= REVOKED_WITHIN_MS, `${lastTakenAt - revokedAt} ms`);
	});
});

/** The management API; anything but success fails the test. */
async function ok(gateway: Gateway, method: string, path: string, body?: object): Promise<Answer['body']> {
	const answer = await gateway.admin(method, path, body);
	assert.ok(answer.status < 300, `${method} ${path} answered ${answer.status} ${JSON.stringify(answer.body)}`);
	return answer.body;
}

function zApi(gateway: Gateway, { instance }: Shop, method: string, path: string, body?: object): Promise<Answer> {
	return gateway.call(method, `/instances/${instance.id}/token/${instance.token}/${path}`, { body });
}

async function messagesAt(gateway: Gateway, { instance }: Shop): Promise<Answer['body'][]> {
	return (await ok(gateway, 'GET', `/messages?instanceId=${instance.id}&limit=50`)).items;
}

/** Departments, and operators of both who are there; known at both processes. */
async function desk(
	pair: GatewayPair,
	{ id, owner }: Shop,
	operators: Readonly<Record<string, number>>,
): Promise<{ readonly root: string; readonly departmentIds: readonly string[] }> {
	const root = `/accounts/${id}`;
	const departmentIds: string[] = [];
	for (const name of ['Geral', 'Vendas']) departmentIds.push((await ok(owner, 'POST', `${root}/departments`, { name })).id);
	for (const [name, attendancesMax] of Object.entries(operators)) {
		const { id: operatorId } = await ok(owner, 'POST', `${root}/operators`, { name, departmentIds, attendancesMax });
		await ok(owner, 'PUT', `${root}/operators/${operatorId}/state`, { state: 'online' });
	}
	for (const gateway of pair.both) {
		const knows = async (): Promise<boolean> =>
			(await ok(gateway, 'GET', `${root}/operators`)).items.length === Object.keys(operators).length &&
			(await ok(gateway, 'GET', `${root}/departments`)).items.length === departmentIds.length;
		await until(knows, { what: 'the staff to be known', withinMs: WITHIN_MS });
	}
	return { root, departmentIds };
}

async function anyOperator(pair: GatewayPair, root: string): Promise<string> {
	return (await ok(pair.both[0], 'GET', `${root}/operators`)).items[0].id;
}

function namesIn({ operators }: Answer['body']): string {
	return operators.map(({ name }: { name: string }) => name).join();
}

function ura(active: boolean): object {
	return { active, ignoreDefault: true, ignoreGroups: true, welcomeMessage: '', departmentMessage: 'Com quem?' };
}

function survey(active: boolean): object {
	return { active, question: 'De 1 a 5?', ratingMax: 5, windowMs: 60_000 };
}
