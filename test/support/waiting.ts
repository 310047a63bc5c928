/** Waiting for what happens in another process, which sends no signal: looking again and again, with a limit that turns a hang into a message. */
import { systemClock } from '../../src/system/system-clock.ts';

const LOOK_MS = 20;

export interface Wait {
	readonly what: string;
	readonly withinMs: number;
}

/** Resolves to whether it became true in time. */
export async function becomes(isTrue: () => boolean | Promise<boolean>, withinMs: number): Promise<boolean> {
	const giveUpAt = performance.now() + withinMs;
	while (performance.now() < giveUpAt) {
		if (await isTrue()) return true;
		await pause(LOOK_MS);
	}
	return await isTrue();
}

/** Rejects where it did not become true in time. */
export async function until(isTrue: () => boolean | Promise<boolean>, { what, withinMs }: Wait): Promise<void> {
	if (!(await becomes(isTrue, withinMs))) throw new Error(`Waited ${withinMs} ms in vain for ${what}`);
}

export function pause(ms: number): Promise<void> {
	return new Promise((resolve) => systemClock.schedule(ms, resolve));
}
