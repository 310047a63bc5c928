/** Media that strangers sent lie on the origin of the console: no browser runs them there, and all of the console's own files run. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from '../support/gateway.ts';
import { ConsoleRig } from './support/console-rig.ts';

const SCRIPT = 'window.stolen = true;';
const PAGE = `<script>${SCRIPT}</script>`;

test('what somebody uploaded runs in no page of the console, and by itself as none', async () => {
	await using rig = await ConsoleRig.open();
	const { gateway } = rig;
	const account = await rig.account();
	const made: Answer = await gateway.admin('POST', `/accounts/${account.id}/applications`, {
		...{ name: 'App', instanceId: account.instance.id, webhook: gateway.receiver.url('/hook') },
	});
	const upload = async (type: string, body: string): Promise<string> => {
		const headers = { authorization: made.body.token, 'content-type': type };
		const answer = await fetch(`${gateway.address}/v1/medias`, { method: 'POST', headers, body });
		return `/media/med_${Object(await answer.json()).id}`;
	};
	const [script, html] = [await upload('text/javascript', SCRIPT), await upload('text/html', PAGE)];
	const page = await rig.look('/console/webhooks');
	await page.getByRole('heading', { level: 1 }).waitFor();
	assert.deepEqual(rig.complaints, [], 'the console itself is as its policy wants it');

	const ran = await page.evaluate<unknown[]>(`(async () => {
		const blocked = [];
		document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => blocked.push(effectiveDirective));
		const tried = (tag, attributes) => new Promise((resolve) => {
			const element = Object.assign(document.createElement(tag), attributes);
			element.onload = () => resolve('loaded');
			element.onerror = () => resolve('refused');
			document.head.append(element);
		});
		const outcomes = [
			await tried('script', { src: ${JSON.stringify(script)} }),
			await tried('script', { src: ${JSON.stringify(script)}, type: 'module' }),
			await import(${JSON.stringify(script)}).then(() => 'loaded', () => 'refused'),
		];
		return [outcomes, window.stolen === undefined, blocked.filter((one) => one === 'script-src-elem').length >= 2];
	})()`);
	assert.deepEqual(ran, [['refused', 'refused', 'refused'], true, true]);

	const [download] = await Promise.all([page.waitForEvent('download'), page.evaluate(`window.location.href = ${JSON.stringify(html)}`)]);
	assert.equal(new URL(download.url()).pathname, html);
	await download.cancel();
	assert.equal(await page.evaluate('window.stolen'), undefined);
});
