/** Where this page may fetch a medium from. */

const OWN = /\/media\/med_[0-9a-f]{32,}$/;

/**
 * The path of a medium that the gateway keeps: by the page's own origin, whatever the gateway calls itself in links (`RECADO_PUBLIC_URL`). Undefined for media that are
 * kept elsewhere: the page loads nothing from outside, a person may follow the link.
 */
export function ownMediaPath(url: string | undefined): string | undefined {
	if (url === undefined || !URL.canParse(url)) return undefined;
	const { pathname } = new URL(url);
	return OWN.test(pathname) ? (OWN.exec(pathname)?.[0] ?? undefined) : undefined;
}

/** A link that may be followed: nothing but the web. */
export function webLink(url: string | undefined): string | undefined {
	return url !== undefined && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : undefined;
}
