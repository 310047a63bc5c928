/** The endpoints of the Instant Message API on the real server, with the services behind it replaced by notes of what they were asked. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { instantMessageDialect } from '../../src/dialects/instant-message/dialect.ts';
import type { Application, Instance } from '../../src/domain/account.ts';
import type { MessageContent } from '../../src/domain/content.ts';
import type { Chat, Contact, Message } from '../../src/domain/message.ts';
import { RecadoError } from '../../src/errors.ts';
import { buildServer, SERVER_LIMITS } from '../../src/http/server.ts';
import type { Media, SendCommand } from '../../src/messaging/services.ts';
import { Metrics } from '../../src/observe/metrics.ts';
import { silentObserver } from '../../src/observe/observer.ts';
import { Traces } from '../../src/observe/traces.ts';
import type { ChatView } from '../../src/ports/chats.ts';
import type { MessageFilter } from '../../src/ports/messages.ts';
import { differencesFromExample, httpContract, type JsonObject } from '../support/contract.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { openAccess } from '../support/open-access.ts';
import { message, ownMessage } from './events.ts';

const INSTANCE: Instance = {
	id: 'ins_1',
	accountId: 'acc_1',
	name: 'Loja',
	channel: 'simulator',
	phone: '554188956674',
	tokenHash: '',
	state: 'connected',
	pacing: { minMs: 0, maxMs: 0 },
	createdAt: 0,
};
const APPLICATION: Application = {
	id: 'app_1',
	accountId: 'acc_1',
	instanceId: 'ins_1',
	name: 'CRM',
	tokenId: 'tok_1',
	webhookId: 'whk_1',
	createdAt: 0,
};
const NOW = Date.parse('2026-01-31T12:00:00Z');
const HOUR_MS = 3_600_000;
const THREAD = { contextId: 'wdad-123123', interactionId: '0398634d-5a10-4118-b44f-02d26f3a773a' };

function view(lastInboundAt?: number): ChatView {
	const chat: Chat = {
		id: 'cht_1',
		accountId: 'acc_1',
		instanceId: 'ins_1',
		contactId: 'ctc_1',
		phone: '5544999999999',
		name: 'Maria',
		lastMessageAt: NOW,
		...(lastInboundAt === undefined ? {} : { lastInboundAt }),
		createdAt: NOW - HOUR_MS,
	};
	const contact: Contact = { id: 'ctc_1', accountId: 'acc_1', name: 'Maria da Silva' };
	return { chat, contact };
}

const noMedia: Media = {
	store: () => Promise.reject(new RecadoError('internal')),
	reserve: () => Promise.reject(new RecadoError('internal')),
	fill: () => Promise.reject(new RecadoError('internal')),
	get: () => Promise.resolve(undefined),
	keep: (content) => Promise.resolve(content),
};

/** What the routes asked of the services, and what these have. */
class World implements AsyncDisposable {
	readonly sent: SendCommand[] = [];
	readonly listed: { readonly filter: MessageFilter; readonly page: number; readonly limit: number }[] = [];
	readonly threads: { readonly answered: boolean | undefined; readonly page: number; readonly limit: number }[] = [];
	stored: readonly Message[] = [];
	/** The customer wrote an hour ago. */
	chat: ChatView | undefined = view(NOW - HOUR_MS);
	readonly #metrics = new Metrics();
	readonly server = this.#build();

	async #build(): Promise<Awaited<ReturnType<typeof buildServer>>> {
		const dialect = instantMessageDialect({
			directory: {
				applicationByToken: (jwt) => Promise.resolve(jwt === 'a.b.c' ? { application: APPLICATION, instance: INSTANCE } : undefined),
			},
			messaging: {
				send: (command) => Promise.resolve(this.#send(command)),
				sendAll: ({ letters, idempotency: _, ...command }) =>
					Promise.resolve(letters.map((letter) => this.#send({ ...command, ...letter }))),
			},
			erasing: { eraseMessages: () => Promise.resolve(0) },
			templates: { find: () => Promise.resolve(undefined), all: () => Promise.resolve([]) },
			media: noMedia,
			whatsapp: { ask: () => Promise.reject(new RecadoError('instance_not_connected')) },
			publicUrl: () => 'http://127.0.0.1:3000',
			messages: {
				list: (filter, page, limit) => {
					this.listed.push({ filter, page, limit });
					return Promise.resolve({ items: this.stored, total: 61 });
				},
				latestOfThreads: (_instanceId, answered, page, limit) => {
					this.threads.push({ answered, page, limit });
					const items = this.stored.map((last) => ({ last, view: view(NOW - HOUR_MS) }));
					return Promise.resolve({ items, total: items.length });
				},
			},
			chats: {
				chat: () => Promise.resolve(this.chat),
				findByAlias: (_instanceId, _accountId, [alias]) => Promise.resolve(alias?.value === '5544999999999' ? this.chat : undefined),
				chatsOf: () => Promise.resolve({ items: this.chat ? [this.chat] : [] }),
			},
			clock: new FakeClock(NOW),
		});
		return await buildServer({
			access: openAccess(),
			dialects: [dialect],
			tellError: dialect.tellError,
			observer: silentObserver,
			metrics: this.#metrics,
			traces: new Traces(),
			clock: new FakeClock(NOW),
			sealer: { unseal: (sealed) => sealed },
			idempotency: { find: () => Promise.resolve(undefined) },
			media: { medium: () => Promise.resolve(undefined) },
			blobs: { open: () => Promise.resolve(undefined) },
			probe: () => Promise.resolve(),
			keepsUp: () => Promise.resolve({ oldestDueAgeMs: 0 }),
			limits: SERVER_LIMITS,
			publicUrl: 'http://127.0.0.1:3000',
			version: '0.0.0',
		});
	}

	#send(command: SendCommand): Message {
		this.sent.push(command);
		const { content } = command;
		const taken: MessageContent =
			content.kind === 'medium'
				? {
						kind: content.medium,
						url: content.source,
						mimeType: 'application/pdf',
						...(content.caption === undefined ? {} : { caption: content.caption }),
						...(content.fileName === undefined ? {} : { fileName: content.fileName }),
					}
				: content.kind === 'upon'
					? { kind: 'unknown', raw: content }
					: content;
		return ownMessage({ content: taken, thread: THREAD, createdAt: NOW, updatedAt: NOW });
	}

	async ask(
		method: 'GET' | 'POST' | 'PUT',
		url: string,
		body?: unknown,
		headers: Record<string, string> = { authorization: 'a.b.c' },
	): Promise<{ readonly status: number; readonly body: JsonObject; readonly allow: string | undefined }> {
		const server = await this.server;
		const answer = await server.app.inject({ method, url, headers, ...(body === undefined ? {} : { payload: Object(body) }) });
		return { status: answer.statusCode, body: answer.json(), allow: answer.headers.allow?.toString() };
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await (await this.server).close();
		this.#metrics[Symbol.dispose]();
	}
}

const TEXT = { provider: 'whatsapp', type: 'interaction', contact: { phone: '+5544999999999' }, message: 'Olá' };

function example(id: string): JsonObject {
	return Object(httpContract('instant-message', id).responses['200']?.body);
}

/** The documented answer, without the members that belong to other kinds than this one. */
function answerExample(...leaveOut: readonly string[]): JsonObject {
	const record = Object(Object(example('messages.interaction.text')['messages'])[0]);
	return { messages: [Object.fromEntries(Object.entries(record).filter(([name]) => !leaveOut.includes(name))) as JsonObject] };
}

describe('POST /v1/messages', () => {
	it('takes the documented text and answers the documented record', async () => {
		await using world = new World();
		const { body } = httpContract('instant-message', 'messages.interaction.text');
		const answer = await world.ask('POST', '/v1/messages', body.example);
		assert.equal(answer.status, 200);
		assert.deepEqual(differencesFromExample(answer.body, answerExample('location')), []);
		assert.deepEqual(answer.body['messages'], [
			{
				messageId: 'a20da9c0183a2d35a260f53f5d2b9244',
				contextId: 'wdad-123123',
				interactionsId: '0398634d-5a10-4118-b44f-02d26f3a773a',
				mediaType: 'text',
				message: 'Olá João, ótimo saber que gostou do produto',
				mediaData: { link: '', id: '', caption: '', filename: '' },
				to: '+5544999999999',
				from: '+554188956674',
				appId: 'app_1',
				status: 'stored',
				createdAt: '2026-01-31T12:00:00.000Z',
				updatedAt: '2026-01-31T12:00:00.000Z',
			},
		]);
		assert.equal(world.sent[0]?.contextId, 'wdad-123123');
		assert.deepEqual(world.sent[0]?.content, { kind: 'text', text: 'Olá João, ótimo saber que gostou do produto' });
	});

	it('takes the documented medium; its link counts, not its id', async () => {
		await using world = new World();
		const { body } = httpContract('instant-message', 'messages.interaction.media');
		const answer = await world.ask('POST', '/v1/messages', body.example);
		assert.deepEqual(differencesFromExample(answer.body, answerExample('location')), []);
		assert.deepEqual(world.sent[0]?.content, {
			kind: 'medium',
			medium: 'audio',
			field: 'mediaData.link',
			source: 'https://site.com/media.png',
			caption: 'Perfume Malbec',
			fileName: 'relatorio_mensal.pdf',
		});
	});

	it('takes the message as the caption of a medium that has none', async () => {
		await using world = new World();
		await world.ask('POST', '/v1/messages', { ...TEXT, mediaType: 'image', mediaData: { link: 'https://x.example/a.png' } });
		const content = { kind: 'medium', medium: 'image', field: 'mediaData.link', source: 'https://x.example/a.png', caption: 'Olá' };
		assert.deepEqual(world.sent[0]?.content, content);
	});

	it('takes the documented location as it is', async () => {
		await using world = new World();
		const { body } = httpContract('instant-message', 'messages.interaction.location');
		const answer = await world.ask('POST', '/v1/messages', body.example);
		assert.deepEqual(differencesFromExample(answer.body, answerExample()), []);
		assert.deepEqual(world.sent[0]?.content, { kind: 'location', ...Object(body.example?.['location']) });
	});

	for (const [what, chat, status] of [
		['nobody has written from', undefined, 400],
		['wrote 24 hours ago', view(NOW - 24 * HOUR_MS), 400],
		['wrote a moment less than 24 hours ago', view(NOW - 24 * HOUR_MS + 1), 200],
		['never wrote', view(), 400],
	] as const) {
		it(`answers ${status} for a customer who ${what}`, async () => {
			await using world = new World();
			world.chat = chat;
			const answer = await world.ask('POST', '/v1/messages', TEXT);
			assert.equal(answer.status, status);
			if (status === 200) return;
			const details = ['O cliente +5544999999999 não escreveu nas últimas 24 horas: só é possível enviar um template'];
			assert.deepEqual(answer.body, { message: 'Parâmetros incorretos', details });
			assert.deepEqual(world.sent, []);
		});
	}

	it('hands an Idempotency-Key on with the answer that is to be repeated', async () => {
		await using world = new World();
		const answer = await world.ask('POST', '/v1/messages', TEXT, { authorization: 'Bearer a.b.c', 'idempotency-key': 'k1' });
		const { idempotency } = world.sent[0] ?? {};
		assert.equal(idempotency?.request.key, 'k1');
		// Of the application, not of its account: another one sends from another phone.
		assert.equal(idempotency?.request.scope, 'instant-message:app_1:POST /v1/messages');
		const made = ownMessage({ content: { kind: 'text', text: 'Olá' }, thread: THREAD, createdAt: NOW, updatedAt: NOW });
		assert.deepEqual(idempotency?.answer(made), { status: 200, body: answer.body });
	});

	const faults: readonly (readonly [string, object, string])[] = [
		['no phone', { ...TEXT, contact: {} }, 'contact.phone é obrigatório'],
		['a wrong type', { ...TEXT, message: 7 }, 'message deve ser texto'],
		['no text', { ...TEXT, message: undefined }, 'message é obrigatório e não pode ser vazio'],
		['another provider', { ...TEXT, provider: 'sms' }, 'provider deve ser whatsapp'],
		['a text beyond what WhatsApp takes', { ...TEXT, message: 'a'.repeat(65_537) }, 'message deve ter no máximo 65536 caracteres'],
		['a medium without link', { ...TEXT, mediaType: 'image' }, 'mediaData.link ou id é obrigatório para mediaType image'],
		['an unknown upload', { ...TEXT, mediaType: 'image', mediaData: { id: 'd9' } }, 'mediaData.id não é uma mídia enviada'],
		['a medium of no type', { ...TEXT, mediaData: { link: 'https://x.example' } }, 'mediaType é obrigatório com mediaData ou location'],
		['no location', { ...TEXT, mediaType: 'location' }, 'location é obrigatório para mediaType location'],
		['a phone that is none', { ...TEXT, contact: { phone: '123' } }, 'Telefone inválido'],
	];
	for (const [what, body, detail] of faults) {
		it(`refuses ${what}`, async () => {
			await using world = new World();
			const answer = await world.ask('POST', '/v1/messages', body);
			assert.deepEqual([answer.status, answer.body], [400, { message: 'Parâmetros incorretos', details: [detail] }]);
		});
	}

	it('asks for the token, and tells the right method', async () => {
		await using world = new World();
		for (const headers of [{}, { authorization: 'x.y.z' }, { authorization: 'Bearer ' }]) {
			const answer = await world.ask('POST', '/v1/messages', TEXT, headers);
			assert.deepEqual([answer.status, answer.body], [401, { message: 'Não autorizado' }]);
		}
		const answer = await world.ask('PUT', '/v1/messages', TEXT);
		assert.equal(answer.status, 405);
		assert.match(answer.allow ?? '', /GET.*POST/);
		assert.match(String(answer.body['message']), /PUT não é permitido/);
	});
});

describe('GET /v1/messages', () => {
	it('answers the documented list', async () => {
		await using world = new World();
		world.stored = [
			ownMessage({
				status: 'played',
				thread: THREAD,
				content: { kind: 'document', url: 'https://x.example/a.pdf', mimeType: 'application/pdf' },
			}),
		];
		const answer = await world.ask('GET', '/v1/messages/');
		assert.deepEqual(differencesFromExample(answer.body, example('messages.list')), []);
		assert.deepEqual(answer.body['pagination'], { totalPages: 3, currentPage: 1, itensPage: 1, totalItens: 61 });
		assert.deepEqual(world.listed, [{ filter: { instanceId: 'ins_1' }, page: 1, limit: 30 }]);
		assert.equal(Object(answer.body['messagesList'])[0].status, 'read');
	});

	it('tells who wrote, and where a message stands', async () => {
		await using world = new World();
		const failure = { code: 'not_on_whatsapp', reason: 'x' };
		world.stored = [
			message({ status: 'received' }),
			ownMessage({ status: 'queued' }),
			ownMessage({ status: 'failed', failure }),
			ownMessage({ status: 'failed', failure, timeline: { sent: NOW } }),
		];
		const answer = await world.ask('GET', '/v1/messages');
		const records = Object(answer.body['messagesList']).map((record: JsonObject) => [record['from'], record['to'], record['status']]);
		const [customer, instance] = ['+5544999999999', '+554188956674'];
		assert.deepEqual(records, [
			[customer, instance, 'delivered'],
			[instance, customer, 'stored'],
			[instance, customer, 'stored'],
			[instance, customer, 'sent'],
		]);
	});

	it('filters', async () => {
		await using world = new World();
		const query =
			'phone=%2B5544999999999&page=2&limit=100&status=delivered&contextId=c1&dateInitial=202601300000&dateEnd=202601312359&search=ol%C3%A1';
		await world.ask('GET', `/v1/messages?${query}`);
		const filter = {
			instanceId: 'ins_1',
			chatId: 'cht_1',
			steps: ['received'],
			contextId: 'c1',
			since: Date.parse('2026-01-30T00:00:00Z'),
			until: Date.parse('2026-02-01T00:00:00Z'),
			search: 'olá',
		};
		assert.deepEqual(world.listed, [{ filter, page: 2, limit: 100 }]);
	});

	for (const [status, steps] of [
		['stored', ['queued']],
		['read', ['read', 'played']],
	] as const) {
		it(`finds what is told as ${status}`, async () => {
			await using world = new World();
			await world.ask('GET', `/v1/messages?status=${status}`);
			assert.deepEqual(world.listed[0]?.filter, { instanceId: 'ins_1', steps });
		});
	}

	it('finds nothing for a number that nobody has, and says so without asking for everything', async () => {
		await using world = new World();
		const answer = await world.ask('GET', '/v1/messages?phone=5544900000000');
		assert.deepEqual(answer.body, {
			isMinorThan24Hours: false,
			messagesList: [],
			pagination: { totalPages: 0, currentPage: 1, itensPage: 0, totalItens: 0 },
		});
		assert.equal(world.listed.length, 0);
	});

	for (const [ago, isOpen] of [
		[24 * HOUR_MS - 1, true],
		[24 * HOUR_MS, false],
	] as const) {
		it(`says that the window is ${isOpen ? 'open' : 'closed'} ${ago} ms after the customer wrote`, async () => {
			await using world = new World();
			world.chat = view(NOW - ago);
			const ofOne = await world.ask('GET', '/v1/messages?phone=%2B5544999999999');
			assert.equal(ofOne.body['isMinorThan24Hours'], isOpen);
			const ofAll = await world.ask('GET', '/v1/messages');
			assert.equal(ofAll.body['isMinorThan24Hours'], false);
		});
	}

	for (const query of ['page=0', 'limit=101', 'limit=x', 'status=lido', 'phone=12', 'dateInitial=2026', 'dateEnd=202602310000']) {
		it(`refuses ${query}`, async () => {
			await using world = new World();
			const answer = await world.ask('GET', `/v1/messages?${query}`);
			assert.equal(answer.status, 400);
			assert.equal(answer.body['message'], 'Parâmetros incorretos');
			assert.match(String(answer.body['details']), new RegExp(`^${query.split('=')[0]} `));
		});
	}
});

describe('GET /v1/messages/interactions', () => {
	it('answers the documented list, with failCode and failMessage where the last message failed', async () => {
		await using world = new World();
		const failure = { code: '131026', reason: 'Message undeliverable' };
		const content: MessageContent = { kind: 'document', url: 'https://x.example/a.pdf', mimeType: 'application/pdf' };
		world.stored = [ownMessage({ status: 'failed', failure, thread: THREAD, content })];
		const answer = await world.ask('GET', '/v1/messages/interactions');
		assert.deepEqual(differencesFromExample(answer.body, example('messages.interactions')), []);
		const { lastMessage, clientData } = Object(answer.body['interactionList'])[0];
		assert.deepEqual([lastMessage.failCode, lastMessage.failMessage], [131026, 'Message undeliverable']);
		assert.deepEqual(clientData, { name: 'Maria da Silva', timeLastMessage: '2026-01-31T11:00:00.000Z' });
	});

	it('gives our own failures a number, and says nothing of failing otherwise', async () => {
		await using world = new World();
		const failed = (code: string): Message => ownMessage({ status: 'failed', failure: { code, reason: 'x' } });
		world.stored = [failed('not_on_whatsapp'), failed('expired'), ownMessage()];
		const answer = await world.ask('GET', '/v1/messages/interactions');
		const codes = Object(answer.body['interactionList']).map((item: JsonObject) => Object(item['lastMessage']).failCode);
		assert.deepEqual(codes, [1013, 500, undefined]);
	});

	it('asks for all, the answered or the unanswered', async () => {
		await using world = new World();
		for (const which of ['', '&allInteraction=true', '&allInteraction=false', '&allInteraction=notanswered']) {
			await world.ask('GET', `/v1/messages/interactions?appid=app_1&page=2&limit=5${which}`);
		}
		assert.deepEqual(
			world.threads,
			[undefined, undefined, true, false].map((answered) => ({ answered, page: 2, limit: 5 })),
		);
	});

	it('answers 422 to bad parameters, and 401 to strangers', async () => {
		await using world = new World();
		for (const query of ['limit=0', 'allInteraction=maybe', 'appid=app_2']) {
			const answer = await world.ask('GET', `/v1/messages/interactions?${query}`);
			assert.deepEqual([answer.status, answer.body['message']], [422, 'Parâmetros incorretos']);
			assert.match(String(answer.body['details']), new RegExp(`^${query.split('=')[0]} `));
		}
		assert.equal((await world.ask('GET', '/v1/messages/interactions', undefined, {})).status, 401);
	});
});
