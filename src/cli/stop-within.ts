/** Disposes of something, but does not wait for ever. */

/**
 * What is added to the grace that the parts of the gateway are given to finish their work in, so that they can close their files after it.
 * Only a part that hangs runs into it.
 */
const CLOSING_MS = 3_000;

/** Answers whether it ended in time. */
export async function stopWithin(resource: AsyncDisposable, graceMs: number): Promise<boolean> {
	const { promise: late, resolve } = Promise.withResolvers<false>();
	const timer = setTimeout(() => resolve(false), graceMs + CLOSING_MS);
	try {
		return await Promise.race([resource[Symbol.asyncDispose]().then(() => true as const), late]);
	} finally {
		clearTimeout(timer);
	}
}
