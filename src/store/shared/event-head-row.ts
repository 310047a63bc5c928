/** A row of `events` without its data, as both stores read it. */
import type { EventHead } from '../../ports/insight.ts';
import { present } from './row-values.ts';

export interface EventHeadRow {
	readonly seq: number;
	readonly id: string;
	readonly type: EventHead['type'];
	readonly account_id: string;
	readonly instance_id: string | null;
	readonly chat_id: string | null;
	readonly webhook_id: string | null;
	readonly at: number;
}

export function toEventHead({ seq, id, type, account_id, instance_id, chat_id, webhook_id, at }: EventHeadRow): EventHead {
	return { seq, id, type, accountId: account_id, at, ...present({ instanceId: instance_id, chatId: chat_id, webhookId: webhook_id }) };
}
