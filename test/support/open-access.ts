/** What a server asks of its requests in tests that are about something else: no limit, and an audit log that nobody reads. */
import type { AccessParts } from '../../src/http/access.ts';
import { RateLimits } from '../../src/http/rate-limits.ts';

export function openAccess(): AccessParts {
	const rates = new RateLimits({ clock: { now: () => 0 }, members: () => 1, options: { requestsPerSecond: 0, burst: 1 } });
	return { rates, audit: { note: () => undefined } };
}
