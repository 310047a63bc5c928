/** Waiting for what a page, or the gateway behind it, will come to: the tests look until it is so, and never at what happens to be there just now. */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { becomes } from '../../support/waiting.ts';

/** Ends what would hang, and nothing else: a browser that shares two cores with whatever else runs takes ten times as long as alone. */
export const WAITS_MS = 45_000;

/** Until what is read is as expected; where it never is, fails with what was read last. */
export async function comesToBe<T>(read: () => T | Promise<T>, expected: T): Promise<void> {
	let seen: T | undefined;
	const isSo = async (): Promise<boolean> => {
		seen = await read();
		return isDeepStrictEqual(seen, expected);
	};
	if (!(await becomes(isSo, WAITS_MS))) assert.deepEqual(seen, expected);
}
