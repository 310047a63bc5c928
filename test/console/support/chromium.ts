/** The browser of the tests: Debian's Chromium, or the one that `RECADO_CHROMIUM` names. */
import { access } from 'node:fs/promises';
import { type Browser, chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export async function startChromium(): Promise<Browser> {
	return await chromium.launch({
		executablePath: await found(),
		// Tests run as root in CI, where Chromium has no sandbox of its own.
		args: ['--no-sandbox', '--disable-dev-shm-usage', '--force-color-profile=srgb', '--font-render-hinting=none'],
	});
}

async function found(): Promise<string> {
	const places = process.env['RECADO_CHROMIUM'] === undefined ? PLACES : [process.env['RECADO_CHROMIUM']];
	for (const place of places) {
		const isThere = await access(place).then(
			() => true,
			() => false,
		);
		if (isThere) return place;
	}
	throw new Error(`there is no Chromium at ${places.join(', ')}: install Debian's package chromium, or name one with RECADO_CHROMIUM`);
}
