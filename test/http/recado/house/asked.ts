/** What is asked of the house: noted by its fakes, and answered as the services do. */
import { RecadoError } from '../../../../src/errors.ts';
import type { Idempotency, SendCommand } from '../../../../src/messaging/services.ts';
import type { PhoneWrites } from '../../../../src/ports/simulator.ts';

/** What the fakes were asked to do, newest last. */
export interface Asked {
	readonly sent: SendCommand[];
	readonly written: PhoneWrites[];
	readonly calls: { readonly name: string; readonly given: readonly unknown[] }[];
}

export type Note = (name: string, ...given: readonly unknown[]) => void;

export type Keep = <T>(result: T, idempotency: Idempotency<T> | undefined) => Promise<T>;

/** Rejects unless the id is one of those that are there. */
export function known<T>(what: string, id: string, things: readonly (T & { readonly id: string })[]): T {
	const thing = things.find((candidate) => candidate.id === id);
	if (!thing) throw new RecadoError('not_there', { details: { what } });
	return thing;
}
