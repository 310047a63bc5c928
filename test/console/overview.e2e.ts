/** The overview in the browser: what needs a person leads to where it is mended, and charts tell the last minutes. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Account } from '../support/gateway.ts';
import { assertLooks, ConsoleRig } from './support/console-rig.ts';
import { comesToBe, WAITS_MS } from './support/patience.ts';

/** Of a quarter of an hour. */
const MINUTES = 15;
/** In these no attempt was made. */
const PROBED = { first: 6, last: 8 };
/** For each column of pixels whether the line passes there: its colour, whatever its edges make of it. */
const COLUMNS_OF_THE_LINE = `(() => {
	const canvas = [...document.querySelectorAll('figure')].find(({ textContent }) => textContent.startsWith('Success of attempts')).querySelector('canvas');
	const { width, height } = canvas;
	const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
	const isLine = (at) => data[at + 3] > 127 && Math.abs(data[at] - 11) < 24 && Math.abs(data[at + 1] - 107) < 24 && Math.abs(data[at + 2] - 82) < 24;
	return Array.from({ length: width }, (_, x) => Array.from({ length: height }, (_, y) => 4 * (y * width + x)).some(isLine));
})()`;

let rig: ConsoleRig;
let account: Account;

before(async () => {
	rig = await ConsoleRig.open({ treat: ({ path }) => (path.startsWith('/falha') ? 500 : 200) });
	account = await rig.account('Loja da Maria');
});
after(async () => await rig[Symbol.asyncDispose]());

async function webhook(path: string, wish: object = {}): Promise<void> {
	const { gateway } = rig;
	const asked = { accountId: account.id, url: gateway.receiver.url(path), events: ['message.received'], ...wish };
	const { status, body } = await gateway.admin('POST', '/webhooks', asked);
	assert.equal(status, 201, JSON.stringify(body));
}

async function write(count: number): Promise<void> {
	for (let number = 0; number < count; number += 1) {
		const message = { from: '5544999990001', text: `Pedido ${number}` };
		const { status } = await rig.gateway.admin('POST', `/simulator/${account.instance.id}/messages`, message);
		assert.equal(status, 202);
	}
}

test('all is well until a webhook fails; then it stands on top and leads to what was given up', async () => {
	const page = await rig.look('/');
	await page.getByText('All is well').waitFor();
	await webhook('/pedidos');
	await write(5);
	// What is heard later is told to the next webhook as well.
	const { receiver } = rig.gateway;
	await receiver.waitFor((all) => all.filter(({ path }) => path === '/pedidos').length === 5, 'five orders', WAITS_MS);
	await webhook('/falha', { scheduleMs: [0] });
	await write(1);
	await comesToBe(async () => (await rig.gateway.admin('GET', '/deliveries?state=dead')).body.items.length, 1);
	await page.reload();
	await page.getByText('1 delivery was given up').waitFor();
	await page
		.getByText(/\/falha/)
		.first()
		.waitFor();
	await page.getByRole('link', { name: 'Show and replay them' }).click();
	await page.waitForURL(/\/console\/deliveries\?.*state=dead/);
	await page.getByRole('link', { name: /Dead Message received .*\/falha/ }).waitFor();
	assert.deepEqual(rig.complaints, []);
	await page.context().close();
});

test('it is live', async () => {
	const page = await rig.look('/');
	await page.getByText('Live', { exact: true }).waitFor();
	const rates = page.getByRole('definition').filter({ hasText: /^(0\.)?[1-9]/ });
	await Promise.all([rates.first().waitFor(), write(20)]);
	await page.getByRole('definition').filter({ hasText: 'not delivered yet' }).waitFor();
	await page.context().close();
});

test('charts have a sentence, a cursor by keyboard and a table; the window is in the address', async () => {
	const page = await rig.look('/?window=15m');
	const chart = page.getByRole('figure', { name: 'Throughput' });
	await chart.getByText(/In all: 0 accepted, \d+ received, \d+ delivered/).waitFor();
	await page
		.getByRole('figure', { name: 'From event to delivered' })
		.getByText(/; replays left out\.$/)
		.waitFor();
	const drawing = chart.getByRole('img', { name: /Throughput/ });
	// The keys move the cursor of what is drawn.
	await drawing.locator('canvas').waitFor();
	await drawing.focus();
	await page.keyboard.press('ArrowLeft');
	await chart.getByText(/\d{1,2}\/\d{1,2}\/\d{2}, /).waitFor();
	await chart.getByRole('button', { name: 'Throughput as a table' }).click();
	await comesToBe(() => chart.getByRole('rowheader').count(), 15);
	await page.getByText('24 hours').click();
	await page.waitForURL(/window=24h/);
	await page.getByText('Success of attempts').waitFor();
	assert.deepEqual(rig.complaints, []);
	await page.context().close();
});

test('where a webhook was probed and nothing attempted, the success is not drawn as none: the line has a gap', async () => {
	const page = await rig.look('/console/tokens');
	// As the gateway tells them, but for the attempts: those of a quarter of an hour.
	await page.route(/\/recado\/v1\/figures\?/, async (route) => {
		const response = await route.fetch();
		const figures = await response.json();
		for (const [index, point] of figures.points.entries()) {
			const isProbed = index >= PROBED.first && index <= PROBED.last;
			Object.assign(point, isProbed ? { attemptsOk: 0, attemptsFailed: 0, probesFailed: 3 } : { attemptsOk: 5, attemptsFailed: 5 });
		}
		await route.fulfill({ response, json: figures });
	});
	await page.goto('/?window=15m');
	const chart = page.getByRole('figure', { name: 'Success of attempts' });
	await chart.locator('canvas').waitFor();
	// From the last value before it to the first one after it, of all.
	const wanted = (PROBED.last - PROBED.first + 2) / (MINUTES - 1);
	await comesToBe(async () => {
		const drawn = await page.evaluate<readonly boolean[]>(COLUMNS_OF_THE_LINE);
		const [first, last] = [drawn.indexOf(true), drawn.lastIndexOf(true)];
		const lacking = drawn.slice(first, last).filter((isDrawn) => !isDrawn).length;
		return first >= 0 && Math.abs(lacking / (last - first) - wanted) < 0.02;
	}, true);
	await chart.getByRole('button', { name: 'Success of attempts as a table' }).click();
	await comesToBe(
		async () => (await chart.getByRole('cell').allTextContents()).reverse().map((cell) => cell === '–'),
		Array.from({ length: MINUTES }, (_, index) => index >= PROBED.first && index <= PROBED.last),
	);
	// They are asked for every few seconds, and perhaps just now.
	await page.unrouteAll({ behavior: 'ignoreErrors' });
	await page.context().close();
});

test('in Portuguese it is in Portuguese', async () => {
	const page = await rig.look('/', { language: 'pt' });
	await page.getByText(/entregas? esgot(ou|aram) as tentativas/).waitFor();
	await page.getByRole('figure', { name: 'Vazão' }).waitFor();
	await page.context().close();
});

test('it looks right, light and dark, wide and narrow', async () => {
	await assertLooks(rig, '/', 'overview', async (page) => {
		await page.getByRole('figure', { name: 'Backlog' }).locator('canvas').waitFor();
		await page.getByText('Live', { exact: true }).waitFor();
	});
	assert.deepEqual(rig.complaints, []);
});
