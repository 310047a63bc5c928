/** The progress of a job on one line. */
import { isObject, textIn } from './json.ts';

export function jobLine(job: unknown): string {
	const [total, done, skipped] = ['total', 'done', 'skipped'].map((name) => numberIn(job, name));
	const [id, state = ''] = ['id', 'state'].map((name) => textIn(job, name));
	const counted = state === 'counting' ? `${total} so far` : `${done} of ${total} (${Math.floor(numberIn(job, 'progress') * 100)} %)`;
	return [id, state.padEnd(9), counted, skipped === 0 ? '' : `${skipped} skipped: in another state by then`].join('  ').trimEnd();
}

function numberIn(value: unknown, name: string): number {
	const member = isObject(value) ? value[name] : undefined;
	return typeof member === 'number' ? member : 0;
}
