/**
 * Subscriptions. Nobody is billed here: one is what the partner APIs read and write, and it ends what was cancelled when its time is over.
 *
 * `active` renews itself each time that its period ends. `cancelled` holds until the period that was running then ends; signing again makes it active, in a
 * new period where the old one is over.
 */
import { RecadoError } from '../errors.ts';
import { commitDecided } from '../messaging/commit.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import { collection } from '../ports/documents.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Store } from '../ports/store.ts';
import type { Subscription, SubscriptionSubject, Subscriptions, SubscriptionWish } from './services.ts';

export interface SubscriptionParts {
	readonly store: Pick<Store, 'documents'>;
	readonly outbox: Outbox;
	readonly clock: Clock;
	readonly ids: Ids;
}

/** By the id of what is subscribed for. */
const SUBSCRIPTIONS = collection<Subscription>('subscriptions');

/** A month, as both partner APIs bill. */
const PERIOD_MS = 30 * 24 * 60 * 60 * 1_000;
/** So long it is gone by what was read, as long as that is running: what ends does so days after its cancellation. What is over may have been signed again. */
const KNOWN_MS = 60_000;
const KNOWN_MAX = 10_000;

interface Known {
	/** Undefined: it does not end. */
	readonly endsAt: number | undefined;
	readonly readAt: number;
}

export class SubscriptionService implements Subscriptions {
	readonly #parts: SubscriptionParts;
	readonly #known: Map<string, Known> = new Map();

	constructor(parts: SubscriptionParts) {
		this.#parts = parts;
	}

	async subscription(subjectId: string): Promise<Subscription | undefined> {
		const { store, clock } = this.#parts;
		const kept = await SUBSCRIPTIONS.get(store.documents, subjectId);
		return kept && renewed(kept.value, clock.now());
	}

	subscribe(subject: SubscriptionSubject, wish: SubscriptionWish): Promise<Subscription> {
		return this.#decide(subject.id, (known, now) => {
			const isRunning = known !== undefined && known.due > now;
			const { cancelledAt: _cancelledAt, ...rest } = known ?? {
				id: this.#parts.ids.next('sub'),
				subjectId: subject.id,
				accountId: subject.accountId,
				startedAt: now,
				due: now,
			};
			return { ...rest, ...given(wish), state: 'active', due: isRunning ? known.due : now + PERIOD_MS };
		});
	}

	cancel(subjectId: string): Promise<Subscription> {
		return this.#decide(subjectId, (known, now) => {
			if (!known) throw new RecadoError('subscription_missing');
			return known.state === 'cancelled' ? known : { ...known, state: 'cancelled', cancelledAt: now };
		});
	}

	async requireRunning(subjectId: string): Promise<void> {
		const now = this.#parts.clock.now();
		const known = this.#known.get(subjectId);
		if (known && now - known.readAt < KNOWN_MS && isRunning(known, now)) return;
		if (!isRunning(await this.#read(subjectId, now), now)) throw new RecadoError('subscription_over');
	}

	async #read(subjectId: string, now: number): Promise<Known> {
		const subscription = await this.subscription(subjectId);
		const read = { endsAt: subscription?.state === 'cancelled' ? subscription.due : undefined, readAt: now };
		if (this.#known.size >= KNOWN_MAX) this.#known.clear();
		this.#known.set(subjectId, read);
		return read;
	}

	async #decide(id: string, decide: (known: Subscription | undefined, now: number) => Subscription): Promise<Subscription> {
		const { store, outbox, clock } = this.#parts;
		const decided = await commitDecided(outbox, async () => {
			const now = clock.now();
			const kept = await SUBSCRIPTIONS.get(store.documents, id);
			const value = decide(kept && renewed(kept.value, now), now);
			const put = SUBSCRIPTIONS.put({ id, accountId: value.accountId, at: value.startedAt, value }, kept?.version ?? 0);
			return { decision: { changes: [put], events: [] }, result: value };
		});
		this.#known.delete(id);
		return decided;
	}
}

function isRunning({ endsAt }: Known, now: number): boolean {
	return endsAt === undefined || endsAt > now;
}

function renewed(subscription: Subscription, now: number): Subscription {
	const { state, due } = subscription;
	if (state === 'cancelled' || due > now) return subscription;
	return { ...subscription, due: due + Math.ceil((now - due + 1) / PERIOD_MS) * PERIOD_MS };
}

function given({ quantity, withCalls }: SubscriptionWish): SubscriptionWish {
	return { ...(quantity === undefined ? {} : { quantity }), ...(withCalls === undefined ? {} : { withCalls }) };
}
