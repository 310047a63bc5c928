/** The console in a real browser over a real gateway, as somebody who is signed in. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type Account, ADMIN_TOKEN, type Gateway, type GatewayOptions, startGateway } from '../../support/gateway.ts';
import { becomes } from '../../support/waiting.ts';
import { startChromium } from './chromium.ts';
import { WAITS_MS } from './patience.ts';

export interface LookWish {
	readonly language?: 'en' | 'pt';
	readonly scheme?: 'light' | 'dark';
	readonly width?: 'wide' | 'narrow';
	/** `operator`: signed in by e-mail and password. Default: the administrator. */
	readonly as?: 'admin' | 'nobody' | { readonly email: string; readonly password: string };
}

const SIZES = { wide: { width: 1280, height: 860 }, narrow: { width: 390, height: 844 } } as const;
const SHOTS = join(import.meta.dirname, '../../../docs/console');
/** Good enough to read each word, small enough to keep. */
const JPEG_QUALITY = 78;
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

export class ConsoleRig implements AsyncDisposable {
	readonly gateway: Gateway;
	readonly #browser: Browser;
	readonly #stack: AsyncDisposableStack;
	/** What the browser complained about; a policy that was violated is among it. */
	readonly complaints: string[] = [];

	private constructor(gateway: Gateway, browser: Browser, stack: AsyncDisposableStack) {
		this.gateway = gateway;
		this.#browser = browser;
		this.#stack = stack;
	}

	static async open(options: GatewayOptions = {}): Promise<ConsoleRig> {
		await using building = new AsyncDisposableStack();
		const gateway = building.use(await startGateway(options));
		const browser = await startChromium();
		building.defer(() => browser.close());
		return new ConsoleRig(gateway, browser, building.move());
	}

	/** An account with a connected simulated instance. */
	account(name?: string): Promise<Account> {
		return this.gateway.account(name);
	}

	/** A page in a browser profile of its own, at the path, signed in. */
	async look(path: string, wish: LookWish = {}): Promise<Page> {
		const { language = 'en', scheme = 'light', width = 'wide', as = 'admin' } = wish;
		const context = await this.#browser.newContext({
			baseURL: this.gateway.address,
			locale: language === 'pt' ? 'pt-BR' : 'en-US',
			timezoneId: 'America/Sao_Paulo',
			colorScheme: scheme,
			viewport: SIZES[width],
			reducedMotion: 'reduce',
		});
		context.setDefaultTimeout(WAITS_MS);
		if (as !== 'nobody') await this.#signIn(context, as);
		const page = await context.newPage();
		page.on('console', (message) => {
			if (message.type() === 'error') this.complaints.push(`${message.text()} ${message.location().url}`);
		});
		page.on('pageerror', (error) => this.complaints.push(String(error)));
		await page.goto(path);
		return page;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#stack.disposeAsync();
	}

	async #signIn(context: BrowserContext, as: Exclude<LookWish['as'], 'nobody' | undefined>): Promise<void> {
		const data = as === 'admin' ? { token: ADMIN_TOKEN } : as;
		const answer = await context.request.post('/recado/v1/session', { data });
		assert.equal(answer.status(), 201, await answer.text());
	}
}

/** Fails where axe finds something serious or critical on the page as it is now. */
export async function assertAccessible(page: Page): Promise<void> {
	// What is on its way from one colour to another has the contrast of neither.
	await page.evaluate(`Promise.all(
		document
			.getAnimations()
			.filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime))
			.map(({ finished }) => finished.catch(() => undefined)),
	)`);
	// Given to the browser by its debugger: the policy of the page does not hold for it.
	await page.evaluate(await readFile(AXE, 'utf8'));
	const { violations } = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
	const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
	const told = serious.map(
		({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ html, failureSummary }) => `  ${html}\n  ${failureSummary}`).join('\n')}`,
	);
	assert.equal(serious.length, 0, told.join('\n\n'));
}

const TAKES_PICTURES = process.env['RECADO_SCREENSHOTS'] !== undefined;

/** A picture for `docs/console/`, where `RECADO_SCREENSHOTS` is set. `name`: `deliveries-wide-dark`. */
export async function shoot(page: Page, name: string): Promise<void> {
	if (!TAKES_PICTURES) return;
	await page.screenshot({ path: join(SHOTS, `${name}.jpg`), type: 'jpeg', quality: JPEG_QUALITY, animations: 'disabled', caret: 'hide' });
}

interface Look {
	readonly scheme: 'light' | 'dark';
	readonly width: 'wide' | 'narrow';
}

/** Each colour and each width, in half of the time that each with each takes. */
const CHECKED: readonly Look[] = [
	{ scheme: 'light', width: 'wide' },
	{ scheme: 'dark', width: 'narrow' },
];
const PICTURED: readonly Look[] = [...CHECKED, { scheme: 'light', width: 'narrow' }, { scheme: 'dark', width: 'wide' }];

/** The page in both colours and widths, checked by axe; for pictures each with each. `prepare` brings it to what is to be seen. */
export async function assertLooks(
	rig: ConsoleRig,
	path: string,
	name: string,
	prepare: (page: Page) => Promise<void>,
	wish: LookWish = {},
): Promise<void> {
	for (const { scheme, width } of TAKES_PICTURES ? PICTURED : CHECKED) {
		const page = await rig.look(path, { ...wish, scheme, width });
		await prepare(page);
		await assertAccessible(page);
		let overflow = 0;
		const fits = async (): Promise<boolean> => {
			overflow = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
			return overflow <= 0;
		};
		assert.ok(await becomes(fits, WAITS_MS), `${name} is ${overflow} px wider than a ${width} screen`);
		await shoot(page, `${name}-${width}-${scheme}`);
		await page.context().close();
	}
}
