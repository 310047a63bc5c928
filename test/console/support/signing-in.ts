/** The way in as a person takes it, and a session that ends behind their back. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

export async function byPassword(page: Page, email: string, password: string): Promise<void> {
	await page.getByLabel('E-mail or login').fill(email);
	await page.getByLabel(/^Password/).fill(password);
	await page.getByRole('button', { name: 'Sign in' }).click();
}

export async function byToken(page: Page, token: string): Promise<void> {
	await page.getByText('Token', { exact: true }).click();
	await page.getByLabel(/^Administrator’s token/).fill(token);
	await page.getByRole('button', { name: 'Sign in' }).click();
}

/** As by signing out in another tab. */
export async function endSession(page: Page): Promise<void> {
	const { request } = page.context();
	const { csrf } = await (await request.get('/recado/v1/session')).json();
	assert.equal((await request.delete('/recado/v1/session', { headers: { 'x-recado-csrf': csrf } })).status(), 204);
}
