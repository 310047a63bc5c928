/** Each document that the project was created from, end to end: what is registered, what is sent, what arrives at a real HTTPS receiver. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { differences, webhookContract } from '../support/contract.ts';
import { type Account, type Gateway, json, startGateway } from '../support/gateway.ts';
import type { ReceivedRequest } from '../support/receiver.ts';

const CUSTOMER = '5544988887777';
/** Long enough for a machine with other work; what is waited for takes milliseconds. */
const WITHIN_MS = 30_000;

describe('the documents of the seeds', () => {
	let gateway: Gateway;

	before(async () => {
		gateway = await startGateway();
	});
	after(async () => {
		await gateway[Symbol.asyncDispose]();
	});

	/** An account whose simulated customer is quick and says nothing, unless told otherwise. */
	async function quickAccount(repliesWith: string | null = null): Promise<Account> {
		const account = await gateway.account();
		await gateway.admin('PUT', `/simulator/${account.instance.id}/contacts/${CUSTOMER}`, {
			receivesAfterMs: 0,
			readsAfterMs: 0,
			repliesWith,
		});
		return account;
	}

	async function arrivedAt(path: string, count = 1): Promise<readonly ReceivedRequest[]> {
		const all = await gateway.receiver.waitFor(
			(requests) => requests.filter((request) => request.path === path).length >= count,
			`${count} requests at ${path}`,
			WITHIN_MS,
		);
		return all.filter((request) => request.path === path);
	}

	/** A new one: those that a dialect registers were told to nobody. Whatever is sent from here on is signed with it. */
	async function secretOf(account: Account, path: string): Promise<string> {
		const { body } = await gateway.admin('GET', `/webhooks?accountId=${account.id}`);
		const webhook = body.items.find((one: { url: string }) => one.url === gateway.receiver.url(path));
		return (await gateway.admin('POST', `/webhooks/${webhook.id}/secret`)).body.secret;
	}

	function assertContract(request: ReceivedRequest, system: string, event: string): void {
		assert.deepEqual(differences(json(request), webhookContract(system, event)), [], `${system}/${event}: ${request.text}`);
	}

	test('000: PUT app update-webhooks {"value": {"sendingMessage": url}} with Bearer', async () => {
		const account = await quickAccount();
		const headers = { authorization: `Bearer ${account.token}` };
		const put = await gateway.call('PUT', '/api/integrations/update-webhooks', {
			headers,
			body: { value: { sendingMessage: gateway.receiver.url('/000') } },
		});
		assert.equal(put.status, 200);
		const secret = await secretOf(account, '/000');
		const sent = await gateway.call('POST', '/api/whatsapp/send-text', {
			headers,
			body: { phone: CUSTOMER, message: 'Olá', customId: '123' },
		});
		assert.equal(sent.status, 200);
		const [delivered] = await arrivedAt('/000');
		assert.ok(delivered);
		assertContract(delivered, 'plugchat', 'sending-message');
		assert.deepEqual(json(delivered), {
			phone: CUSTOMER,
			zaapId: sent.body.zaapId,
			messageId: sent.body.messageId,
			type: 'DeliveryCallback',
			instanceId: account.instance.id,
		});
		new Webhook(secret).verify(delivered.text, delivered.headers as Record<string, string>);
	});

	test('001: PUT www update-webhook-delivery {"value": url} with the raw token; customId comes back', async () => {
		const account = await quickAccount();
		const headers = { authorization: account.token };
		const put = await gateway.call('PUT', '/api/whatsapp/update-webhook-delivery', {
			headers,
			body: { value: gateway.receiver.url('/001') },
		});
		assert.equal(put.status, 200);
		const sent = await gateway.call('POST', '/api/whatsapp/send-text', {
			headers,
			body: { phone: CUSTOMER, message: 'Olá', customId: '123' },
		});
		const [delivered] = await arrivedAt('/001');
		assert.ok(delivered);
		assertContract(delivered, 'plugchat', 'sending-message-legacy');
		assert.deepEqual(json(delivered), {
			phone: CUSTOMER,
			customId: '123',
			zaapId: sent.body.zaapId,
			messageId: sent.body.messageId,
			type: 'DeliveryCallback',
		});
	});

	test('002: PUT www update-webhooks with seven URLs; an attendance starts and finishes', async () => {
		const account = await quickAccount();
		const headers = { authorization: account.token };
		const url = gateway.receiver.url('/002');
		const seven = [
			'finishAttendance',
			'startAttendance',
			'receiveMessage',
			'sendingMessage',
			'messageDeliveryError',
			'messageStatus',
			'whenDisconnecting',
		];
		const put = await gateway.call('PUT', '/api/integrations/update-webhooks', {
			headers,
			body: Object.fromEntries(seven.map((slot) => [slot, url])),
		});
		assert.equal(put.status, 200);
		const { body: department } = await gateway.admin('POST', `/accounts/${account.id}/departments`, { name: 'Vendas' });
		const { body: operator } = await gateway.admin('POST', `/accounts/${account.id}/operators`, { name: 'Ana' });
		const { body: category } = await gateway.admin('POST', `/accounts/${account.id}/categories`, { name: 'Dúvida', color: '#DDDD' });

		await gateway.admin('POST', `/simulator/${account.instance.id}/messages`, { from: CUSTOMER, name: 'Maria', text: 'mensagem enviada' });
		await gateway.call('POST', '/api/whatsapp/send-text', { headers, body: { phone: CUSTOMER, message: 'só um momento' } });
		await gateway.receiver.waitFor(
			(all) => all.some((one) => one.path === '/002' && json(one).status === 'READ'),
			'the message to be read',
			WITHIN_MS,
		);
		const start = await gateway.call('POST', '/api/integrations/start-attendance', {
			headers,
			body: { phone: CUSTOMER, operators: [operator.id], departmentId: department.id },
		});
		assert.deepEqual([start.status, start.body], [200, true]);
		const again = await gateway.call('POST', '/api/integrations/start-attendance', {
			headers,
			body: { phone: CUSTOMER, operators: [operator.id] },
		});
		assert.deepEqual(again.body, {
			status: 'progress',
			message: 'chat is already in service',
			attendanceNumber: 1,
			operators: [{ id: operator.id, name: 'Ana' }],
		});
		const finish = await gateway.call('POST', '/api/integrations/finish-attendance', {
			headers,
			body: { phone: CUSTOMER, operatorId: operator.id, autoTransfer: true },
		});
		assert.deepEqual([finish.status, finish.body], [200, { success: true, message: 'Ticket closed successfully', chatFounded: true }]);

		const all = await arrivedAt('/002', 7);
		const bodies = all.map(json);
		assert.deepEqual(
			bodies.map((body) => body.attendance?.status ?? `${body.type} ${body.status ?? ''}`.trim()),
			[
				'ReceivedCallback RECEIVED',
				'DeliveryCallback',
				'MessageStatusCallback SENT',
				'MessageStatusCallback RECEIVED',
				'MessageStatusCallback READ',
				'PROGRESS',
				'FINISH',
			],
		);
		const [started, finished] = all.slice(5);
		assert.ok(started && finished);
		assert.deepEqual(
			{ ...json(finished).attendance, endTime: 0, requestTime: 0, startTime: 0 },
			{
				attendanceCategory: { color: '#DDDD', id: category.id, name: 'Dúvida' },
				attendanceNumber: 1,
				customer: { name: 'Maria', phone: CUSTOMER },
				departament: 'Vendas',
				endTime: 0,
				finishBy: 'Ana',
				'operatorReport ': '',
				ratingObservation: '',
				requestTime: 0,
				startTime: 0,
				status: 'FINISH',
			},
		);
		const transcript = Object.values(json(finished).chat) as { text: { message: string }; fromMe: boolean }[];
		assert.deepEqual(
			transcript.map((entry) => [entry.fromMe, entry.text.message]),
			[
				[false, 'mensagem enviada'],
				[true, 'só um momento'],
			],
		);
		assert.deepEqual(
			Object.keys(json(started).attendance).sort(),
			Object.keys((webhookContract('plugchat', 'start-attendance').example as { attendance: object }).attendance).sort(),
		);
	});

	test('003: PUT Z-API update-webhook-delivery {"value": url} under instance and token', async () => {
		const account = await quickAccount();
		const path = `/instances/${account.instance.id}/token/${account.instance.token}`;
		const put = await gateway.call('PUT', `${path}/update-webhook-delivery`, { body: { value: gateway.receiver.url('/003') } });
		assert.equal(put.status, 200);
		const sent = await gateway.call('POST', `${path}/send-text`, { body: { phone: CUSTOMER, message: 'Hello' } });
		assert.deepEqual(Object.keys(sent.body), ['zaapId', 'messageId', 'id']);
		const [delivered] = await arrivedAt('/003');
		assert.ok(delivered);
		assertContract(delivered, 'z-api', 'delivery');
		assert.equal(json(delivered).messageId, sent.body.messageId);
	});

	test('004: the application gets status and response bodies', async () => {
		const account = await quickAccount('Recebi, obrigada');
		const { status, body: application } = await gateway.admin('POST', `/accounts/${account.id}/applications`, {
			name: 'Integração',
			instanceId: account.instance.id,
			webhook: gateway.receiver.url('/004'),
		});
		assert.equal(status, 201);
		// Within 24 hours of what the customer wrote anything may be written to them.
		await gateway.admin('POST', `/simulator/${account.instance.id}/messages`, { from: CUSTOMER, kind: 'text', text: 'Oi' });
		await arrivedAt('/004');
		const sent = await gateway.call('POST', '/v1/messages', {
			headers: { authorization: application.token },
			body: {
				provider: 'whatsapp',
				type: 'interaction',
				contact: { phone: `+${CUSTOMER}` },
				message: 'Olá João',
				contextId: 'wdad-123123',
			},
		});
		assert.equal(sent.status, 200);
		const [written, ...all] = await arrivedAt('/004', 5);
		assert.ok(written);
		assertContract(written, 'instant-message', 'response-text');
		assert.deepEqual(
			all.map((one) => `${json(one).event.type} ${json(one).event.status ?? ''}`.trim()),
			['status sent', 'status delivered', 'status read', 'response'],
		);
		for (const [index, event] of ['status-sent', 'status-delivered', 'status-read'].entries()) {
			const one = all[index];
			assert.ok(one);
			assert.equal(json(one).message.contextId, 'wdad-123123');
			assert.equal(json(one).message.messageId, sent.body.messages[0].messageId);
			assert.equal(json(one).event.status, event.slice('status-'.length));
		}
		const response = all[3];
		assert.ok(response);
		assertContract(response, 'instant-message', 'response-text');
		assert.equal(json(response).message.contextId, 'wdad-123123');
		assert.equal(json(response).clientData.number, `+${CUSTOMER}`);
	});
});
