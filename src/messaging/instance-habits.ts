/**
 * What an instance does by itself with what arrives, as its settings say: marks it as read, and answers calls with a message. Both belong into the unit of
 * what arrived. WhatsApp is told of the reading after it: where that fails, the customer misses a pair of blue ticks and nothing else.
 */
import { createHash } from 'node:crypto';
import type { Instance } from '../domain/account.ts';
import { actsUpon, type MessageContent } from '../domain/content.ts';
import type { Message } from '../domain/message.ts';
import { advance } from '../domain/message-status.ts';
import { isStatusAddress } from '../domain/phone.ts';
import type { Observer } from '../observe/observer.ts';
import type { Change } from '../ports/changes.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import { correspondentOf } from './chat-opening.ts';
import { type Aftermath, type Arrival, type InboxHook, NO_AFTERMATH } from './inbox-hook.ts';
import type { InstanceQueues } from './instance-queues.ts';
import { stepEvents } from './message-events.ts';
import { queuedMessage, threadOf } from './outgoing.ts';
import type { InstanceSetting, WhatsApp } from './services.ts';

export interface HabitParts {
	readonly store: Pick<Store, 'messages'>;
	readonly settings: Pick<InstanceSetting, 'get'>;
	readonly whatsapp: WhatsApp;
	readonly queues: Pick<InstanceQueues, 'of' | 'accepted'>;
	readonly clock: Clock;
	readonly ids: Ids;
	readonly observer: Observer;
}

export class InstanceHabits implements InboxHook {
	readonly #parts: HabitParts;

	constructor(parts: HabitParts) {
		this.#parts = parts;
	}

	async onMessage(arrival: Arrival): Promise<Aftermath> {
		const { message, view } = arrival;
		const settings = await this.#parts.settings.get(arrival.instance);
		if (isCall(message.content)) {
			return settings.callRejectAuto && settings.callRejectMessage !== ''
				? this.#answerCall(arrival, settings.callRejectMessage)
				: NO_AFTERMATH;
		}
		if (message.content.kind === 'notice' || actsUpon(message.content)) return NO_AFTERMATH;
		const isRead = isStatusAddress(view.chat.phone) ? settings.autoReadStatus : settings.autoReadMessage;
		return isRead ? this.#read(arrival) : NO_AFTERMATH;
	}

	#read({ instance, view, message }: Arrival): Aftermath {
		const at = this.#parts.clock.now();
		const read = advance(message, 'read', at);
		if (!read) return NO_AFTERMATH;
		const context = { ids: this.#parts.ids, instance, with: correspondentOf(view), at };
		return {
			changes: [{ kind: 'message.advance', from: message.status, message: read.message }],
			events: stepEvents(read, context),
			after: () => this.#tellRead(instance, view.chat.phone, message),
		};
	}

	#tellRead(instance: Instance, phone: string, { whatsappId }: Message): void {
		const { whatsapp, observer } = this.#parts;
		whatsapp.ask(instance, 'chats.read', { phone, whatsappIds: [whatsappId] }).catch((error: unknown) => {
			observer.background('instance-habits.read', error);
		});
	}

	/** One call is told several times (it rings, it was missed): the id of its answer is made of the call's, so there is one. */
	async #answerCall({ instance, view, message }: Arrival, text: string): Promise<Aftermath> {
		const { store, queues, clock, ids } = this.#parts;
		const { chat } = view;
		const whatsappId = answerIdOf(instance, message);
		if (await store.messages.byWhatsappId(instance.id, whatsappId)) return NO_AFTERMATH;
		const now = clock.now();
		const dueAt = await queues.of(instance.id).dueAt({ chatId: chat.id, now });
		const thread = message.thread ?? threadOf(chat, undefined, ids);
		const content: MessageContent = { kind: 'text', text };
		const answer = queuedMessage({ instance, chat, content, origin: 'automatic', thread, now, dueAt, whatsappId }, ids);
		const changes: Change[] = [
			{ kind: 'message.insert', message: answer },
			{ kind: 'chat.touch', id: chat.id, lastMessageAt: now, lastMessageId: answer.id },
		];
		return { changes, events: [], after: () => queues.accepted(answer) };
	}
}

/** `CALL_VOICE`, `CALL_MISSED_VIDEO`, … */
function isCall(content: MessageContent): boolean {
	return content.kind === 'notice' && /^CALL_/.test(content.name);
}

/** In the manner of WhatsApp's ids. */
function answerIdOf(instance: Instance, { content, whatsappId }: Message): string {
	const call = content.kind === 'notice' && content.callId !== undefined ? content.callId : whatsappId;
	return `3EB0${createHash('sha256').update(`call ${instance.id} ${call}`).digest('hex').slice(0, 18).toUpperCase()}`;
}
