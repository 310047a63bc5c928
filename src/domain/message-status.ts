/**
 * The status of a message only goes forward: queued, sent, received, read, played; or failed.
 *
 * `queued` enters by acceptance; `sent` when the channel took it; `received`, `read`, `played` as the provider tells. A later step implies
 * the ones it skips: each is entered once, in order. `failed` enters from `queued` or `sent` and is final; so is `played`.
 * What comes late changes nothing.
 */
import { MESSAGE_STEPS, type Message, type MessageFailure, type MessageStep } from './message.ts';

export type ToldStep = Exclude<MessageStep, 'queued'>;

export interface Advance {
	readonly message: Message;
	/** The steps entered, in order. */
	readonly steps: readonly ToldStep[];
}

/** Brings a message to a step. Undefined where it is there already, beyond, or failed. */
export function advance(message: Message, to: ToldStep, at: number): Advance | undefined {
	if (message.status === 'failed') return undefined;
	const from = MESSAGE_STEPS.indexOf(message.status);
	const steps = MESSAGE_STEPS.slice(from + 1, MESSAGE_STEPS.indexOf(to) + 1).filter((step) => step !== 'queued');
	if (steps.length === 0) return undefined;
	const reached = Object.fromEntries(steps.map((step) => [step, at]));
	return { message: { ...message, status: to, timeline: { ...message.timeline, ...reached }, updatedAt: at }, steps };
}

/** Ends a message as failed. Undefined where it was received already, or has failed before. */
export function fail(message: Message, failure: MessageFailure, at: number): Message | undefined {
	if (message.status !== 'queued' && message.status !== 'sent') return undefined;
	return { ...message, status: 'failed', failure, timeline: { ...message.timeline, failed: at }, updatedAt: at };
}
