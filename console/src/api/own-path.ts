/** Addresses that are put together from what somebody else may have written: a link to here, an id in the address of a page. */

/** Stands for ours: whatever it is, what leads away leads to another one. */
const HERE = 'http://here.invalid';

/** The path as a browser goes it: without dots and tabs, and backslashes as slashes. Undefined where it leads to another site. */
export function ownPath(given: string): string | undefined {
	if (!given.startsWith('/') || !URL.canParse(given, HERE)) return undefined;
	const { origin, pathname, search, hash } = new URL(given, HERE);
	return origin === HERE && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : undefined;
}

/** Whether it names what it seems to: an id with dots and slashes, or a `?`, would lead to something else of the gateway's. */
export function isPlainPath(path: string): boolean {
	return !/[?#\\\s]|(^|\/)(\.|%2e){1,2}(\/|$)/i.test(path);
}
