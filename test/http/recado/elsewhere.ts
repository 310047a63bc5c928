/** What of our document is exchanged in other tests than the golden ones, by its tags: the service desk, over a real one in test/e2e/service-desk.test.ts. */
export const DESK_TAGS: ReadonlySet<string> = new Set([
	'Operators',
	'Desk',
	'Notes',
	'Contact cards',
	'Business hours',
	'URA',
	'Surveys',
	'Custom buttons',
	'Quick replies',
]);

/** The same of access: test/e2e/personal-data.test.ts. */
export const ACCESS_TAGS: ReadonlySet<string> = new Set(['API tokens', 'Audit', 'Personal data']);

/** The same of what the gateway runs with: test/e2e/settings.test.ts. */
export const SETTINGS_TAGS: ReadonlySet<string> = new Set(['Settings']);

/** The same of sessions: test/e2e/sessions.test.ts, test/e2e/sign-in-oidc.test.ts. */
export const SESSION_TAGS: ReadonlySet<string> = new Set(['Session', 'OpenID Connect']);

/** The same of figures, attention and the live stream: test/e2e/insight.test.ts. */
export const INSIGHT_TAGS: ReadonlySet<string> = new Set(['Insight']);
