/** `recado replay` as a person runs it, against a real gateway whose receiver the test directs. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { parseObject } from '../../src/cli/json.ts';
import { ADMIN_TOKEN, type Gateway, startGateway } from '../support/gateway.ts';
import { until } from '../support/waiting.ts';
import { CommandProcess, recado } from './command-process.ts';

interface Shop {
	readonly gateway: Gateway;
	readonly webhookId: string;
	readonly instanceId: string;
	/** What its receiver answers. */
	status: number;
}

/** Whose jobs go by one delivery, and rest so long between two. */
async function openShop(pause: string): Promise<Shop> {
	const environment = { RECADO_JOB_BATCH: '1', RECADO_JOB_PAUSE: pause };
	const answers = { status: 400 };
	const gateway = await startGateway({ environment, treat: () => answers.status });
	const account = await gateway.account();
	const wish = { accountId: account.id, events: ['chat.presence'], url: gateway.receiver.url('/shop'), scheduleMs: [0] };
	const { body: webhook } = await gateway.admin('POST', '/webhooks', wish);
	return Object.assign(answers, { gateway, webhookId: webhook.id, instanceId: account.instance.id });
}

/** Makes three deliveries that are dead, and answers the ids of all that are. */
async function makeDead(shop: Shop): Promise<readonly string[]> {
	const { gateway, webhookId, instanceId } = shop;
	shop.status = 400;
	const dead = async (): Promise<readonly string[]> => {
		const { body } = await gateway.admin('GET', `/deliveries?webhookId=${webhookId}&state=dead`);
		return body.items.map(({ id }: { id: string }) => id);
	};
	const before = (await dead()).length;
	for (let n = 0; n < 3; n++) {
		await gateway.admin('POST', `/simulator/${instanceId}/presence`, { from: `551199999000${n}`, status: 'composing' });
	}
	// Settling follows the answer.
	await until(async () => (await dead()).length === before + 3, { what: 'three more to be dead', withinMs: 60_000 });
	return await dead();
}

function accessTo({ gateway }: Shop): readonly string[] {
	return ['--url', gateway.address, '--token', ADMIN_TOKEN];
}

suite('recado replay', () => {
	let shop: Shop;

	before(async () => {
		shop = await openShop('200ms');
	});
	after(() => shop.gateway[Symbol.asyncDispose]());

	test('one delivery, until it has arrived; one that fails again ends with 1', async () => {
		const { gateway } = shop;
		const access = accessTo(shop);
		const [first = '', second = ''] = await makeDead(shop);
		const failed = await recado(['replay', ...access, '--delivery', second]);
		assert.equal(failed.code, 1, failed.err);
		assert.match(failed.out, new RegExp(`${second} {2}dead {2}last error: status\\n$`));
		shop.status = 200;
		const { code, out, err } = await recado(['replay', ...access, '--delivery', first]);
		assert.deepEqual([code, err], [0, '']);
		assert.match(out, new RegExp(`^\\d\\d:\\d\\d:\\d\\d\\.\\d{3} {2}${first} `));
		assert.match(out, new RegExp(`${first} {2}delivered\\n$`));
		const arrived = gateway.receiver.requests.at(-1);
		assert.deepEqual([arrived?.headers['webhook-id'], arrived?.headers['recado-replay']], [first, 'true']);
		const unknown = await recado(['replay', ...access, '--delivery', 'dlv_unknown']);
		assert.equal(unknown.code, 1);
		assert.match(unknown.err, /was answered 404: There is no delivery with this id/);
	});

	test('a filter is a job that is shown until it is done, and again by its id', async () => {
		const { webhookId } = shop;
		const access = accessTo(shop);
		await makeDead(shop);
		shop.status = 200;
		const { code, out, err } = await recado(['replay', ...access, '--webhook', webhookId, '--since', '1h', '--json']);
		assert.deepEqual([code, err], [0, '']);
		const steps = out.trim().split('\n').map(parseObject);
		assert.equal(steps[0]?.['state'], 'counting');
		const last = steps.at(-1);
		assert.deepEqual([last?.['state'], last?.['webhookId'], last?.['done'], last?.['progress']], ['done', webhookId, last?.['total'], 1]);
		assert.ok(Number(last?.['total']) >= 3);
		const again = await recado(['replay', ...access, '--job', String(last?.['id'])]);
		assert.equal(again.code, 0);
		assert.match(again.out, new RegExp(`${last?.['id']} {2}done {7}${last?.['total']} of ${last?.['total']} \\(100 %\\)\\n$`));
	});

	test('Ctrl-C leaves the job running and says so; cancelled by somebody it ends with 1', async () => {
		// Its job rests longer after its first delivery than any machine takes to pause it.
		const patient = await openShop('1m');
		const { gateway, webhookId } = patient;
		await using _closing = gateway;
		const access = accessTo(patient);
		await makeDead(patient);
		const { body: job } = await gateway.admin('POST', '/jobs', { kind: 'replay', webhookId });
		await gateway.admin('POST', `/jobs/${job.id}/pause`);
		assert.equal((await gateway.admin('GET', `/jobs/${job.id}`)).body.state, 'paused');
		await using watching = new CommandProcess(['replay', ...access, '--job', job.id]);
		await watching.line(/paused/);
		watching.signal('SIGINT');
		const { code, err } = await watching.end();
		assert.equal(code, 0);
		assert.match(err, new RegExp(`^${job.id} goes on in the gateway; "recado replay --job ${job.id}" shows it again`));
		assert.equal((await gateway.admin('GET', `/jobs/${job.id}`)).body.state, 'paused');

		await using following = new CommandProcess(['replay', ...access, '--job', job.id]);
		await following.line(/paused/);
		await gateway.admin('POST', `/jobs/${job.id}/cancel`);
		assert.equal((await following.end()).code, 1);
	});

	test('says what is missing or makes no sense', async () => {
		const access = accessTo(shop);
		const [bare, both, time, state] = await Promise.all([
			recado(['replay', ...access]),
			recado(['replay', ...access, '--delivery', 'dlv_1', '--webhook', 'whk_1']),
			recado(['replay', ...access, '--since', 'yesterday']),
			recado(['replay', ...access, '--all', '--state', 'pending']),
		]);
		assert.deepEqual([bare.code, both.code, time.code, state.code], [2, 2, 2, 1]);
		assert.match(bare.err, /say which: --delivery, a filter such as --webhook or --since, or --all/);
		assert.match(both.err, /--delivery names one; a filter goes without it/);
		assert.match(time.err, /--since must be a time like/);
		assert.match(state.err, /states must be of delivered, dead, cancelled/);
	});
});
