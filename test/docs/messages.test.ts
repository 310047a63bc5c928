/** Each content that docs/messages.md shows can be sent as it stands there, and a phone gets it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Account, type Gateway, startGateway } from '../support/gateway.ts';
import { answerMedium } from '../support/media-server.ts';
import { becomes } from '../support/waiting.ts';
import { quotedIn, readPage } from './pages.ts';

const TO = '5544999990001';
const CONTENTS = quotedIn(readPage('docs/messages.md')).filter((quoted) => quoted.startsWith('{"') && !quoted.startsWith('{"to"'));

/** What the receiver has, by the ending of the page's addresses. */
const FILES: Readonly<Record<string, string>> = { png: 'png', mp4: 'mp4', ogg: 'opus', pdf: 'pdf', webp: 'webp' };

describe('contents of docs/messages.md', () => {
	let gateway: Gateway;
	let account: Account;
	before(async () => {
		gateway = await startGateway({ treat: answerMedium });
		account = await gateway.account();
		await gateway.admin('PUT', `/simulator/${account.instance.id}/contacts/${TO}`, { receivesAfterMs: 0, repliesWith: null });
	});
	after(() => gateway[Symbol.asyncDispose]());

	for (const content of CONTENTS) {
		it(content, async () => {
			const written = content.replace(/https:\/\/files\.example\.com\/\w+\.(\w+)/g, (_whole, ending: string) =>
				gateway.receiver.url(`/${FILES[ending]}`),
			);
			const wish = { to: TO, ...JSON.parse(written) };
			const { status, body } = await gateway.admin('POST', `/instances/${account.instance.id}/messages`, wish);
			assert.equal(status, 202, JSON.stringify(body));
			assert.ok(await becomes(async () => (await onScreen()).includes(body.whatsappId), 30_000));
		});
	}

	async function onScreen(): Promise<readonly string[]> {
		const { body } = await gateway.admin('GET', `/simulator/${account.instance.id}/phones/${TO}/messages?limit=100`);
		return body.items.map((message: { readonly whatsappId: string }) => message.whatsappId);
	}
});
