/** The observer that counts the figures of the console, beside the log and the metrics: additions only, for each event passes here several times. */
import type { AttemptTold, DeliveryTold, Observer } from '../observe/observer.ts';
import type { Counter } from './series.ts';
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
			tally.count(attempt.accountId, counterOf(attempt));
			next.attemptMade(attempt);
		},
		deliverySettled(delivery) {
			if (delivery.outcome === 'delivered') countDelivered(tally, delivery);
			if (delivery.outcome === 'dead') tally.count(delivery.accountId, 'dead');
			next.deliverySettled(delivery);
		},
		deliveriesEnded(told) {
			if (told.outcome === 'dead' && told.accountId !== undefined) tally.count(told.accountId, 'dead', told.count);
			next.deliveriesEnded(told);
		},
	};
}

/** A probe that fails says nothing that is not known already, once every half a minute for as long as a receiver is down: it is no attempt that failed. */
function counterOf({ outcome, isProbe }: AttemptTold): Counter {
	if (outcome === 'delivered') return 'attemptsOk';
	return isProbe ? 'probesFailed' : 'attemptsFailed';
}

/** How long after its event a person sent it again says nothing about the gateway. */
function countDelivered(tally: Tally, { accountId, isReplay, ageMs }: DeliveryTold): void {
	if (isReplay) tally.count(accountId, 'delivered');
	else tally.delivered(accountId, ageMs);
}
