/** Webhooks, replays and jobs. */
import type { CircuitView, DeliveryJobs, Replays, WebhookSettings, Webhooks } from '../../../../src/delivery/services.ts';
import type { EventType } from '../../../../src/domain/event.ts';
import type { Webhook } from '../../../../src/domain/webhook.ts';
import { RecadoError } from '../../../../src/errors.ts';
import type { Job } from '../../../../src/ports/jobs.ts';
import { type Keep, known, type Note } from './asked.ts';
import { AT, busy, delivery, job, webhook } from './records.ts';

const circuit: CircuitView = {
	state: 'open',
	failingSince: AT,
	nextProbeAt: AT + 1000,
	failuresInARow: 5,
	errorClass: 'timeout',
	concurrencyNow: 1,
};

/** What of the settings the view shows. */
function served(base: Webhook, wish: WebhookSettings): Webhook {
	const { scheduleMs, patienceMs, concurrency, ratePerSecond } = wish;
	return {
		...base,
		order: wish.order ?? 'chat',
		enabled: wish.enabled ?? true,
		signatures: wish.signatures ?? ['v1'],
		keyPairs: wish.signatures?.includes('v1a') ? [{ sealed: 'sealed:pair' }] : [],
		...(wish.authentication ? { authorization: { scheme: wish.authentication.scheme, sealed: 'sealed:authorization' } } : {}),
		...(scheduleMs ? { scheduleMs } : {}),
		...(patienceMs ? { patienceMs } : {}),
		...(concurrency ? { concurrency } : {}),
		...(ratePerSecond ? { ratePerSecond } : {}),
	};
}

export function fakeWebhooks(note: Note, keep: Keep): Webhooks {
	return {
		create: async (wish, idempotency) => {
			note('create', wish);
			const { accountId, dialect, url } = wish;
			const owner = { accountId, dialect, url, ...(wish.instanceId === undefined ? {} : { instanceId: wish.instanceId }) };
			return await keep({ webhook: served({ ...webhook, ...owner, id: 'whk_9' }, wish), secret: 'whsec_9' }, idempotency);
		},
		update: async (id, change) => {
			note('update', id, change);
			return served(known('webhook', id, [webhook]), change);
		},
		delete: async (id, deliveries) => {
			note('delete', id, deliveries);
			if (known('webhook', id, [webhook, busy]).id === 'whk_1') return { isGone: true };
			if (deliveries === undefined) throw new RecadoError('webhook_has_deliveries');
			return { isGone: false };
		},
		publicKeyOf: (of) => (of.keyPairs.length === 0 ? undefined : 'whpk_1'),
		circuitOf: (of) => (of.id === 'whk_2' ? circuit : { state: 'closed', failuresInARow: 0, concurrencyNow: 32 }),
		rotateSecret: async (id) => ({ webhook: known('webhook', id, [webhook]), secret: 'whsec_2' }),
		olderSecretsUntil: (of) => (of.id === 'whk_2' ? [AT + 1000] : []),
		history: async () => [{ kind: 'failing', at: AT, errorClass: 'timeout', failuresInARow: 5 }],
		headerNamesOf: () => ['x-shop'],
		test: async (_id, type: EventType) => ({ ...delivery, id: 'dlv_9', eventType: type, state: 'sending' }),
		list: (filter) => (filter.accountId === undefined || filter.accountId === 'acc_1' ? [webhook] : []),
		get: (id) => [webhook, busy].find((one) => one.id === id),
		eventsOf: () => ['message.received', 'chat.presence'],
		assertUrl: () => undefined,
		assignSlots: () => Promise.resolve(),
		setSentByMe: () => Promise.resolve(),
	};
}

export function fakeReplays(): Replays {
	return {
		replay: async (id) => ({ ...known('delivery', id, [delivery]), state: 'pending', isReplay: true, dueAt: AT }),
		discard: async (id) => ({ ...known('delivery', id, [delivery]), state: 'cancelled' }),
	};
}

export function fakeJobs(note: Note, keep: Keep): DeliveryJobs {
	const of = (id: string, state: Job['state']): Promise<Job> => Promise.resolve({ ...known('job', id, [job]), state });
	return {
		start: async ({ kind, states, ...filter }, idempotency) => {
			note('start', { kind, states, ...filter });
			const fresh = { id: 'job_9', kind, total: 0, done: 0, skipped: 0, cursor: 0 };
			return await keep(
				{ ...job, ...fresh, state: 'counting', filter: { ...filter, states: states ?? ['dead'], seqMax: 10 } },
				idempotency,
			);
		},
		job: async (id) => (id === 'job_1' ? job : undefined),
		list: async () => ({ items: [{ ...job, state: 'done', done: 7, finishedAt: AT + 2000 }], next: 'c4' }),
		pause: (id) => of(id, 'paused'),
		resume: (id) => of(id, 'running'),
		cancel: (id) => of(id, 'cancelled'),
	};
}
