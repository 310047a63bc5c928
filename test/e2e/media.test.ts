/** Media through the whole gateway: taken from a caller's URL or bytes, told to webhooks as links, fetched from there, and gone with their message. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { request } from 'undici';
import { type Account, type Gateway, json, startGateway } from '../support/gateway.ts';
import { dataUri, MEDIA_FILES } from '../support/media-files.ts';
import { answerMedium } from '../support/media-server.ts';
import type { ReceivedRequest } from '../support/receiver.ts';

const MARIA = '5544988887777';

let gateway: Gateway;
let shop: Account;

before(async () => {
	gateway = await startGateway({ treat: (arrived) => (arrived.method === 'GET' ? answerMedium(arrived) : 200) });
	shop = await gateway.account();
});
after(() => gateway[Symbol.asyncDispose]());

const zApi = (path: string, body: object) =>
	gateway.call('POST', `/instances/${shop.instance.id}/token/${shop.instance.token}/${path}`, { body });

test('what is sent is fetched, looked at, kept, and told with a link that leads to it', async () => {
	const sent = await zApi('send-document/pdf', { phone: MARIA, document: gateway.receiver.url('/pdf'), fileName: 'Nota.pdf' });
	assert.equal(sent.status, 200, JSON.stringify(sent.body));
	const { body: listed } = await gateway.admin('GET', `/messages?instanceId=${shop.instance.id}`);
	// Maria may have answered already.
	const { url, mimeType } = listed.items.find(({ id }: { id: string }) => id === `msg_${sent.body.zaapId.toLowerCase()}`).content;
	assert.equal(mimeType, 'application/pdf');
	assert.ok(url.startsWith(`${gateway.address}/media/med_`));
	const whole = await request(url);
	assert.deepEqual([whole.statusCode, whole.headers['content-type']], [200, 'application/pdf']);
	assert.equal(whole.headers['content-disposition'], "attachment; filename*=UTF-8''Nota.pdf");
	assert.ok(Buffer.from(await whole.body.arrayBuffer()).equals(MEDIA_FILES.pdf.bytes));
	const part = await request(url, { headers: { range: 'bytes=1-3' } });
	assert.deepEqual([part.statusCode, await part.body.text()], [206, 'PDF']);
	await gateway.stop();
	await gateway.start();
	const again = url.replace(new URL(url).origin, gateway.address);
	assert.equal((await request(again, { method: 'HEAD' })).statusCode, 200, 'and after a restart');
});

test('what is not what it should be is refused in the form of the dialect', async () => {
	const refused = await zApi('send-image', { phone: MARIA, image: gateway.receiver.url('/pdf') });
	assert.equal(refused.status, 400);
	assert.match(JSON.stringify(refused.body), /image is no medium that can be sent: it has not the content of its kind/);
	const away = await zApi('send-image', { phone: MARIA, image: gateway.receiver.url('/none') });
	assert.equal(away.status, 400);
	assert.match(JSON.stringify(away.body), /image cannot be fetched: Answered 404/);
});

test('a simulated phone that writes bytes is told with a link', async () => {
	const { body: webhook } = await gateway.admin('POST', '/webhooks', {
		accountId: shop.id,
		url: gateway.receiver.url('/own'),
		dialect: 'recado',
		events: ['message.received'],
	});
	assert.ok(webhook.id, JSON.stringify(webhook));
	await gateway.admin('POST', `/simulator/${shop.instance.id}/messages`, { from: MARIA, image: dataUri('png') });
	// Her answer to the document comes whenever it comes.
	const isTold = ({ path, text }: ReceivedRequest): boolean => path === '/own' && text.includes('"image"');
	const told = (await gateway.receiver.waitFor((requests) => requests.some(isTold), 'the picture', 30_000)).find(isTold);
	assert.ok(told);
	const [, url] = /"url":"([^"]+\/media\/med_[0-9a-f]+)"/.exec(JSON.stringify(json(told))) ?? [];
	assert.ok(url, told.text);
	assert.ok(Buffer.from(await (await request(url)).body.arrayBuffer()).equals(MEDIA_FILES.png.bytes));
});
