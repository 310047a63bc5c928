/** Headers that every answer carries unless its route says otherwise: answers are data, never pages, and may hold tokens. */

export function securityHeaders(publicUrl: string): Readonly<Record<string, string>> {
	return {
		'x-content-type-options': 'nosniff',
		'x-frame-options': 'DENY',
		'referrer-policy': 'no-referrer',
		'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
		'cache-control': 'no-store',
		...(publicUrl.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
	};
}
