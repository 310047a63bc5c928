/** What the service desk says by itself: messages that enter the queue with the unit of the decision that says them. */
import type { Instance } from '../domain/account.ts';
import type { Chat, Message } from '../domain/message.ts';
import type { InstanceQueues } from '../messaging/instance-queues.ts';
import { queuedMessage, threadOf } from '../messaging/outgoing.ts';
import type { Change } from '../ports/changes.ts';
import type { Clock, Ids } from '../ports/clock.ts';

export interface AutomaticParts {
	readonly queues: Pick<InstanceQueues, 'of' | 'accepted'>;
	readonly clock: Clock;
	readonly ids: Ids;
}

export interface Said {
	readonly changes: readonly Change[];
	/** To be called after the commit: they may go. */
	readonly after: () => void;
}

export async function say(
	{ queues, clock, ids }: AutomaticParts,
	{ instance, chat, message }: { readonly instance: Instance; readonly chat: Chat; readonly message?: Message },
	texts: readonly string[],
): Promise<Said> {
	const now = clock.now();
	const dueAt = await queues.of(instance.id).dueAt({ chatId: chat.id, now });
	const thread = message?.thread ?? threadOf(chat, undefined, ids);
	const messages = texts.map((text) =>
		queuedMessage({ ...{ instance, chat, thread, now, dueAt }, content: { kind: 'text', text }, origin: 'automatic' }, ids),
	);
	return {
		changes: messages.flatMap((one): Change[] => [
			{ kind: 'message.insert', message: one },
			{ kind: 'chat.touch', id: chat.id, lastMessageAt: now, lastMessageId: one.id },
		]),
		after: () => {
			for (const one of messages) queues.accepted(one);
		},
	};
}
