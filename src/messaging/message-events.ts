/** The events that the steps of a message are. */
import type { Instance } from '../domain/account.ts';
import type { Correspondent, DomainEvent, EventOf } from '../domain/event.ts';
import type { Message } from '../domain/message.ts';
import type { Advance } from '../domain/message-status.ts';
import type { Ids } from '../ports/clock.ts';

export interface EventContext {
	readonly ids: Ids;
	readonly instance: Instance;
	readonly with: Correspondent;
	readonly at: number;
}

/** An outgoing message that reached steps: `message.sent` when the channel took it, and `message.status` for each step, in order. */
export function stepEvents({ message, steps }: Advance, context: EventContext): DomainEvent[] {
	return steps.flatMap((status): DomainEvent[] => {
		const told = { ...base(context), type: 'message.status' as const, data: { message, status, with: context.with } };
		if (status !== 'sent' || !message.fromMe) return [told];
		return [{ ...base(context), type: 'message.sent', data: { message, with: context.with } }, told];
	});
}

export function receivedEvent(message: Message, context: EventContext): DomainEvent {
	return { ...base(context), type: 'message.received', data: { message, with: context.with } };
}

export function failedEvent(message: Message, context: EventContext): DomainEvent {
	return { ...base(context), type: 'message.failed', data: { message, with: context.with } };
}

function base({
	ids,
	instance,
	with: correspondent,
	at,
}: EventContext): Pick<EventOf<'message.sent'>, 'id' | 'accountId' | 'instance' | 'at'> & { chatId: string } {
	return {
		id: ids.next('evt'),
		accountId: instance.accountId,
		instance: { id: instance.id, phone: instance.phone },
		chatId: correspondent.chatId,
		at,
	};
}
