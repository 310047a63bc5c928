/** A job, as our API shows it. */
import { type TSchema, Type } from 'typebox';
import { EVENT_TYPES } from '../../../domain/event.ts';
import type { Job } from '../../../ports/jobs.ts';
import { iso, isoIfKnown, MaybeText, MaybeTime, named, oneOf, Text, Time, type View } from './view.ts';

export const JobSchema: TSchema = named(
	'Job',
	Type.Object(
		{
			id: Type.String({ description: '`job_…`' }),
			kind: oneOf(['replay', 'discard', 'erase'], 'What it does with each delivery; `erase`: it erases what is kept about a contact'),
			state: oneOf(['counting', 'running', 'paused', 'cancelled', 'done'], 'The last two are final'),
			accountId: MaybeText,
			webhookId: MaybeText,
			chatId: MaybeText,
			chatIds: Type.Optional(Type.Array(Text, { description: 'Those with the phone that it was made for' })),
			contactId: MaybeText,
			instanceId: MaybeText,
			eventType: Type.Optional(oneOf(EVENT_TYPES, 'What the deliveries tell about')),
			text: Type.Optional(Type.String({ description: 'Part of the payloads' })),
			states: Type.Array(oneOf(['pending', 'sending', 'delivered', 'dead', 'cancelled'], 'Of the deliveries')),
			since: MaybeTime,
			until: MaybeTime,
			total: Type.Integer({
				description: 'How many deliveries (of an erasure: records) fit when it was made; grows while they are counted',
			}),
			done: Type.Integer({ description: 'Of those: replayed, discarded or erased' }),
			skipped: Type.Integer({ description: 'Of those: in another state when their turn came' }),
			progress: Type.Number({ minimum: 0, maximum: 1 }),
			createdAt: Time,
			updatedAt: Time,
			finishedAt: MaybeTime,
		},
		{ additionalProperties: false, description: 'Replays or discards many deliveries, or erases what is kept about a contact' },
	),
);

export function jobView(job: Job): View {
	const { id, kind, state, total, done, skipped } = job;
	const { accountId, webhookId, chatId, chatIds, contactId, instanceId, eventType, text, states, since, until } = job.filter;
	return {
		...{ id, kind, state, accountId, webhookId, chatId, chatIds, contactId, instanceId, eventType, text, states },
		since: isoIfKnown(since),
		until: isoIfKnown(until),
		...{ total, done, skipped },
		progress: progressOf(job),
		createdAt: iso(job.createdAt),
		updatedAt: iso(job.updatedAt),
		finishedAt: isoIfKnown(job.finishedAt),
	};
}

/** Nothing is done while it counts. */
function progressOf({ state, total, done, skipped }: Job): number {
	if (state === 'done') return 1;
	return total === 0 ? 0 : Math.min(1, (done + skipped) / total);
}
