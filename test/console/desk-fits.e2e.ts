/** The desk has room for what it tells: how many wait, whoever looks and however many they are, long names, and what is not there yet. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { assertAccessible, ConsoleRig } from './support/console-rig.ts';
import { type DeskScene, emailOf, openDesk, PASSWORD } from './support/desk-scene.ts';
import { comesToBe } from './support/patience.ts';

const NAME = 'Maximiliana Aparecida Vasconcelos dos Santos';
const WHO_MAY_WRITE = 'Whoever attends this chat can write in it.';
/** So many customers write at once. */
const AT_ONCE = 20;
/** With all that is known of a chat beside it, with none of it, with less room, and one thing at a time. */
const WIDTHS = [1440, 1280, 900, 390] as const;
/** A conversation is read well from here on. */
const CONVERSATION_PX_MIN = 560;

let rig: ConsoleRig;
let scene: DeskScene;
let chatId: string;
let written = 0;
const at = (path: string): string => `/accounts/${scene.account.id}${path}`;
const as = (name: 'agent' | 'supervisor' | 'admin') => ({ as: { email: emailOf(name), password: PASSWORD } });

/** Until so many customers have written, each in a chat of their own. */
async function wait(upTo: number): Promise<void> {
	const write = async (): Promise<void> => {
		while (written < upTo) {
			written += 1;
			const from = `55449${70_000_000 + written}`;
			await scene.api('POST', `/simulator/${scene.account.instance.id}/messages`, { from, name: `Cliente ${written}`, text: 'Olá' });
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, write));
}

before(async () => {
	rig = await ConsoleRig.open();
	scene = await openDesk(rig.gateway);
	chatId = await scene.write('5544988880001', NAME, { text: 'Bom dia!' });
	await scene.api('POST', at(`/chats/${chatId}/take`), { asOperatorId: scene.operators.admin });
});
after(() => rig[Symbol.asyncDispose]());

function badge(page: Page, list: string): Promise<string | null> {
	return page
		.getByRole('tab', { name: new RegExp(`^${list}`) })
		.locator('.mantine-Badge-label')
		.textContent();
}

/** What the page asks for at such an address gets no answer until it is let go. */
async function hold(page: Page, address: RegExp): Promise<() => Promise<void>> {
	const gate = Promise.withResolvers<void>();
	await page.route(address, async (route) => {
		await gate.promise;
		await route.continue();
	});
	return async () => {
		gate.resolve();
		// One that is just being let go when the page is closed would fail.
		await page.unrouteAll({ behavior: 'wait' });
	};
}

async function middleOf(one: Locator): Promise<number> {
	const box = await one.boundingBox();
	return box ? Math.round(box.y + box.height / 2) : Number.NaN;
}

/** What of these is wider or higher than its place. */
function cut(page: Page, selector: string): Promise<readonly string[]> {
	return page.evaluate<readonly string[]>(`[...document.querySelectorAll('${selector}')]
		.filter((one) => one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight)
		.map((one) => one.textContent)`);
}

describe('the room at the desk', () => {
	test('how many wait is told for who looks, and comes by itself', async () => {
		await wait(60);
		const ana = await rig.look('/console/desk', as('agent'));
		await comesToBe(() => badge(ana, 'Waiting'), '60');
		const account = await rig.look('/console/desk');
		await comesToBe(() => badge(account, 'Waiting'), '60');
		// Of support: none of them is his.
		const bruno = await rig.look('/console/desk', as('supervisor'));
		await bruno.getByText('Nobody is waiting').waitFor();
		await comesToBe(() => bruno.getByRole('tab', { name: 'Waiting' }).textContent(), 'Waiting');
		await wait(61);
		await comesToBe(() => badge(ana, 'Waiting'), '61');
		for (const page of [ana, account, bruno]) await page.context().close();
	});

	test('how many are attended is told beyond the first page, of whoever works and of all', async () => {
		const phones = Array.from({ length: 53 }, (_, n) => `55449${60_000_000 + n}`);
		const start = (phone: string, operatorIds: readonly string[]) =>
			scene.api('POST', at('/attendances'), { instanceId: scene.account.instance.id, phone, operatorIds });
		for (const phone of phones) await start(phone, [scene.operators.supervisor]);
		const asked: string[] = [];
		const bruno = await rig.look('/console/desk', as('supervisor'));
		bruno.on('request', (request) => {
			if (request.url().includes('/attending/count')) asked.push(new URL(request.url()).search);
		});
		await bruno.reload();
		await comesToBe(() => badge(bruno, 'Mine'), '53');
		await comesToBe(() => badge(bruno, 'All'), '53');
		assert.deepEqual([...new Set(asked)].sort(), ['', `?ofOperatorId=${scene.operators.supervisor}`]);
		const carla = await rig.look('/console/desk', as('admin'));
		await comesToBe(() => badge(carla, 'All'), '54');
		// Her own are on one page: what is there to see is not counted again.
		await comesToBe(() => badge(carla, 'Mine'), '1');
		for (const page of [bruno, carla]) await page.context().close();
	});

	test('how many wait is read whole in each language and width, beyond what is counted as well', async () => {
		await wait(60);
		for (const [language, list, shown] of [
			['en', 'Waiting', '1,000+'],
			['pt', 'Na fila', '1.000+'],
		] as const) {
			const page = await rig.look('/console/desk', { ...as('admin'), language });
			// More than anybody here writes; what the gateway itself answers is told above.
			await page.route(/waiting\/count/, (route) => route.fulfill({ json: { count: 1_000, isAtLeast: true } }));
			await page.reload();
			await comesToBe(() => badge(page, list), shown);
			for (const width of WIDTHS) {
				await page.setViewportSize({ width, height: 860 });
				const seen = async () => ({ language, width, cut: await cut(page, '[role=tablist], [role=tab], [role=tab] .mantine-Badge-label') });
				await comesToBe(seen, { language, width, cut: [] });
			}
			await page.unrouteAll({ behavior: 'ignoreErrors' });
			await page.context().close();
		}
	});

	test('a long name is read in the head of its chat', async () => {
		for (const width of WIDTHS) {
			const page = await rig.look(`/console/desk/chats/${chatId}?list=mine`, as('admin'));
			await page.setViewportSize({ width, height: 860 });
			await page.getByRole('heading', { name: NAME }).waitFor();
			// Right after the screen became narrow the menu may still have its place.
			await comesToBe(() => cut(page, 'header h2'), []);
			await page.context().close();
		}
	});

	test('the conversation has the room, and what can be done stands in one line', async () => {
		const page = await rig.look(`/console/desk/chats/${chatId}?list=mine`, { ...as('admin'), language: 'pt' });
		const acts = ['Transferir', 'Finalizar', 'Contato e atendimento'].map((name) => page.getByRole('button', { name, exact: true }));
		for (const width of [1920, ...WIDTHS]) {
			await page.setViewportSize({ width, height: 860 });
			await comesToBe(async () => (await Promise.all(acts.map(middleOf))).every((y, _, [first]) => y === first), true);
			if (width < 1280) continue;
			await comesToBe(() => page.getByRole('complementary').count(), width < 1440 ? 0 : 1);
			const conversation = page.getByRole('region', { name: 'Conversa' });
			const room = async () => ({ width, isEnough: ((await conversation.boundingBox())?.width ?? 0) >= CONVERSATION_PX_MIN });
			await comesToBe(room, { width, isEnough: true });
		}
		await page.context().close();
	});

	test('what is known of a chat is folded away and opened again as it was left, on each screen for itself', async () => {
		const page = await rig.look(`/console/desk/chats/${chatId}?list=mine`, as('admin'));
		const toggle = page.getByRole('button', { name: 'Contact and attendance' });
		const beside = (): Promise<number> => page.getByRole('complementary', { name: 'Contact and attendance' }).count();
		await comesToBe(() => toggle.getAttribute('aria-expanded'), 'false');
		await toggle.click();
		await comesToBe(beside, 1);
		await assertAccessible(page);
		await page.reload();
		await page.getByRole('complementary').waitFor();
		await page.setViewportSize({ width: 1440, height: 860 });
		// It is open on both screens: what is pressed before the page has seen that this is another would hold for the one before.
		await page.reload();
		await page.getByRole('complementary').waitFor();
		await toggle.click();
		await comesToBe(beside, 0);
		await page.reload();
		await comesToBe(() => toggle.getAttribute('aria-expanded'), 'false');
		await comesToBe(beside, 0);
		await page.setViewportSize({ width: 1280, height: 860 });
		await comesToBe(beside, 1);
		await page.context().close();
	});

	test('the number of an attendance is one word, beside however long a state', async () => {
		const page = await rig.look(`/console/desk/chats/${chatId}?list=mine`, { ...as('admin'), language: 'pt' });
		await page.getByRole('button', { name: 'Contato e atendimento' }).click();
		const number = page.locator('dd').getByText('#1', { exact: true });
		await number.waitFor();
		// Where its words stand, line by line: what holds them is one box, however it breaks.
		const lines = (): Promise<number> =>
			number.evaluate((one) => {
				const words = one.ownerDocument.createRange();
				words.selectNodeContents(one);
				return new Set([...words.getClientRects()].map(({ top }) => top)).size;
			});
		await comesToBe(lines, 1);
		await page.context().close();
	});

	test('nothing is said of who may write before it is known', async () => {
		const page = await rig.look('/console/desk?list=mine', as('admin'));
		const letGo = await hold(page, /\/(messages|attendances\/[^/?]+)(\?|$)/);
		await page.getByRole('link', { name: new RegExp(NAME) }).click();
		await page.getByRole('heading', { name: NAME }).waitFor();
		assert.equal(await page.getByText(WHO_MAY_WRITE).count(), 0);
		await letGo();
		await page.getByRole('textbox', { name: /Write a message/ }).waitFor();
		await page.context().close();
	});

	test('what is said below a chat stands at its foot while the conversation is fetched', async () => {
		const page = await rig.look('/console/desk', as('admin'));
		const letGo = await hold(page, /\/messages\?/);
		await page
			.getByRole('link', { name: /Cliente/ })
			.first()
			.click();
		const said = page.getByText(WHO_MAY_WRITE);
		const foot = async (): Promise<number> => {
			const box = await said.boundingBox();
			return box ? Math.round(box.y + box.height) : Number.NaN;
		};
		await said.waitFor();
		const awaited = await foot();
		assert.ok(awaited > 0);
		await letGo();
		await page.getByRole('region', { name: 'Conversation' }).waitFor();
		await comesToBe(foot, awaited);
		await page.context().close();
	});
});
