/**
 * Code of the console that is fetched when it is first needed. While the gateway is away it is waited for. Where the gateway answers and the code is not to be had
 * it was updated meanwhile, and has other files: only a page that is loaded anew knows their names.
 */
import { isThere, untilBack } from './reach.ts';

/** Until when it was loaded anew for that, and to no avail: a second time would not help either. */
const KEY = 'recado.loaded-anew';
const ONCE_WITHIN_MS = 60_000;

/** The file is not there any more. */
export class CodeGone extends Error {
	override readonly name = 'CodeGone';
}

/** Throws CodeGone. */
export async function fetched<T>(load: () => Promise<T>): Promise<T> {
	let isAnswered = false;
	for (;;) {
		try {
			await restoreSheets();
			return await load();
		} catch (cause) {
			// Asked for once more where the gateway is there: it may have come back just now.
			if (isAnswered) throw new CodeGone('A file of the console could not be loaded', { cause });
			isAnswered = await isThere();
			if (!isAnswered) await untilBack();
		}
	}
}

/** Whether the page is being loaded anew: not, where that was just done. */
export function loadAnew(): boolean {
	const last = Number(sessionStorage.getItem(KEY) ?? 0);
	if (Date.now() - last < ONCE_WITHIN_MS) return false;
	sessionStorage.setItem(KEY, String(Date.now()));
	location.reload();
	return true;
}

/** Style sheets that could not be loaded: what loads the code takes them for loaded the next time. */
const lost = new Set<HTMLLinkElement>();
// Such errors do not bubble.
addEventListener(
	'error',
	({ target }) => {
		if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') lost.add(target);
	},
	true,
);

/** Rejects where one cannot be loaded now. */
async function restoreSheets(): Promise<void> {
	await Promise.all([...lost].map(restore));
}

function restore(sheet: HTMLLinkElement): Promise<void> {
	const fresh = sheet.cloneNode() as HTMLLinkElement;
	// It is hidden from whoever looks at the attributes.
	fresh.nonce = sheet.nonce;
	lost.delete(sheet);
	return new Promise((resolve, reject) => {
		fresh.addEventListener('load', () => resolve());
		fresh.addEventListener('error', () => reject(new Error(`${fresh.href} could not be loaded`)));
		sheet.replaceWith(fresh);
	});
}
