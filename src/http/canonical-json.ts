/** One spelling for a JSON value, whatever the order of its keys: what an idempotency fingerprint is made of. */
import { RecadoError } from '../errors.ts';

/** Deeper than any documented body; beyond it the recursion could exhaust the stack. */
const DEPTH_MAX = 100;

/** Throws invalid_request where the value is nested too deeply. */
export function canonicalJson(value: unknown, depth = 0): string {
	if (depth > DEPTH_MAX) {
		throw new RecadoError('invalid_request', { faults: [{ path: '', en: 'is nested too deeply', pt: 'tem níveis demais' }] });
	}
	if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join(',')}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
	const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
	return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item, depth + 1)}`).join(',')}}`;
}
