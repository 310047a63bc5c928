/** The nonce under which the page's policy lets styles be added; it comes with the page. */

declare global {
	// Read by the library that locks scrolling beneath dialogs.
	var __webpack_nonce__: string | undefined;
}

export const NONCE: string = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
globalThis.__webpack_nonce__ = NONCE;
