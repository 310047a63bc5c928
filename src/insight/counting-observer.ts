/** The observer that counts the figures of the console, beside the log and the metrics: additions only, for each event passes here several times. */
import type { Observer } from '../observe/observer.ts';
import type { Tally } from './tally.ts';

type Counted =
	| 'messageAccepted'
	| 'messageSent'
	| 'messageFailed'
	| 'eventsCommitted'
	| 'attemptMade'
	| 'deliverySettled'
	| 'deliveriesEnded';

/** Counts, and tells `next` the same. */
export function countingObserver(next: Observer, tally: Tally): Observer {
	return { ...next, ...countMessages(next, tally), ...countDeliveries(next, tally) };
}

type OfMessages = Extract<Counted, 'messageAccepted' | 'messageSent' | 'messageFailed' | 'eventsCommitted'>;

function countMessages(next: Observer, tally: Tally): Pick<Observer, OfMessages> {
	return {
		messageAccepted(message) {
			tally.count(message.accountId, 'accepted');
			next.messageAccepted(message);
		},
		messageSent(message) {
			tally.count(message.accountId, 'sent');
			next.messageSent(message);
		},
		messageFailed(message) {
			tally.count(message.accountId, 'failed');
			next.messageFailed(message);
		},
		eventsCommitted(events, deliveries) {
			for (const event of events) {
				tally.count(event.accountId, 'events');
				if (event.type === 'message.received' && !event.data.message.fromMe) tally.count(event.accountId, 'received');
			}
			next.eventsCommitted(events, deliveries);
		},
	};
}

function countDeliveries(next: Observer, tally: Tally): Pick<Observer, Exclude<Counted, OfMessages>> {
	return {
		attemptMade(attempt) {
			tally.count(attempt.accountId, attempt.outcome === 'delivered' ? 'attemptsOk' : 'attemptsFailed');
			next.attemptMade(attempt);
		},
		deliverySettled(delivery) {
			if (delivery.outcome === 'delivered') tally.delivered(delivery.accountId, delivery.ageMs);
			if (delivery.outcome === 'dead') tally.count(delivery.accountId, 'dead');
			next.deliverySettled(delivery);
		},
		deliveriesEnded(told) {
			if (told.outcome === 'dead' && told.accountId !== undefined) tally.count(told.accountId, 'dead', told.count);
			next.deliveriesEnded(told);
		},
	};
}
