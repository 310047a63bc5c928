/**
 * Holds the webhooks of one path against the phones: each message is told once, those of a chat in the order in which they were written, and the steps of
 * each message that went out in theirs. What comes again has to be the same webhook, byte for byte.
 */
import type { Books, Fault } from './books.ts';
import type { Arrival } from './receiver.ts';
import { type Status, senderOf, type Telling, tellingOf } from './telling.ts';

const STEPS: readonly Status[] = ['SENT', 'RECEIVED', 'READ'];

/** In the order in which they were taken, each once; and what is wrong with how they came. */
export function takenOf(arrivals: readonly Arrival[]): { readonly taken: readonly Arrival[]; readonly faults: readonly Fault[] } {
	const first = new Map<string, Arrival>();
	const faults: Fault[] = [];
	for (const arrival of arrivals) {
		const { webhookId, path, isGenuine, isTaken, body } = arrival;
		if (!isGenuine) faults.push({ what: 'bad signature', detail: `${path} ${webhookId}` });
		const before = first.get(webhookId);
		if (before && before.body !== body)
			faults.push({ what: 'doubled', detail: `${path} ${webhookId} says something else the second time` });
		if (!before && isTaken) first.set(webhookId, arrival);
	}
	return { taken: [...first.values()], faults };
}

export function auditMessages(path: string, taken: readonly Arrival[], books: Books): readonly Fault[] {
	const tellings = taken.flatMap((arrival) => tellingOf(arrival) ?? []);
	return [
		...auditSenders(path, taken, books),
		...auditReceived(path, tellings, books),
		...auditSent(path, tellings, books),
		...auditStatuses(path, tellings, books),
	];
}

function auditSenders(path: string, taken: readonly Arrival[], { company }: Books): readonly Fault[] {
	return taken.flatMap((arrival): readonly Fault[] => {
		const { accountId = company.id, instanceId = company.instanceId } = senderOf(arrival);
		if (accountId === company.id && instanceId === company.instanceId) return [];
		return [{ what: 'of another account', detail: `${path} ${arrival.webhookId} is of ${accountId}, ${instanceId}` }];
	});
}

function auditReceived(path: string, tellings: readonly Telling[], { screens }: Books): readonly Fault[] {
	const told = tellings.filter((telling) => telling.kind === 'received');
	const faults: Fault[] = [];
	for (const [phone, screen] of screens) {
		const written = screen.filter(({ fromMe }) => fromMe).map(({ whatsappId }) => whatsappId);
		const heard = told.filter((one) => one.phone === phone).map(({ messageId }) => messageId);
		faults.push(...compare(`${path} received of ${phone}`, written, heard));
	}
	const strangers = told.filter(({ phone }) => !screens.has(phone));
	return [...faults, ...strangers.map(({ messageId, phone }): Fault => ({ what: 'unknown', detail: `${path} ${messageId} of ${phone}` }))];
}

function auditSent(path: string, tellings: readonly Telling[], { screens, diary }: Books): readonly Fault[] {
	const told = tellings.filter((telling) => telling.kind === 'sent');
	const shown = new Set<string>();
	const faults: Fault[] = [];
	for (const [phone, screen] of screens) {
		const came = screen.filter(({ fromMe }) => !fromMe).map(({ whatsappId }) => whatsappId);
		for (const id of came) shown.add(id);
		const sent = told.filter((one) => one.phone === phone).map(({ messageId }) => messageId);
		faults.push(...compare(`${path} sent to ${phone}`, came, sent));
	}
	const lost = diary.said.filter((id) => !shown.has(id));
	const failed = tellings.filter((telling) => telling.kind === 'failed');
	return [
		...faults,
		...lost.map((id): Fault => ({ what: 'missing', detail: `${id} was taken to be sent and is on no phone` })),
		...failed.map(({ messageId }): Fault => ({ what: 'missing', detail: `${path} ${messageId} failed` })),
	];
}

function auditStatuses(path: string, tellings: readonly Telling[], { screens, unread }: Books): readonly Fault[] {
	const steps = new Map<string, string[]>();
	for (const telling of tellings) {
		if (telling.kind === 'status') steps.set(telling.messageId, [...(steps.get(telling.messageId) ?? []), telling.status]);
	}
	const faults: Fault[] = [];
	for (const [phone, screen] of screens) {
		const expected = unread.has(phone) ? STEPS.slice(0, 2) : STEPS;
		for (const { whatsappId, fromMe } of screen) {
			if (!fromMe) faults.push(...compare(`${path} steps of ${whatsappId}`, expected, steps.get(whatsappId) ?? []));
		}
	}
	return faults;
}

/** The same things, each once, in the same order. */
export function compare(where: string, expected: readonly string[], told: readonly string[]): readonly Fault[] {
	const faults: Fault[] = [];
	const known = new Set(expected);
	const seen = new Set<string>();
	for (const one of told) {
		if (!known.has(one)) faults.push({ what: 'unknown', detail: `${where}: ${one}` });
		else if (seen.has(one)) faults.push({ what: 'doubled', detail: `${where}: ${one}` });
		seen.add(one);
	}
	for (const one of expected) if (!seen.has(one)) faults.push({ what: 'missing', detail: `${where}: ${one}` });
	const inOrder = expected.filter((one) => seen.has(one));
	const asTold = [...seen].filter((one) => known.has(one));
	const wrong = asTold.findIndex((one, place) => one !== inOrder[place]);
	if (wrong >= 0) faults.push({ what: 'out of order', detail: `${where}: ${asTold[wrong]} before ${inOrder[wrong]}` });
	return faults;
}
