/** What the golden exchanges do not show: how contents are read, what is handed on, repetition, faults, the document and its page. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { ERRORS } from '../../../src/errors.ts';
import { type OpenApi, operationsOf } from './document.ts';
import { ADMIN_TOKEN, type House, startHouse } from './house.ts';

const AUTH = { authorization: `Bearer ${ADMIN_TOKEN}` };

describe('our own dialect', () => {
	let house: House;
	before(async () => {
		house = await startHouse();
	});
	after(() => house[Symbol.asyncDispose]());
	beforeEach(() => {
		for (const list of [house.asked.sent, house.asked.written, house.asked.calls]) list.length = 0;
	});

	const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
		const reply = await house.server.app.inject({ method: 'POST', url: `/recado/v1${path}`, headers: { ...AUTH, ...headers }, body });
		return { status: reply.statusCode, body: reply.json(), headers: reply.headers };
	};
	const faultsOf = async (path: string, body: object): Promise<readonly string[]> => {
		const reply = await post(path, body);
		assert.equal(reply.status, 400);
		assert.equal(reply.body.code, 'invalid_request');
		return reply.body.faults.map((fault: { path: string; message: string }) => `${fault.path} ${fault.message}`);
	};

	it('a name of blanks alone is none, whatever is called so', async () => {
		const named: readonly (readonly [string, object, string])[] = [
			['/accounts', { name: '   ' }, 'name'],
			['/tokens', { name: ' \t', scopes: ['admin'] }, 'name'],
			['/accounts/acc_1/instances', { name: '\u00a0', channel: 'simulator', phone: '5544999990000' }, 'name'],
			['/accounts/acc_1/applications', { name: ' ', instanceId: 'ins_1', webhook: 'https://example.com/' }, 'name'],
			['/accounts/acc_1/departments', { name: ' ' }, 'name'],
			['/accounts/acc_1/operators', { name: 'Ana', login: '  ' }, 'login'],
			['/accounts/acc_1/categories', { name: 'Compra', color: '#0b6b52', items: [{ name: ' ' }] }, 'items[0].name'],
			['/accounts/acc_1/custom-buttons', { name: ' ', url: 'https://example.com/', method: 'GET' }, 'name'],
			['/simulator/ins_1/messages', { from: '5544988887777', text: 'Oi', name: ' ' }, 'name'],
			['/instances/ins_1/whatsapp/groups', { subject: ' ', phones: ['5544988887777'] }, 'subject'],
		];
		for (const [path, body, field] of named) assert.deepEqual(await faultsOf(path, body), [`${field} must not be empty`], path);
	});

	it('a simulated phone writes every kind', async () => {
		const url = 'https://cdn.example/a.png';
		const cases: readonly (readonly [object, object])[] = [
			[{ text: 'Oi' }, { kind: 'text', text: 'Oi' }],
			[{ image: url }, { kind: 'image', url, mimeType: 'image/png' }],
			[
				{ image: { url: 'https://cdn.example/a', caption: 'c', viewOnce: true, seconds: 3, more: 1 } },
				{ kind: 'image', url: 'https://cdn.example/a', mimeType: 'image/jpeg', caption: 'c', viewOnce: true },
			],
			[{ audio: { url, caption: 'no', seconds: 3 } }, { kind: 'audio', url, mimeType: 'image/png', seconds: 3 }],
			[{ video: { url, mimeType: 'video/webm' } }, { kind: 'video', url, mimeType: 'video/webm' }],
			[
				{ document: { url: 'https://cdn.example/nota.pdf', fileName: 'nota.pdf' } },
				{ kind: 'document', url: 'https://cdn.example/nota.pdf', mimeType: 'application/pdf', fileName: 'nota.pdf' },
			],
			[
				{ location: { latitude: -23.4, longitude: -51.9, name: 'Aqui' } },
				{ kind: 'location', latitude: -23.4, longitude: -51.9, name: 'Aqui' },
			],
			[
				{ contact: { name: 'Zé; Jr', phone: '5544' } },
				{
					kind: 'contact',
					name: 'Zé; Jr',
					phones: ['5544'],
					vCard: 'BEGIN:VCARD\nVERSION:3.0\nN:;Zé\\; Jr;;;\nFN:Zé\\; Jr\nTEL;type=CELL:5544\nEND:VCARD',
				},
			],
			[{ contact: { name: 'Zé', phones: ['1', '2'], vCard: 'V' } }, { kind: 'contact', name: 'Zé', phones: ['1', '2'], vCard: 'V' }],
			[{ reaction: { emoji: '👍', messageId: 'msg_1' } }, { kind: 'reaction', emoji: '👍', to: { whatsappId: '3EB0A', fromMe: true } }],
			[{ reaction: { value: '', messageId: 'unheard' } }, { kind: 'reaction', emoji: '', to: { whatsappId: 'unheard', fromMe: true } }],
		];
		for (const [given, content] of cases) {
			const { status } = await post('/simulator/ins_1/messages', { from: '+55 44 98888-7777', name: 'Ana', replyTo: 'msg_1', ...given });
			assert.equal(status, 202);
			assert.deepEqual(house.asked.written.at(-1), { from: '5544988887777', name: 'Ana', replyTo: '3EB0A', content });
		}
	});

	it('faults of what a phone writes', async () => {
		const path = '/simulator/ins_1/messages';
		const from = '5544988887777';
		const KINDS = `text, image, video, audio, document, sticker, location, contact, contacts, poll, event, buttons, buttonReply, list, listReply,\
 template, carousel, pixKey, product, catalog, order, checkout, payment, reaction, edit, deletion, pin, pollVote, eventReply`;
		assert.deepEqual(await faultsOf(path, { from }), [` must have exactly one of: ${KINDS}`]);
		assert.deepEqual(await faultsOf(path, { from, text: 'a', image: 'https://x.example/' }), [` must have exactly one of: ${KINDS}`]);
		assert.deepEqual(await faultsOf(path, { text: 5, location: { latitude: 91 } }), [
			'from is required',
			'text must be text or an object',
			'location.longitude is required',
			'location.latitude must be at most 90',
		]);
		assert.deepEqual(await faultsOf(path, { from, image: 5 }), ['image must be text or an object']);
		assert.deepEqual(await faultsOf(path, { from, image: { caption: 'x' } }), ['image.url is required']);
		assert.deepEqual(await faultsOf(path, { from, image: 'ftp://a.example/a.png' }), ['image must be an http or https URL, or a data URI']);
		assert.deepEqual(await faultsOf(path, { from, contact: { name: 'Zé' } }), ['contact.phones is required']);
		assert.deepEqual(await faultsOf(path, { from, reaction: { messageId: 'x' } }), ['reaction.emoji is required']);
		assert.equal((await post(path, { from: 'Ana', text: 'a' })).body.code, 'invalid_phone');
		assert.equal((await post('/simulator/ins_2/messages', { from, text: 'a' })).body.code, 'not_a_simulator');
	});

	it('a simulated phone writes into a group, from an ad, and passes on what it got', async () => {
		const from = '5544988887777';
		const ad = {
			title: 'Pão',
			body: 'Novo',
			mediaType: 1,
			thumbnailUrl: '',
			sourceType: 'ad',
			sourceId: '7',
			sourceUrl: 'https://ads.example',
		};
		const cases: readonly (readonly [object, object])[] = [
			[
				{ text: 'Oi', group: '120363019502650977@g.us' },
				{ content: { kind: 'text', text: 'Oi' }, address: '120363019502650977-group' },
			],
			[{ text: 'Oi', ad }, { content: { kind: 'text', text: 'Oi', context: { ad } } }],
			[{ forward: { messageId: 'msg_1' } }, { content: { kind: 'text', text: 'Bom dia', context: { forwarded: true } } }],
			[
				{ text: 'Quero', statusReplyTo: 'msg_1' },
				{ content: { kind: 'text', text: 'Quero', context: { statusReply: { whatsappId: '3EB0A' } } }, replyTo: '3EB0A' },
			],
			[{ waiting: { viewOnce: true } }, { content: { kind: 'waiting', viewOnce: true } }],
		];
		for (const [given, written] of cases) {
			assert.equal((await post('/simulator/ins_1/messages', { from, ...given })).status, 202);
			assert.deepEqual(house.asked.written.at(-1), { from, ...written });
		}
		assert.equal((await post('/simulator/ins_1/messages', { from, forward: { messageId: 'nothing' } })).body.code, 'message_missing');
		assert.deepEqual(await faultsOf('/simulator/ins_1/messages', { from, tap: { messageId: 'msg_1', id: 'sim' } }), [
			'tap.id must be one that the message offers',
		]);
		assert.deepEqual(await faultsOf('/simulator/ins_1/messages', { from, text: 'Oi', group: from }), [
			'group must be a group, a newsletter or a broadcast list',
		]);
	});

	it('a phone that writes twice under one key writes one id', async () => {
		const body = { from: '5544988887777', text: 'a' };
		const first = await post('/simulator/ins_1/messages', body, { 'idempotency-key': 'k' });
		const again = await post('/simulator/ins_1/messages', body, { 'idempotency-key': 'k' });
		const other = await post('/simulator/ins_1/messages', body, { 'idempotency-key': 'l' });
		assert.match(first.body.messageId, /^3EB0[0-9A-F]{18}$/);
		assert.equal(again.body.messageId, first.body.messageId);
		assert.notEqual(other.body.messageId, first.body.messageId);
	});

	it('the connection is lost for a reason, or for none', async () => {
		await post('/simulator/ins_1/disconnect', { reason: 'Battery' });
		await house.server.app.inject({ method: 'POST', url: '/recado/v1/simulator/ins_1/disconnect', headers: AUTH });
		assert.deepEqual(house.asked.calls, [
			{ name: 'loseConnection', given: ['ins_1', 'Battery'] },
			{ name: 'loseConnection', given: ['ins_1', undefined] },
		]);
	});

	it('only documented settings of a phone are handed on', async () => {
		const body = { receivesAfterMs: null, repliesWith: 'Oi', evil: true };
		const put = { method: 'PUT', url: '/recado/v1/simulator/ins_1/contacts/+5544988887777', headers: AUTH } as const;
		assert.equal((await house.server.app.inject({ ...put, body })).statusCode, 200);
		assert.deepEqual(house.asked.calls[0]?.given, ['5544988887777', { receivesAfterMs: null, repliesWith: 'Oi' }]);
		const wrong = await house.server.app.inject({ ...put, body: { readsAfterMs: '5' } });
		assert.equal(wrong.json().faults[0].message, 'must be a whole number or null');
	});

	it('sending hands on what was asked', async () => {
		const scheduledFor = '2026-02-01T08:00:00-03:00';
		await post('/instances/ins_1/messages', { to: '44 98888-7777', text: 'Oi', replyTo: 'msg_1', customId: 'c', delayMs: 5, scheduledFor });
		const { instance, fieldAt: _, ...command } = house.asked.sent[0] ?? { instance: undefined };
		assert.equal(instance?.id, 'ins_1');
		assert.deepEqual(command, {
			phone: '44 98888-7777',
			content: { kind: 'text', text: 'Oi' },
			origin: 'api',
			replyTo: '3EB0A',
			customId: 'c',
			delayMs: 5,
			scheduledFor: Date.parse(scheduledFor),
		});
		const content = async (given: object): Promise<unknown> => {
			assert.equal((await post('/instances/ins_1/messages', { to: '1', ...given })).status, 202);
			return house.asked.sent.at(-1)?.content;
		};
		assert.deepEqual(await content({ document: { url: 'data:;base64,', fileName: 'a', mimeType: 'text/plain' } }), {
			kind: 'medium',
			medium: 'document',
			field: 'document.url',
			source: 'data:;base64,',
			fileName: 'a',
			mimeType: 'text/plain',
		});
		assert.deepEqual(await content({ image: 'https://x.example/' }), {
			kind: 'medium',
			medium: 'image',
			field: 'image',
			source: 'https://x.example/',
		});
		const fieldAt = (place: string): string | undefined => house.asked.sent.at(-1)?.fieldAt?.(place);
		assert.equal(fieldAt('image'), 'image');
		await content({
			buttons: { text: 'Sim?', header: { kind: 'image', url: 'https://x.example/' }, buttons: [{ id: '1', label: 'Sim' }] },
		});
		assert.equal(fieldAt('header'), 'buttons.header');
		assert.deepEqual(await content({ reaction: { emoji: '❤', messageId: 'msg_1' } }), {
			kind: 'upon',
			whatsappId: '3EB0A',
			act: { kind: 'reaction', emoji: '❤' },
		});
		assert.deepEqual(await faultsOf('/instances/ins_1/messages', { to: '1', text: 'a', scheduledFor: 'tomorrow', delayMs: -1 }), [
			'delayMs must be at least 0',
			'scheduledFor must be a date and time like 2026-01-31T12:00:00Z',
		]);
	});

	it('a repetition gets the first answer, another body is refused', async () => {
		const headers = { 'idempotency-key': 'once' };
		const wishes: readonly (readonly [string, object])[] = [
			['/accounts', { name: 'A' }],
			['/accounts/acc_1/instances', { name: 'A', channel: 'simulator', phone: '5544999990000' }],
			['/accounts/acc_1/applications', { name: 'A', instanceId: 'ins_1', webhook: 'https://a.example/' }],
			['/accounts/acc_1/departments', { name: 'A' }],
			['/accounts/acc_1/operators', { name: 'A' }],
			['/accounts/acc_1/categories', { name: 'A', color: '#fff' }],
			['/accounts/acc_1/attendances', { phone: '5544988887777', operatorIds: [] }],
			['/accounts/acc_1/attendances/finish', { phone: '5544988887777', operatorId: 'opr_1' }],
			['/instances/ins_1/messages', { to: '5544988887777', text: 'a' }],
			['/webhooks', { accountId: 'acc_1', url: 'https://a.example/' }],
			['/jobs', { kind: 'replay', accountId: 'acc_1' }],
		];
		for (const [path, body] of wishes) {
			const first = await post(path, body, headers);
			const again = await post(path, body, headers);
			assert.deepEqual([again.status, again.body, again.headers['idempotency-replayed']], [first.status, first.body, 'true'], path);
			assert.equal((await post(path, { ...body, eventType: 'message.sent' }, headers)).body.code, 'idempotency_mismatch');
		}
	});

	it('webhooks: headers that no request can carry are refused, each by its name', async () => {
		const headers = { 'x ok': 'a', 'X-Lines': 'a\r\nx-forged: b', 'X-Fine': 'Bearer 1' };
		const faults = ['headers.x ok is not the name of a header', 'headers.X-Lines must be visible ASCII on one line'];
		assert.deepEqual(await faultsOf('/webhooks', { accountId: 'acc_1', url: 'https://a.example/', headers }), faults);
		const patched = await house.server.app.inject({ method: 'PATCH', url: '/recado/v1/webhooks/whk_1', headers: AUTH, body: { headers } });
		assert.deepEqual([patched.statusCode, patched.json().faults.length], [400, 2]);
		assert.deepEqual(house.asked.calls, []);
	});

	it('webhooks: an example of an event that a webhook does not want is refused with those that it wants', async () => {
		const [fault] = await faultsOf('/webhooks/whk_1/test', { event: 'attendance.finished' });
		assert.match(fault ?? '', /^event must be one that this webhook wants: message\.received/);
		assert.deepEqual(house.asked.calls, []);
	});

	it('webhooks: the account comes from the instance, the defaults are ours', async () => {
		const url = 'https://a.example/';
		await post('/webhooks', {
			instanceId: 'ins_1',
			url,
			events: ['message.sent'],
			headers: { 'x-key': 'v' },
			order: 'none',
			scheduleMs: [0, 5],
		});
		assert.deepEqual(house.asked.calls[0]?.given[0], {
			...{ accountId: 'acc_1', dialect: 'recado', events: ['message.sent'], url, instanceId: 'ins_1' },
			...{ headers: { 'x-key': 'v' }, order: 'none', scheduleMs: [0, 5] },
		});
		assert.deepEqual(await faultsOf('/webhooks', { url }), ['accountId is required']);
		assert.deepEqual(
			await faultsOf('/webhooks', { accountId: 'acc_1', url, events: ['message.lost'], order: 'alphabet', dialect: 'morse' }),
			[
				'dialect must be one of: recado, plugchat, z-api, instant-message',
				'events[0] must be one of: message.sent, message.received, message.status, message.failed, instance.connected, instance.disconnected, ' +
					'chat.presence, attendance.started, attendance.transferred, attendance.finished, survey.answered, webhook.failing, webhook.recovered, webhook.disabled',
				'order must be one of: chat, webhook, none',
			],
		);
		const patch = { method: 'PATCH', url: '/recado/v1/webhooks/whk_1', headers: AUTH } as const;
		await house.server.app.inject({ ...patch, body: { scheduleMs: null, url, id: 'whk_7', accountId: 'acc_7' } });
		assert.deepEqual(house.asked.calls.at(-1)?.given, ['whk_1', { scheduleMs: null, url }]);
	});

	it('webhooks: each setting is handed on, and one out of its bounds is refused by its name', async () => {
		const url = 'https://a.example/';
		const settings = {
			...{ headers: { 'x-key': 'v' }, authentication: { scheme: 'basic', username: 'ana', password: 'p:w' }, signatures: ['v1a'] },
			...{ order: 'webhook', enabled: false, scheduleMs: [0], patienceMs: 1_000, concurrency: 1_000, ratePerSecond: 0.1 },
		};
		await post('/webhooks', { accountId: 'acc_1', url, ...settings, more: 1 });
		const { events, ...given } = (house.asked.calls[0]?.given[0] ?? {}) as Record<string, unknown>;
		assert.ok(Array.isArray(events));
		assert.deepEqual(given, { accountId: 'acc_1', dialect: 'recado', url, ...settings });

		const wrong = {
			...{ signatures: [], scheduleMs: Array(51).fill(0), patienceMs: 31 * 86_400_000, concurrency: 1_001, ratePerSecond: 0 },
			authentication: { scheme: 'digest' },
		};
		assert.deepEqual(await faultsOf('/webhooks', { accountId: 'acc_1', url, ...wrong }), [
			'authentication.scheme must be one of: basic, bearer',
			'signatures must have at least 1 items',
			'scheduleMs must have at most 50 items',
			'patienceMs must be at most 2592000000',
			'concurrency must be at most 1000',
			'ratePerSecond must be at least 0.001',
		]);
		const authentications: readonly (readonly [object, readonly string[]])[] = [
			[{ scheme: 'basic' }, ['authentication.username is required', 'authentication.password is required']],
			[{ scheme: 'basic', username: 'ana', token: 't' }, ['authentication.password is required']],
			[{ scheme: 'bearer', username: 'ana' }, ['authentication.token is required']],
		];
		for (const [authentication, faults] of authentications) {
			assert.deepEqual(await faultsOf('/webhooks', { accountId: 'acc_1', url, authentication }), faults);
		}
		const patch = { method: 'PATCH', url: '/recado/v1/webhooks/whk_1', headers: AUTH } as const;
		const defaults = { authentication: null, scheduleMs: null, patienceMs: null, concurrency: null, ratePerSecond: null };
		await house.server.app.inject({ ...patch, body: defaults });
		assert.deepEqual(house.asked.calls.at(-1)?.given, ['whk_1', defaults]);
	});

	it('webhooks: one that has something left is deleted when it is said what becomes of that', async () => {
		const remove = (query: string) =>
			house.server.app.inject({ method: 'DELETE', url: `/recado/v1/webhooks/whk_2${query}`, headers: AUTH });
		const refused = await remove('');
		assert.deepEqual([refused.statusCode, refused.json().code], [409, 'webhook_has_deliveries']);
		for (const deliveries of ['cancel', 'drain']) {
			assert.equal((await remove(`?deliveries=${deliveries}`)).statusCode, 202);
			assert.deepEqual(house.asked.calls.at(-1)?.given, ['whk_2', deliveries]);
		}
		assert.deepEqual((await remove('?deliveries=keep')).json().faults, [{ path: 'deliveries', message: 'must be one of: cancel, drain' }]);
	});

	it('jobs: the filter is handed on, and a misspelt one is refused instead of taking everything', async () => {
		const filter = { accountId: 'acc_1', webhookId: 'whk_1', chatId: 'cht_1', eventType: 'message.sent', states: ['dead', 'cancelled'] };
		await post('/jobs', { kind: 'replay', ...filter, since: '2026-01-01T00:00:00Z', until: '2026-02-01T00:00:00-03:00' });
		assert.deepEqual(house.asked.calls, [
			{
				name: 'start',
				given: [{ kind: 'replay', ...filter, since: Date.UTC(2026, 0, 1), until: Date.UTC(2026, 1, 1, 3) }],
			},
		]);
		assert.deepEqual(await faultsOf('/jobs', { kind: 'replay', webhook: 'whk_1' }), ['webhook is not known here']);
		assert.deepEqual(await faultsOf('/jobs', { states: ['sent'], since: 'now' }), [
			'kind is required',
			'states[0] must be one of: pending, sending, delivered, dead, cancelled',
			'since must be a date and time like 2026-01-31T12:00:00Z',
		]);
	});

	it('errors of the services come through as problems', async () => {
		const { status, body } = await post('/accounts/acc_1/applications', { name: 'A', instanceId: 'ins_1', webhook: 'http://a.example/' });
		assert.deepEqual([status, body.code, body.detail], [400, 'webhook_not_https', 'A webhook must be an https URL: http://a.example/']);
		assert.deepEqual(body.faults, [{ path: 'webhook', message: body.detail }]);
		assert.equal(
			(await post('/accounts/acc_1/attendances/finish', { phone: '0', operatorId: 'o' })).body.detail,
			'There is no open attendance with this id',
		);
		assert.equal((await post('/accounts/acc_1/attendances', { phone: '1', operatorIds: [], instanceId: 'ins_7' })).status, 404);
		const both = { phone: '1', operatorId: 'o', categoryId: 'c', items: [{ categoryId: 'c', itemId: 'i' }] };
		assert.deepEqual(await faultsOf('/accounts/acc_1/attendances/finish', both), ['items cannot be given together with categoryId']);
		const pacing = { name: 'A', channel: 'simulator', phone: '1', pacing: { minMs: 5, maxMs: 1 } };
		assert.deepEqual(await faultsOf('/accounts/acc_1/instances', pacing), ['pacing.maxMs must be at least minMs']);
	});

	it('finishing hands on the category as it was chosen', async () => {
		const finish = async (choice: object): Promise<unknown> => {
			await post('/accounts/acc_1/attendances/finish', { phone: '1', operatorId: 'opr_1', ...choice });
			return house.asked.calls.at(-1)?.given[0];
		};
		const given = (await finish({ categoryId: 'cat_1', report: 'r', ratingObservation: 'o', autoTransfer: true })) as Record<
			string,
			unknown
		>;
		const { instance: _instance, ...rest } = given;
		assert.deepEqual(rest, {
			...{ phone: '1', operatorId: 'opr_1', autoTransfer: true, report: 'r', ratingObservation: 'o' },
			category: { categoryId: 'cat_1' },
		});
		const items = (await finish({ items: [{ categoryId: 'c', itemId: 'i', more: 1 }] })) as Record<string, unknown>;
		assert.deepEqual(items['category'], { items: [{ categoryId: 'c', itemId: 'i' }] });
	});

	it('a filter that is not documented is refused, not ignored', async () => {
		for (const path of [
			'/accounts',
			'/webhooks',
			'/events',
			'/deliveries',
			'/jobs',
			'/chats?instanceId=ins_1',
			'/messages?instanceId=ins_1',
		]) {
			const url = `/recado/v1${path}${path.includes('?') ? '&' : '?'}stat=dead`;
			const reply = await house.server.app.inject({ url, headers: AUTH });
			assert.deepEqual(reply.json().faults, [{ path: 'stat', message: 'is not known here' }]);
		}
		const reply = await house.server.app.inject({ url: '/recado/v1/deliveries?limit=0&since=now', headers: AUTH });
		assert.equal(reply.json().faults.length, 2);
	});

	it('the catalogue of errors is served whole', async () => {
		const { items } = (await house.server.app.inject('/recado/v1/errors')).json();
		assert.deepEqual(
			items.map((item: { code: string }) => item.code),
			Object.keys(ERRORS),
		);
		assert.equal((await house.server.app.inject('/recado/v1/errors/toString')).statusCode, 404);
	});

	it('the OpenAPI document is sound and has every route', async () => {
		const reply = await house.server.app.inject('/recado/v1/openapi.json');
		const document: OpenApi = reply.json();
		assert.match(document.openapi, /^3\.1\./);
		const references = [...reply.body.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '');
		assert.ok(references.length > 50);
		for (const reference of references) {
			const name = /^#\/components\/schemas\/(\w+)$/.exec(reference)?.[1] ?? '';
			assert.ok(document.components.schemas[name], reference);
		}
		for (const { method, path, tags, summary, parameters = [], requestBody, responses } of operationsOf(document)) {
			const at = `${method} ${path}`;
			assert.equal(tags?.length, 1, at);
			assert.ok(summary, at);
			const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
			assert.deepEqual(
				parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name),
				named,
				at,
			);
			assert.ok(
				Object.keys(responses).some((status) => /^[23]/.test(status)),
				at,
			);
			if (requestBody) assert.deepEqual(Object.keys(requestBody.content), ['application/json'], at);
		}
		const documented = new Set(operationsOf(document).map(({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`));
		assert.deepEqual(
			routesOf(house).filter((route) => !documented.has(route)),
			[],
		);
		assert.equal(documented.size, routesOf(house).length);
	});

	it('the page that shows it needs no token and runs scripts from files alone', async () => {
		const page = await house.server.app.inject('/recado/v1/docs/');
		assert.equal(page.statusCode, 200);
		assert.match(String(page.headers['content-type']), /text\/html/);
		assert.match(String(page.headers['content-security-policy']), /^default-src 'self';/);
		assert.doesNotMatch(page.body, /<script>|<script [^>]*>\s*[^\s<]/);
		const scripts = [...page.body.matchAll(/<script src="([^"]+)"/g)].map(
			(match) => new URL(match[1] ?? '', 'http://x/recado/v1/docs/').pathname,
		);
		assert.ok(scripts.length > 0);
		for (const script of scripts) assert.equal((await house.server.app.inject(script)).statusCode, 200, script);
	});
});

/** `GET /recado/v1/…` of every route of ours, but for the page and what Fastify adds (HEAD). */
function routesOf(house: House): readonly string[] {
	const lines = house.server.app.printRoutes({ commonPrefix: false }).split('\n');
	const routes: string[] = [];
	const open: string[] = [];
	for (const line of lines) {
		const match = /^([│ ]*)[├└]── (.*?)(?: \((.+)\))?$/.exec(line);
		if (!match) continue;
		const depth = (match[1] ?? '').length / 4;
		open.length = depth;
		open.push(match[2] ?? '');
		for (const method of (match[3] ?? '').split(', ')) {
			const path = open.join('');
			if (method === '' || method === 'HEAD' || !path.startsWith('/recado/') || path.startsWith('/recado/v1/docs')) continue;
			routes.push(`${method} ${path}`);
		}
	}
	return routes;
}
