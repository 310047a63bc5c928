/** A token of one account, at every address of every API that tokens open: nothing of another account is there for it, however it asks. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Listed, type OpenApi, operationsOf } from '../http/recado/document.ts';
import { INSIGHT_TAGS } from '../http/recado/elsewhere.ts';
import { type Account, type Answer, type Gateway, startGateway } from '../support/gateway.ts';
import { MEDIA_FILES } from '../support/media-files.ts';
import { until } from '../support/waiting.ts';

const MARIA = '5544988887777';
const NEWSLETTER = '120363019502650977@newsletter';

/** What an operator's token opens: whatever asks for whom, and what there is to choose among. */
const OF_OPERATORS = [
	'GET /accounts/{id}',
	...['categories', 'custom-buttons', 'departments', 'instances', 'operators', 'quick-replies'].map((list) => `GET /accounts/{id}/${list}`),
	'GET /accounts/{id}/operators/{memberId}',
	'POST /accounts/{id}/custom-buttons/{memberId}/press',
	'GET /accounts/{id}/tickets/{number}',
	...['GET', 'POST'].map((method) => `${method} /accounts/{id}/chats/{memberId}/messages`),
	'GET /accounts/{id}/chats/{memberId}',
	...['take', 'read'].map((act) => `POST /accounts/{id}/chats/{memberId}/${act}`),
	...['GET', 'PATCH', 'DELETE'].map((method) => `${method} /messages/{id}`),
	...['read', 'reactions'].map((act) => `POST /messages/{id}/${act}`),
	...['GET attending', 'GET closed', 'GET waiting', 'GET attending/count', 'GET waiting/count', 'POST next'].map((desk) =>
		desk.replace(' ', ' /accounts/{id}/desk/'),
	),
	'POST /accounts/{id}/desk/attendances/{memberId}/finish',
	'POST /accounts/{id}/desk/attendances/{memberId}/transfer',
	'GET /accounts/{id}/desk/attendances/{memberId}/transfers',
	'PUT /accounts/{id}/desk/attendances/{memberId}/operators/{operatorId}',
	'DELETE /accounts/{id}/desk/attendances/{memberId}/operators/{operatorId}',
	'GET /attendances/{id}',
	...['GET', 'POST'].map((method) => `${method} /accounts/{id}/chats/{memberId}/notes`),
	'DELETE /accounts/{id}/chats/{memberId}/notes/{noteId}',
	...['GET', 'PATCH'].map((method) => `${method} /accounts/{id}/chats/{memberId}/card`),
	...['PUT', 'DELETE'].map((method) => `${method} /accounts/{id}/chats/{memberId}/card/fields/{name}`),
	'PUT /accounts/{id}/operators/{memberId}/state',
	'POST /accounts/{id}/operators/{memberId}/sign-out',
];
/** And to who sees everything what tells of everything, and how the desk is set up. */
const OF_ADMINS = [
	...['GET', 'POST'].map((method) => `${method} /accounts/{id}/attendances`),
	'POST /accounts/{id}/attendances/finish',
	...['categories', 'custom-buttons', 'departments', 'operators', 'quick-replies'].flatMap((what) => [
		`POST /accounts/{id}/${what}`,
		...['PATCH', 'DELETE'].map((method) => `${method} /accounts/{id}/${what}/{memberId}`),
	]),
	...['hours', 'survey', 'ura'].flatMap((what) => ['GET', 'PUT'].map((method) => `${method} /accounts/{id}/${what}`)),
	'DELETE /accounts/{id}/hours',
	'GET /accounts/{id}/survey/answers',
	'POST /accounts/{id}/sign-in',
];

describe('the management API', () => {
	test('a token of one account finds nothing of another one at any address, whatever else it names', async () => {
		await using gateway = await startGateway();
		const [own, other] = [await gateway.account('Uma'), await gateway.account('Outra')];
		const theirs = await furnished(gateway, other);
		const { token } = await made(gateway, '/tokens', { name: 'só dela', scopes: ['admin'], accountId: own.id });
		const document = await documentOf(gateway, '/recado/v1');
		const asking = requests(gateway, { document, theirs, token });
		await quiet(gateway, other);
		const before = await kept(gateway, other);
		const counts = { asked: 0 };
		for (const operation of guarded(document)) {
			for (const answer of [
				await asking(operation, {}),
				await asking(operation, { query: { id: own.id, accountId: own.id, anyId: own.id } }),
				await asking(operation, { body: { id: own.id, anyId: own.id, anyIds: [own.id] } }),
			]) {
				counts.asked += 1;
				const told = `${operation.method} ${operation.path}: ${answer.status} ${JSON.stringify(answer.body)}`;
				if (isListOfOwn(operation, own, answer)) continue;
				// What is strict about its names says so first.
				assert.ok(['account_unnamed', 'not_found', 'invalid_request'].includes(answer.body.code), told);
			}
			const plain = await asking(operation, {});
			assert.notEqual(
				plain.body.code,
				'invalid_request',
				`${operation.method} ${operation.path} was never reached: ${JSON.stringify(plain.body)}`,
			);
		}
		assert.ok(counts.asked > 300, String(counts.asked));
		assert.deepEqual(await kept(gateway, other), before);
	});

	test('below its own account there is nothing of another one', async () => {
		await using gateway = await startGateway();
		const [own, other] = [await gateway.account('Uma'), await gateway.account('Outra')];
		const theirs = { ...(await furnished(gateway, other)), accounts: own.id };
		const { token } = await made(gateway, '/tokens', { name: 'só dela', scopes: ['admin'], accountId: own.id });
		const document = await documentOf(gateway, '/recado/v1');
		const asking = requests(gateway, { document, theirs, token });
		const members = guarded(document).filter(({ path }) => path.includes('{memberId}'));
		assert.ok(members.length > 20);
		for (const operation of members) {
			const { status, body } = await asking(operation, {});
			assert.equal(status, 404, `${operation.method} ${operation.path}: ${status} ${JSON.stringify(body)}`);
		}
	});

	test('of several chats it is told its own', async () => {
		await using gateway = await startGateway();
		const accounts = [await gateway.account('Uma'), await gateway.account('Outra')];
		const ids: string[] = [];
		for (const { instance } of accounts) {
			await gateway.admin('POST', `/simulator/${instance.id}/messages`, { from: MARIA, text: 'oi' });
			ids.push((await gateway.admin('GET', `/chats?instanceId=${instance.id}`)).body.items[0].id);
		}
		const path = `/chats/by-id?ids=${ids.join(',')}`;
		const { token } = await made(gateway, '/tokens', { name: 'só dela', scopes: ['messages:read'], accountId: accounts[0]?.id });
		const answer = await gateway.call('GET', `/recado/v1${path}`, { headers: { authorization: `Bearer ${token}` } });
		const idsOf = ({ body }: Answer): readonly string[] => body.items.map(({ id }: { readonly id: string }) => id).sort();
		assert.deepEqual(idsOf(answer), ids.slice(0, 1));
		assert.deepEqual(idsOf(await gateway.admin('GET', path)), ids.toSorted());
	});

	test("an operator's token opens the desk of their account alone", async () => {
		await using gateway = await startGateway();
		const [own, other] = [await gateway.account('Uma'), await gateway.account('Outra')];
		const [ours, theirs] = [await furnished(gateway, own), await furnished(gateway, other)];
		const document = await documentOf(gateway, '/recado/v1');
		for (const [role, open] of [
			['agent', OF_OPERATORS],
			['supervisor', OF_OPERATORS],
			['admin', [...OF_OPERATORS, ...OF_ADMINS]],
		] as const) {
			const login = { login: role, password: 'uma senha longa' };
			await made(gateway, `/accounts/${own.id}/operators`, { name: role, role, ...login });
			const { token } = await made(gateway, `/accounts/${own.id}/sign-in`, login);
			const opened: string[] = [];
			for (const operation of guarded(document)) {
				const name = `${operation.method} ${operation.path.replace('/recado/v1', '')}`;
				// Naming somebody else is refused as well; which routes are open is told by what another account's answer.
				const answer = await requests(gateway, { document, theirs, token })(operation, {});
				if (answer.status === 403 && answer.body.code === 'forbidden') {
					const here = await requests(gateway, { document, theirs: ours, token })(operation, {});
					assert.deepEqual([here.status, here.body.code], [403, 'forbidden'], `${role}: ${name}`);
				} else {
					assert.deepEqual([answer.status, answer.body.code], [404, 'not_found'], `${role}: ${name}`);
					opened.push(name);
				}
			}
			assert.deepEqual(opened.sort(), [...open].sort(), role);
		}
	});

	test('every address asks for a scope', async () => {
		await using gateway = await startGateway();
		const account = await gateway.account();
		const { token } = await made(gateway, '/tokens', { name: 'de parceiro', scopes: ['partner', 'integrator'] });
		const document = await documentOf(gateway, '/recado/v1');
		const asking = requests(gateway, { document, theirs: await furnished(gateway, account), token });
		for (const operation of guarded(document)) {
			const { status, body } = await asking(operation, {});
			assert.deepEqual([status, body.code], [403, 'scope_missing'], `${operation.method} ${operation.path}`);
			const bare = await gateway.call(operation.method, operation.path);
			assert.deepEqual([bare.status, bare.body.code], [401, 'unauthorized'], `${operation.method} ${operation.path}`);
		}
	});
});

test("an integrator finds nothing of another one's accounts", async () => {
	await using gateway = await startGateway();
	const [one, two] = await Promise.all(['Uma', 'Outra'].map((name) => made(gateway, '/tokens', { name, scopes: ['integrator'] })));
	const wish = { externalId: '1', name: 'Cliente', active: true };
	const { accountId } = (
		await gateway.call('POST', '/integrator/account', { headers: { authorization: `Bearer ${two?.token}` }, body: wish })
	).body;
	const document = await documentOf(gateway, '/integrator');
	const asking = requests(gateway, { document, theirs: { accountId, departments: 'x', operators: 'x' }, token: one?.token ?? '' });
	const ofAccount = operationsOf(document).filter(({ path }) => path.includes('{accountId}'));
	assert.ok(ofAccount.length > 10);
	for (const operation of ofAccount) {
		const { status, body } = await asking(operation, {});
		assert.deepEqual([status, body], [404, { reason: 'entity not found' }], `${operation.method} ${operation.path}`);
	}
});

test("through the other APIs one account finds nothing of another one's", async () => {
	await using gateway = await startGateway();
	const [own, other] = [await gateway.account('Uma'), await gateway.account('Outra')];
	const [ours, theirs] = [await furnished(gateway, own), await furnished(gateway, other)];
	const { body: message } = await gateway.admin('GET', `/messages/${theirs['messages']}`);
	await gateway.admin('POST', `/simulator/${other.instance.id}/disconnect`);
	const queued = await made(gateway, `/instances/${other.instance.id}/messages`, { to: MARIA, text: 'na fila' });
	const { token: jwt } = await made(gateway, `/applications/${ours['applications']}/token`, {});
	const { token: theirJwt } = await made(gateway, `/applications/${theirs['applications']}/token`, {});
	const zaapId = queued.id.slice('msg_'.length).toUpperCase();
	const zApi = (method: string, path: string, body?: object): Promise<Answer> =>
		gateway.call(method, `/instances/${own.instance.id}/token/${own.instance.token}${path}`, { body });
	const plugchat = (method: string, path: string, body?: object): Promise<Answer> =>
		gateway.call(method, path, { body, headers: { authorization: own.token } });
	const im = (method: string, path: string, body?: object): Promise<Answer> =>
		gateway.call(method, path, { body, headers: { authorization: jwt } });
	const upload = async (token: string): Promise<string> => {
		const answer = await fetch(`${gateway.address}/v1/medias`, {
			method: 'POST',
			headers: { authorization: token, 'content-type': 'image/png' },
			body: MEDIA_FILES.png.bytes,
		});
		return Object(await answer.json()).id;
	};
	const [ourMedium, theirMedium] = [await upload(jwt), await upload(theirJwt)];
	const interaction = { provider: 'whatsapp', type: 'interaction', contact: { phone: `+${MARIA}` }, mediaType: 'image' };
	const sent = (id: string): Promise<Answer> => im('POST', '/v1/messages', { ...interaction, mediaData: { id } });
	const refused: readonly (readonly [Promise<Answer>, number])[] = [
		[gateway.call('GET', `/instances/${other.instance.id}/token/${own.instance.token}/status`), 401],
		[zApi('DELETE', `/queue/${zaapId}`), 404],
		[zApi('POST', '/read-message', { phone: MARIA, messageId: message.whatsappId }), 404],
		[zApi('POST', '/forward-message', { phone: '5544977776666', messageId: message.whatsappId, messagePhone: MARIA }), 404],
		[plugchat('DELETE', `/api/whatsapp/queue/${zaapId}`), 404],
		[plugchat('POST', '/api/whatsapp/read-message', { phone: MARIA, messageId: message.whatsappId }), 404],
		[plugchat('GET', `/api/account/get-operators-online?id=${other.id}`), 404],
		[plugchat('POST', '/api/integrations/start-attendance', { phone: '5544977776666', operators: [theirs['operators']] }), 400],
		[plugchat('POST', '/api/integrations/change-department', { phone: MARIA, departmentId: theirs['departments'] }), 400],
		[im('GET', `/v1/medias/${theirMedium}`), 400],
		[sent(theirMedium), 400],
		[im('GET', `/v1/messages/interactions?appid=${theirs['applications']}`), 422],
	];
	for (const [asked, status] of refused) {
		const answer = await asked;
		assert.equal(answer.status, status, JSON.stringify(answer.body));
	}
	assert.equal((await im('GET', `/v1/medias/${ourMedium}`)).status, 302);
	assert.ok((await sent(ourMedium)).status < 300);
	assert.equal((await gateway.admin('GET', `/messages/${queued.id}`)).body.status, 'queued');
});

/** Lists that a further name narrows to what is the token's own. */
function isListOfOwn({ method, path }: Listed, own: Account, { status, body }: Answer): boolean {
	const isList = method === 'GET' && !path.includes('{') && status === 200;
	return isList && !JSON.stringify(body).includes('acc_') === !JSON.stringify(body).includes(own.id);
}

/** But for what narrows by itself what it tells: see test/e2e/insight.test.ts. */
function guarded(document: OpenApi): readonly Listed[] {
	const others = operationsOf(document).filter(({ tags = [] }) => !tags.some((tag) => INSIGHT_TAGS.has(tag)));
	return others.filter(({ security = [{ admin: [] }] }) => security.some((way) => 'admin' in way || 'integrator' in way));
}

interface Naming {
	readonly document: OpenApi;
	/** By the resource that a path names them under, or by the name of the parameter. */
	readonly theirs: Readonly<Record<string, string>>;
	readonly token: string;
}

/** Makes a request that is as documented, and names what is theirs. */
function requests(gateway: Gateway, { document, theirs, token }: Naming) {
	return (operation: Listed, more: { readonly query?: object; readonly body?: object }): Promise<Answer> => {
		const path = operation.path.replace(/\{(\w+)\}/g, (_whole, name: string) => pathWord(operation.path, name, theirs));
		const required = (operation.parameters ?? []).filter((one) => one.in === 'query' && one.required);
		const query = new URLSearchParams({
			...Object.fromEntries(required.map(({ name }) => [name, queryWord(name, theirs)])),
			...more.query,
		});
		const [schema] = Object.values(operation.requestBody?.content ?? {}).map((content) => content.schema);
		const body = schema && { ...Object(exampleOf(document, schema, { name: 'body', gateway, theirs })), ...more.body };
		return gateway.call(operation.method, `${path}${query.size > 0 ? `?${query}` : ''}`, {
			...(body && { body: /\/messages$/.test(path) ? { ...body, text: 'oi' } : body }),
			headers: { authorization: `Bearer ${token}` },
		});
	};
}

function pathWord(path: string, name: string, theirs: Naming['theirs']): string {
	const before = [...path.slice(0, path.indexOf(`{${name}}`)).matchAll(/([\w-]+)\/$/g)].at(-1)?.[1] ?? '';
	const words: Readonly<Record<string, string>> = { phone: MARIA, number: '1', newsletterId: NEWSLETTER, name: 'x' };
	return words[name] ?? theirs[name] ?? theirs[before] ?? 'x';
}

function queryWord(name: string, theirs: Naming['theirs']): string {
	return { limit: '1', page: '1', offset: '0', phone: MARIA }[name] ?? theirs[name] ?? 'x';
}

interface Example {
	readonly name: string;
	readonly gateway: Gateway;
	readonly theirs: Naming['theirs'];
}

// biome-ignore lint/suspicious/noExplicitAny: JSON Schema as it comes
function exampleOf(document: OpenApi, given: any, of: Example): unknown {
	const schema = resolved(document, given);
	// What its type asks for besides stands in conditions.
	if (of.name === 'component') return { type: 'BODY', text: 'Oi' };
	const [first] = [schema.const, ...(schema.enum ?? []), ...(schema.examples ?? [])].filter((one) => one !== undefined);
	if (first !== undefined) return first;
	if (schema.anyOf) return exampleOf(document, schema.anyOf[0], of);
	const parts: readonly object[] = schema.allOf ?? [];
	const composed = parts.map((part) => exampleOf(document, part, of));
	switch (schema.type) {
		case 'object':
		case undefined: {
			const own = (schema.required ?? []).map((name: string) => [
				name,
				exampleOf(document, schema.properties?.[name] ?? {}, { ...of, name }),
			]);
			return Object.assign({}, ...composed, Object.fromEntries(own));
		}
		case 'array':
			return Array.from({ length: schema.minItems ?? 0 }, () =>
				exampleOf(document, schema.items, { ...of, name: of.name.replace(/s$/, '') }),
			);
		case 'integer':
		case 'number':
			return schema.minimum ?? 1;
		case 'boolean':
			return true;
		default:
			return textFor(of);
	}
}

function textFor({ name, gateway, theirs }: Example): string {
	if (/^(phone|to|from|by)$/.test(name)) return MARIA;
	if (/url|webhook/i.test(name)) return gateway.receiver.url('/x');
	if (name === 'password') return 'uma senha longa';
	return theirs[name] ?? 'um_texto';
}

// biome-ignore lint/suspicious/noExplicitAny: JSON Schema as it comes
function resolved(document: OpenApi, schema: any): any {
	if (schema.$ref === undefined) return schema;
	const name = String(schema.$ref).split('/').at(-1) ?? '';
	return document.components.schemas[name];
}

async function documentOf(gateway: Gateway, root: string): Promise<OpenApi> {
	return (await gateway.call('GET', `${root}/openapi.json`)).body;
}

async function made(gateway: Gateway, path: string, body: object): Promise<Answer['body']> {
	const answer = await gateway.admin('POST', path, body);
	assert.ok(answer.status < 300, `${path}: ${JSON.stringify(answer.body)}`);
	return answer.body;
}

/** Something of everything that an account can have. */
async function furnished(gateway: Gateway, { id, instance }: Account): Promise<Readonly<Record<string, string>>> {
	const root = `/accounts/${id}`;
	const url = gateway.receiver.url('/x');
	const first = async (path: string): Promise<string> => (await gateway.admin('GET', path)).body.items[0].id;
	const webhooks = (await made(gateway, '/webhooks', { accountId: id, url })).id;
	const departments = (await made(gateway, `${root}/departments`, { name: 'Geral' })).id;
	const categories = (await made(gateway, `${root}/categories`, { name: 'Venda', color: 'red' })).id;
	const operators = (await made(gateway, `${root}/operators`, { name: 'Ana' })).id;
	const buttons = (await made(gateway, `${root}/custom-buttons`, { name: 'CRM', url, method: 'POST' })).id;
	const applications = (await made(gateway, `${root}/applications`, { name: 'IM', instanceId: instance.id, webhook: url })).appId;
	await made(gateway, `/simulator/${instance.id}/messages`, { from: MARIA, text: 'oi' });
	const attendances = (await made(gateway, `${root}/attendances`, { phone: MARIA, operatorIds: [operators] })).id;
	const chats = await first(`/chats?instanceId=${instance.id}`);
	return {
		...{ accounts: id, instances: instance.id, simulator: instance.id, instanceId: instance.id, applications, webhooks, departments },
		...{ categories, category: categories, operators, operatorId: operators, 'custom-buttons': buttons, attendances, chats, chatId: chats },
		messages: await first(`/messages?instanceId=${instance.id}`),
		contacts: await first(`${root}/contacts?phone=${MARIA}`),
		events: await first(`/events?accountId=${id}`),
		deliveries: await first(`/deliveries?accountId=${id}`),
		jobs: (await made(gateway, '/jobs', { kind: 'replay', accountId: id })).id,
		tokens: (await made(gateway, '/tokens', { name: 'dela', scopes: ['admin'], accountId: id })).id,
	};
}

/** What goes on by itself is over: deliveries, which a webhook's circuit tells of, and the job that sends them again. */
async function quiet(gateway: Gateway, { id }: Account): Promise<void> {
	const isQuiet = async (): Promise<boolean> => {
		const { items: jobs } = (await gateway.admin('GET', `/jobs?accountId=${id}`)).body;
		if (!jobs.every(({ state }: { readonly state: string }) => state === 'done')) return false;
		for (const state of ['pending', 'sending']) {
			if ((await gateway.admin('GET', `/deliveries?accountId=${id}&state=${state}`)).body.items.length > 0) return false;
		}
		return true;
	};
	await until(isQuiet, { what: 'everything to be delivered', withinMs: 30_000 });
}

/** What a request of somebody else's would have changed. */
async function kept(gateway: Gateway, { id, instance }: Account): Promise<unknown> {
	const paths = [
		...['', '/instances', '/applications', '/departments', '/categories', '/operators', '/attendances'].map(
			(path) => `/accounts/${id}${path}`,
		),
		...[
			`/webhooks?accountId=${id}`,
			`/tokens?accountId=${id}`,
			`/messages?instanceId=${instance.id}`,
			`/instances/${instance.id}/settings`,
		],
	];
	return await Promise.all(paths.map(async (path) => (await gateway.admin('GET', path)).body));
}
