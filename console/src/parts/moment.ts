/** Moments that somebody wrote into an address. */

const MOMENT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;

/** Whether it is one as the gateway takes it, ISO 8601 with a zone. `Date` takes more, and makes the 3rd of March of the 31st of February. */
export function isMoment(value: unknown): value is string {
	const [, day] = typeof value === 'string' ? (MOMENT.exec(value) ?? []) : [];
	if (day === undefined || Number.isNaN(Date.parse(String(value)))) return false;
	return new Date(day).toISOString().startsWith(day);
}
