import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Account, type Gateway, startGateway } from '../support/gateway.ts';
import { until } from '../support/waiting.ts';

const MARIA = '5544988887777';
const JOSE = '5544977776666';

// biome-ignore lint/suspicious/noExplicitAny: messages as the API answers them
async function messageWhere(gateway: Gateway, { instance }: Account, is: (message: any) => boolean): Promise<any> {
	// biome-ignore lint/suspicious/noExplicitAny: the same
	let found: any;
	const look = async (): Promise<boolean> => {
		const { body } = await gateway.admin('GET', `/messages?instanceId=${instance.id}&limit=100`);
		found = body.items.find(is);
		return found !== undefined;
	};
	await until(look, { what: `a message where ${is}`, withinMs: 30_000 });
	return found;
}

test('a message is edited, reacted to, forwarded and deleted through the API, on the simulated WhatsApp', async () => {
	await using gateway = await startGateway();
	const account = await gateway.account();
	const { id: instanceId } = account.instance;
	const { body: sent } = await gateway.admin('POST', `/instances/${instanceId}/messages`, { to: MARIA, text: 'antes' });
	await messageWhere(gateway, account, ({ id, status }) => id === sent.id && status !== 'queued');

	const edit = await gateway.admin('PATCH', `/messages/${sent.id}`, { text: 'depois' });
	assert.deepEqual([edit.status, edit.body.content.kind, edit.body.content.messageId], [202, 'edit', sent.whatsappId]);
	const edited = await messageWhere(gateway, account, ({ id, content }) => id === sent.id && content.text === 'depois');
	assert.ok(Date.parse(edited.content.context.editedAt) > 0);

	const reaction = await gateway.admin('POST', `/messages/${sent.id}/reactions`, { emoji: '👍' });
	assert.equal(reaction.body.content.emoji, '👍');
	const forwarded = await gateway.admin('POST', `/messages/${sent.id}/forward`, { to: JOSE });
	assert.deepEqual([forwarded.body.content.text, forwarded.body.content.context], ['depois', { forwarded: true }]);
	const unfit = await gateway.admin('POST', `/messages/${reaction.body.id}/forward`, { to: JOSE });
	assert.deepEqual([unfit.status, unfit.body.code], [400, 'message_unfit']);

	assert.equal((await gateway.admin('DELETE', `/messages/${sent.id}`)).status, 202);
	const deleted = await messageWhere(gateway, account, ({ id, content }) => id === sent.id && content.kind === 'deleted');
	assert.equal(deleted.content.text, undefined);
	for (const one of [edit, reaction, forwarded])
		await messageWhere(gateway, account, ({ id, status }) => id === one.body.id && status !== 'queued');
});

test('what a customer wrote is read, and what they delete is gone here, too', async () => {
	await using gateway = await startGateway();
	const account = await gateway.account();
	const { id: instanceId } = account.instance;
	const written = await gateway.admin('POST', `/simulator/${instanceId}/messages`, { from: MARIA, text: 'oi' });
	const arrived = await messageWhere(gateway, account, ({ whatsappId }) => whatsappId === written.body.messageId);
	const read = await gateway.admin('POST', `/messages/${arrived.id}/read`);
	assert.deepEqual([read.status, read.body.status], [200, 'read']);
	await gateway.admin('POST', `/simulator/${instanceId}/messages`, { from: MARIA, text: 'alguém?' });
	const again = await gateway.admin('POST', `/chats/${arrived.chatId}/read`);
	assert.deepEqual(again.body, { read: 1 });
	await gateway.admin('POST', `/simulator/${instanceId}/messages`, { from: MARIA, deletion: { messageId: arrived.id } });
	await messageWhere(gateway, account, ({ id, content }) => id === arrived.id && content.kind === 'deleted');
	await gateway.admin('PATCH', `/instances/${instanceId}/settings`, { autoReadMessage: true });
	const last = await gateway.admin('POST', `/simulator/${instanceId}/messages`, { from: MARIA, text: 'de novo' });
	await messageWhere(gateway, account, ({ whatsappId, status }) => whatsappId === last.body.messageId && status === 'read');
});
