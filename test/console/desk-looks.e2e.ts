/** The desk and its settings as they look: each in both colours and widths, checked by axe. */
import { after, before, test } from 'node:test';
import { assertLooks, ConsoleRig } from './support/console-rig.ts';
import { type DeskScene, emailOf, openDesk, PASSWORD } from './support/desk-scene.ts';
import { flower } from './support/picture.ts';

let rig: ConsoleRig;
let scene: DeskScene;
let chatId: string;
const at = (path: string): string => `/accounts/${scene.account.id}${path}`;
const AS = { as: { email: emailOf('admin'), password: PASSWORD } };
const CUSTOMERS = [
	['5544988880001', 'Maria Aparecida dos Santos'],
	['5544988880002', 'João Pedro'],
	['5511977770003', 'Associação dos Moradores do Jardim das Palmeiras e Região'],
	['5521966660004', 'Lúcia'],
] as const;

before(async () => {
	rig = await ConsoleRig.open();
	scene = await openDesk(rig.gateway);
	for (const [phone, name] of CUSTOMERS) await scene.write(phone, name, { text: 'Bom dia! Quanto custa o buquê de rosas?' });
	const { id, chatId: taken } = await scene.api('POST', at('/desk/next'), { operatorId: scene.operators.admin });
	chatId = taken;
	const [[phone, name]] = CUSTOMERS;
	const asOperatorId = scene.operators.admin;
	await scene.api('POST', at(`/chats/${chatId}/messages`), {
		asOperatorId,
		text: 'Olá, Maria! Com 12 rosas, *R$ 89,90*. A entrega é grátis.',
	});
	await scene.write(phone, name, { image: { url: flower(), caption: 'Algo assim?' } });
	await scene.write(phone, name, { text: 'Vocês entregam hoje?' });
	await scene.api('POST', at(`/chats/${chatId}/notes`), { asOperatorId, text: 'Cliente antiga, prefere entrega de manhã.' });
	await scene.api('PATCH', at(`/chats/${chatId}/card`), { email: 'maria@example.com', city: 'Maringá' });
	await scene.api('POST', at(`/desk/attendances/${id}/transfer`), { operatorIds: [asOperatorId], reason: 'Ela já conhece a Carla' });
});
after(() => rig[Symbol.asyncDispose]());

test('the desk, with a chat', async () => {
	await assertLooks(
		rig,
		`/console/desk/chats/${chatId}?list=mine`,
		'desk',
		(page) => page.getByText('Vocês entregam hoje?').last().waitFor(),
		AS,
	);
});

test('the desk, with those who wait', async () => {
	await assertLooks(rig, '/console/desk', 'desk-waiting', (page) => page.getByRole('link', { name: /Lúcia/ }).waitFor(), AS);
});

const SETTINGS = [
	['operators', 'Ana Souza'],
	['hours', 'Monday'],
	['ura', '1 - Vendas'],
] as const;
for (const [tab, seen] of SETTINGS) {
	test(`the desk's settings: ${tab}`, async () => {
		await assertLooks(
			rig,
			`/console/desk/settings?tab=${tab}`,
			`desk-settings-${tab}`,
			(page) => page.getByText(seen).first().waitFor(),
			AS,
		);
	});
}
