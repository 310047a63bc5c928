/** Clients at their worst: gone before the answer, gone in the middle of the request, and fifty at once with the same idempotency key. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { ADMIN_TOKEN } from '../support/gateway.ts';
import type { FaultGateway } from './gateway.ts';
import { Rig } from './rig.ts';
import { between, type Context, type Line, rounds, type Scenario } from './scenario.ts';

const CLIENTS = 50;
const CUSTOMER = '5544988810000';
const PATH = '/sent';

export const CLIENTS_GONE: Scenario = {
	name: 'client-gone',
	promise: 'A client that disconnects and asks again with the same key has sent one message, whatever became of the first request.',
	run: disconnect,
};

export const SAME_KEY: Scenario = {
	name: 'same-key',
	promise: 'Fifty requests at once with the same idempotency key are one message and fifty same answers, in each dialect, over a kill too.',
	run: askTogether,
};

interface Ask {
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Readonly<Record<string, string>>;
}

async function disconnect(context: Context): Promise<readonly Line[]> {
	const count = rounds(context, { quick: 30, whole: 400 });
	await using rig = await openSending();
	const { ledger, gateway } = rig;
	const faults: string[] = [];
	for (let number = 0; number < count; number += 1) {
		ledger.tried(CUSTOMER, number);
		const ask = askOf(rig, number);
		await sendAndLeave(gateway, ask, context);
		const answer = await gateway.request('POST', ask.path, ask.body, ask.headers);
		if (answer.status === 202) ledger.accepted(CUSTOMER, number);
		else faults.push(`asked again, message ${number} was answered ${answer.status}`);
	}
	return [rig.line('client gone before the answer', count, [...faults, ...(await rig.close())])];
}

/** Half of them with the whole request on its way, half in the middle of it. */
async function sendAndLeave(gateway: FaultGateway, { path, headers, body }: Ask, { random }: Context): Promise<void> {
	const { hostname, port } = new URL(gateway.origin);
	const socket = connect({ host: hostname, port: Number(port) });
	socket.on('error', () => {});
	await once(socket, 'connect');
	const text = Buffer.from(JSON.stringify(body));
	const lines = Object.entries({ host: hostname, ...headers, 'content-type': 'application/json', 'content-length': String(text.length) });
	const head = `POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
	const whole = Buffer.concat([Buffer.from(head), text]);
	const sent = random.next() < 0.5 ? whole : whole.subarray(0, between(random, 1, whole.length - 1));
	await new Promise<void>((resolve) => socket.write(sent, () => resolve()));
	if (random.next() < 0.5) socket.resetAndDestroy();
	else socket.destroy();
}

async function askTogether(context: Context): Promise<readonly Line[]> {
	const count = rounds(context, { quick: 6, whole: 60 });
	await using rig = await openSending();
	const { ledger, gateway } = rig;
	const faults: string[] = [];
	const asks = [askOf, askOfZApi, askOfPlugchat];
	for (let number = 0; number < count; number += 1) {
		ledger.tried(CUSTOMER, number);
		const ask = (asks[number % asks.length] ?? askOf)(rig, number);
		const together = (): Promise<(string | undefined)[]> =>
			Promise.all(Array.from({ length: CLIENTS }, () => answerTo(gateway, ask).catch(() => undefined)));
		// Every sixth time the process is killed under the fifty, who then ask again.
		const isKilled = number % 6 === 5;
		if (isKilled) await gateway.arm(context.random.next() < 0.5 ? 'after-commit' : 'before-commit', 1);
		const answers = await together();
		if (isKilled) {
			await gateway.ended();
			await gateway.start();
			answers.push(...(await together()));
		}
		const given = answers.filter((answer) => answer !== undefined);
		if (given.length < CLIENTS) faults.push(`${CLIENTS - given.length} of ${CLIENTS} got no answer for message ${number}`);
		const different = new Set(given);
		if (different.size === 1) ledger.accepted(CUSTOMER, number);
		else faults.push(`${different.size} different answers to message ${number}: ${[...different].slice(0, 2).join(' and ')}`);
	}
	return [rig.line('50 clients with one key', count, [...faults, ...(await rig.close())])];
}

/** The status with the bytes of the answer. */
async function answerTo(gateway: FaultGateway, { path, headers, body }: Ask): Promise<string> {
	const answer = await gateway.request('POST', path, body, headers);
	if (answer.status >= 300) throw new Error(`answered ${answer.status}`);
	return `${answer.status} ${JSON.stringify(answer.body)}`;
}

/** With a webhook that is told of each message sent. */
async function openSending(): Promise<Rig> {
	const rig = await Rig.open();
	await rig.webhook({ url: rig.receiver.url(PATH), path: PATH, events: ['message.sent'] });
	return rig;
}

function askOf(rig: Rig, number: number): Ask {
	return {
		path: `/recado/v1/instances/${rig.instanceId}/messages`,
		headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'idempotency-key': `key-${number}` },
		body: { to: CUSTOMER, text: rig.ledger.text(CUSTOMER, number) },
	};
}

function askOfZApi(rig: Rig, number: number): Ask {
	return {
		path: `/instances/${rig.instanceId}/token/${rig.instanceToken}/send-text`,
		headers: { 'idempotency-key': `key-${number}` },
		body: { phone: CUSTOMER, message: rig.ledger.text(CUSTOMER, number) },
	};
}

function askOfPlugchat(rig: Rig, number: number): Ask {
	return {
		path: '/api/whatsapp/send-text',
		headers: { authorization: rig.accountToken, 'idempotency-key': `key-${number}` },
		body: { phone: CUSTOMER, message: rig.ledger.text(CUSTOMER, number) },
	};
}
