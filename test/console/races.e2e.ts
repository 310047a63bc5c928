/** What comes late, twice, or from somebody else meanwhile: nobody is led away by it, and nothing that was written is lost to it. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Page, Request, Route } from 'playwright-core';
import type { Account } from '../support/gateway.ts';
import { ConsoleRig } from './support/console-rig.ts';
import { type DeskScene, emailOf, openDesk, PASSWORD } from './support/desk-scene.ts';
import { comesToBe } from './support/patience.ts';

const MARIA = '5544988887777';

let rig: ConsoleRig;
before(async () => {
	rig = await ConsoleRig.open();
});
after(() => rig[Symbol.asyncDispose]());

interface Held {
	/** Resolves once one was asked for. */
	readonly asked: Promise<Request>;
	readonly letGo: () => void;
}

/** The next request of the method to the path waits, the gateway has not heard of it. */
async function held(
	page: Page,
	method: string,
	path: RegExp,
	go: (route: Route) => Promise<void> = (route) => route.continue(),
): Promise<Held> {
	const asked = Promise.withResolvers<Request>();
	const isLetGo = Promise.withResolvers<void>();
	let isFirst = true;
	await page.route(path, async (route) => {
		if (route.request().method() !== method || !isFirst) return await route.continue();
		isFirst = false;
		asked.resolve(route.request());
		await isLetGo.promise;
		await go(route);
	});
	return { asked: asked.promise, letGo: isLetGo.resolve };
}

async function answered(request: Request): Promise<void> {
	await (await request.response())?.finished();
}

suite('the phone', () => {
	const field = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true });
	const bubble = (page: Page, text: string) => page.getByTestId('bubble').filter({ hasText: text });

	test('whoever has gone to another page is not led back when what they wrote arrives', async () => {
		const account = await rig.account();
		const page = await rig.look(`/console/phone?instance=${account.instance.id}`);
		const sending = await held(page, 'POST', /\/simulator\/[^/]+\/messages$/);
		await field(page).fill('Bom dia');
		await field(page).press('Enter');
		const request = await sending.asked;
		await page.getByRole('link', { name: 'Instances' }).click();
		await page.getByRole('heading', { level: 1, name: 'Instances' }).waitFor();
		sending.letGo();
		await answered(request);
		// Long after what would lead back: the gateway has told of the chat.
		await comesToBe(async () => (await rig.gateway.admin('GET', `/chats?instanceId=${account.instance.id}`)).body.items.length, 1);
		assert.match(page.url(), /\/console\/instances$/);
		await page.context().close();
	});

	test('who is suggested stays while somebody else is the first to write', async () => {
		const account = await rig.account();
		const page = await rig.look(`/console/phone?instance=${account.instance.id}`);
		await page.getByText('You are Maria Souza').waitFor();
		await field(page).fill('Queria saber');
		await rig.gateway.admin('POST', `/simulator/${account.instance.id}/messages`, { from: '5544988880000', text: 'Oi' });
		const chosen = page.getByRole('combobox', { name: 'Customer' });
		await chosen.click();
		await page.getByRole('option', { name: /8888-0000/ }).waitFor();
		await page.keyboard.press('Escape');
		assert.match(await chosen.inputValue(), /98888-7777/);
		await comesToBe(() => field(page).inputValue(), 'Queria saber');
		await page.context().close();
	});

	test('what is written while an edit is on its way is another message', async () => {
		const account = await rig.account();
		const page = await rig.look(`/console/phone?instance=${account.instance.id}&phone=${MARIA}`);
		await field(page).fill('Três rosas');
		await field(page).press('Enter');
		await bubble(page, 'Três rosas').waitFor();
		await page.getByRole('button', { name: /What to do with “Três rosas/ }).click();
		await page.getByRole('menuitem', { name: 'Edit', exact: true }).click();
		await comesToBe(() => field(page).inputValue(), 'Três rosas');
		const editing = await held(page, 'POST', /\/simulator\/[^/]+\/messages$/);
		await field(page).fill('Quatro rosas');
		await field(page).press('Enter');
		await editing.asked;
		await field(page).fill('E um vaso');
		editing.letGo();
		await bubble(page, 'Quatro rosas').waitFor();
		await comesToBe(() => field(page).inputValue(), 'E um vaso');
		await field(page).press('Enter');
		await bubble(page, 'E um vaso').waitFor();
		await page.context().close();
	});

	test('an edit that is refused is there to be sent again', async () => {
		const account = await rig.account();
		const page = await rig.look(`/console/phone?instance=${account.instance.id}&phone=${MARIA}`);
		await field(page).fill('Três rosas');
		await field(page).press('Enter');
		await page.getByRole('button', { name: /What to do with “Três rosas/ }).click();
		await page.getByRole('menuitem', { name: 'Edit', exact: true }).click();
		await comesToBe(() => field(page).inputValue(), 'Três rosas');
		const editing = await held(page, 'POST', /\/simulator\/[^/]+\/messages$/, (route) => route.fulfill({ status: 429, json: {} }));
		editing.letGo();
		await field(page).fill('Quatro rosas');
		await field(page).press('Enter');
		await editing.asked;
		await comesToBe(() => field(page).inputValue(), 'Quatro rosas');
		await field(page).press('Enter');
		await bubble(page, 'Quatro rosas').waitFor();
		assert.equal(await bubble(page, 'Três rosas').count(), 0);
		await page.context().close();
	});

	test('Enter pressed twice sends one message from the gateway', async () => {
		const account = await rig.account();
		const page = await rig.look(`/console/phone?instance=${account.instance.id}&phone=${MARIA}`);
		const text = page.getByRole('textbox', { name: 'Text' });
		await text.fill('Seu pedido saiu');
		let sent = 0;
		page.on('request', (request) => {
			if (request.method() === 'POST' && /\/instances\/[^/]+\/messages$/.test(request.url())) sent += 1;
		});
		const sending = await held(page, 'POST', /\/instances\/[^/]+\/messages$/);
		await text.press('Enter');
		await sending.asked;
		await text.press('Enter');
		sending.letGo();
		await bubble(page, 'Seu pedido saiu').first().waitFor();
		await comesToBe(() => text.inputValue(), '');
		assert.equal(sent, 1);
		await page.context().close();
	});
});

suite('the desk', () => {
	let scene: DeskScene;
	const ANA = { as: { email: emailOf('agent'), password: PASSWORD } };
	const composer = (page: Page) => page.getByRole('textbox', { name: /Write a message/ });
	before(async () => {
		scene = await openDesk(rig.gateway);
	});

	test('whoever opened another chat stays in it when the one before is theirs', async () => {
		const first = await scene.write('5544988880101', 'Beatriz', { text: 'Bom dia!' });
		const second = await scene.write('5544988880102', 'Caio', { text: 'Bom dia!' });
		await scene.api('POST', `/accounts/${scene.account.id}/chats/${second}/take`, { asOperatorId: scene.operators.agent });
		const page = await rig.look(`/console/desk/chats/${first}?list=mine`, ANA);
		const taking = await held(page, 'POST', /\/take$/);
		await page.getByRole('button', { name: 'Attend', exact: true }).click();
		const request = await taking.asked;
		await page.getByRole('link', { name: /Caio/ }).click();
		await composer(page).fill('Já vejo');
		taking.letGo();
		await answered(request);
		// It is in her list by now.
		await page.getByRole('link', { name: /Beatriz/ }).waitFor();
		assert.match(page.url(), new RegExp(second));
		await comesToBe(() => composer(page).inputValue(), 'Já vejo');
		await page.context().close();
	});

	test('two who change the contact at once keep what each wrote, and an older look is not written over it', async () => {
		const chatId = await scene.write('5544988880103', 'Denise', { text: 'Bom dia!' });
		const card = `/accounts/${scene.account.id}/chats/${chatId}/card`;
		await scene.api('POST', `/accounts/${scene.account.id}/chats/${chatId}/take`, { asOperatorId: scene.operators.agent });
		const page = await rig.look(`/console/desk/chats/${chatId}?list=mine`, ANA);
		await composer(page).waitFor();
		const email = page.getByRole('textbox', { name: 'E-mail' });
		const change = page.getByRole('button', { name: 'Change contact' });
		if (!(await change.isVisible())) await page.getByRole('button', { name: 'Contact and attendance' }).click();
		await change.click();
		await email.fill('denise@example.com');
		await scene.api('PATCH', card, { city: 'Maringá' });
		// What it looks at now is as it was before it is saved.
		const looking = await held(page, 'GET', /\/card$/, async (route) => {
			await route.fulfill({ json: { ...(await scene.api('GET', card)), email: '' } }).catch(() => undefined);
		});
		await scene.write('5544988880103', 'Denise', { text: 'Alô?' });
		await looking.asked;
		await page.getByRole('button', { name: 'Save' }).click();
		await page.getByText('denise@example.com').waitFor();
		looking.letGo();
		await comesToBe(async () => {
			const { email: kept, city } = await scene.api('GET', card);
			return [kept, city];
		}, ['denise@example.com', 'Maringá']);
		await page.getByText('Maringá').waitFor();
		await page.getByText('denise@example.com').waitFor();
		await page.context().close();
	});

	test('of two further fields the one is changed that was chosen last', async () => {
		const chatId = await scene.write('5544988880104', 'Elisa', { text: 'Bom dia!' });
		const field = (name: string): string => `/accounts/${scene.account.id}/chats/${chatId}/card/fields/${name}`;
		await scene.api('PUT', field('Tamanho'), { value: 'M' });
		await scene.api('PUT', field('Cor'), { value: 'Azul' });
		await scene.api('POST', `/accounts/${scene.account.id}/chats/${chatId}/take`, { asOperatorId: scene.operators.agent });
		const page = await rig.look(`/console/desk/chats/${chatId}?list=mine`, ANA);
		await composer(page).waitFor();
		const of = (name: string) => page.getByRole('button', { name: new RegExp(`^Change.*${name}`) });
		if (!(await of('Cor').isVisible())) await page.getByRole('button', { name: 'Contact and attendance' }).click();
		await of('Tamanho').click();
		const value = page.getByRole('textbox', { name: 'Value' });
		await comesToBe(() => value.inputValue(), 'M');
		await of('Cor').click();
		await comesToBe(() => value.inputValue(), 'Azul');
		await page.context().close();
	});
});

suite('the settings of the desk', () => {
	let account: Account;
	before(async () => {
		account = await rig.account('Floricultura');
	});

	async function opened(tab: string): Promise<Page> {
		const page = await rig.look('/console/desk/settings');
		await page.evaluate(`localStorage.setItem('recado.account', '${account.id}')`);
		await page.goto(`/console/desk/settings?tab=${tab}`);
		return page;
	}

	test('what is written while it is being saved is there afterwards, and not saved', async () => {
		const page = await opened('survey');
		const question = page.getByRole('textbox', { name: 'Question', exact: true });
		await question.fill('Como foi?');
		const saving = await held(page, 'PUT', /\/survey$/);
		await page.getByRole('button', { name: 'Save' }).click();
		await saving.asked;
		await question.fill('Como foi, de 1 a 5?');
		saving.letGo();
		await page.getByRole('alert').filter({ hasText: 'Saved' }).waitFor();
		await comesToBe(() => question.inputValue(), 'Como foi, de 1 a 5?');
		await page.getByRole('button', { name: 'Discard changes' }).waitFor();
		await question
			.evaluate((element) => element === element.ownerDocument.activeElement)
			.then((is) => assert.ok(is, 'the field has the focus'));
		await page.getByRole('button', { name: 'Save' }).click();
		await page.getByRole('button', { name: 'Discard changes' }).waitFor({ state: 'detached' });
		const { body } = await rig.gateway.admin('GET', `/accounts/${account.id}/survey`);
		assert.equal(body.question, 'Como foi, de 1 a 5?');
		await page.context().close();
	});

	test('an account that is chosen in another tab leaves a form of this one as it is, and where it was', async () => {
		const other = await rig.account('Padaria');
		const page = await opened('departments');
		await page.getByRole('button', { name: 'New department' }).click();
		await page.getByRole('textbox', { name: 'Name' }).fill('Vendas');
		const tab = await page.context().newPage();
		await tab.goto('/console/accounts');
		await tab.getByRole('combobox', { name: 'Account' }).click();
		await tab.getByRole('option', { name: 'Padaria' }).click();
		await comesToBe(() => tab.evaluate(`localStorage.getItem('recado.account')`), other.id);
		// With another language each page says its words anew, and looks what it is of.
		await tab.getByRole('button', { name: 'Who is signed in, language and colours' }).click();
		await tab.getByRole('menuitem', { name: 'Português' }).click();
		const create = page.getByRole('button', { name: 'Criar' });
		await create.waitFor();
		await comesToBe(() => page.getByRole('textbox', { name: 'Nome' }).inputValue(), 'Vendas');
		const creating = page.waitForRequest((request) => request.method() === 'POST' && /\/departments$/.test(request.url()));
		await create.click();
		assert.match((await creating).url(), new RegExp(account.id));
		await page.context().close();
	});
});

test('straight from one instance to another nothing that was begun goes along', async () => {
	const account = await rig.account('Quitanda');
	const page = await rig.look('/console/instances?q=Filial');
	for (const name of ['Filial norte', 'Filial sul']) {
		const wish = { name, channel: 'simulator', phone: `554498870000${name.length}` };
		assert.equal((await rig.gateway.admin('POST', `/accounts/${account.id}/instances`, wish)).status, 201);
	}
	const called = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
	const name = page.getByRole('textbox', { name: 'Name' });
	await page.getByRole('link', { name: 'Filial norte' }).click();
	await called('Filial norte').waitFor();
	await page.getByRole('link', { name: 'All instances' }).click();
	await page.getByRole('link', { name: 'Filial sul' }).click();
	await comesToBe(() => name.inputValue(), 'Filial sul');
	await name.fill('Filial leste');
	await page.evaluate('history.go(-2)');
	await called('Filial norte').waitFor();
	await comesToBe(() => name.inputValue(), 'Filial norte');
	await page.context().close();
});
