/** A message of the live stream as server-sent events have it (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
import type { LiveFigures, LiveMessage } from '../../../insight/live.ts';
import type { EventHead } from '../../../ports/insight.ts';
import { deliveryView } from './delivery.ts';
import { iso, type View } from './view.ts';

/** @param place where whoever reads it may go on; undefined for what is not repeated. */
export function encodeLive(message: LiveMessage, place?: string): string {
	const id = place === undefined ? '' : `id: ${place}\n`;
	return `event: ${message.kind}\n${id}data: ${JSON.stringify(dataOf(message))}\n\n`;
}

function dataOf(message: LiveMessage): View {
	switch (message.kind) {
		case 'deliveries':
			return { items: message.items.map(deliveryView), skipped: message.skipped };
		case 'events':
			return { items: message.items.map(eventHeadView), skipped: message.skipped };
		case 'figures':
			return figuresView(message.figures);
		case 'changed':
			return { what: message.what, ids: message.ids };
	}
}

function eventHeadView({ id, type, at, accountId, instanceId, chatId, webhookId }: EventHead): View {
	return { id, type, timestamp: iso(at), accountId, instanceId, chatId, webhookId };
}

function figuresView({ at, ...figures }: LiveFigures): View {
	return { at: iso(at), ...figures };
}
