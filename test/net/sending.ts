/** What the tests of the sender share: a sender that trusts the test authority and may reach this machine, and a request to send. */
import { GuardedSender, type GuardedSenderOptions } from '../../src/net/guarded-sender.ts';
import type { OutboundRequest, OutboundResult } from '../../src/ports/sender.ts';
import { systemClock } from '../../src/system/system-clock.ts';
import type { Behaviour } from '../support/behaviour.ts';
import { testAuthority } from '../support/certificates.ts';
import type { Receiver } from '../support/receiver.ts';
import { until } from '../support/waiting.ts';

export async function localSender(options: Partial<GuardedSenderOptions> = {}): Promise<GuardedSender> {
	const { certificatePem } = await testAuthority();
	return new GuardedSender({ clock: systemClock, allow: ['127.0.0.1/32'], ca: certificatePem, ...options });
}

export function requestTo(url: string, options: Partial<OutboundRequest> = {}): OutboundRequest {
	return {
		url,
		headers: { 'content-type': 'application/json' },
		body: '{"hello":"world"}',
		// A test that is about a deadline names its own; no slow machine comes to this one.
		deadlineMs: 60_000,
		responseBytesKept: 1_024,
		responseBytesMax: 65_536,
		signal: new AbortController().signal,
		...options,
	};
}

/** An attempt that the receiver treats so, once its request has arrived and what there is of an answer was read. */
export async function begin(
	{ sender, receiver, treatment }: { readonly sender: GuardedSender; readonly receiver: Receiver; readonly treatment: Behaviour },
	options: Partial<OutboundRequest> = {},
): Promise<{ readonly result: Promise<OutboundResult> }> {
	receiver.treatNext(treatment);
	const path = `/begun/${receiver.requests.length}`;
	const result = sender.send(requestTo(receiver.url(path), options));
	await receiver.waitFor((requests) => requests.some((request) => request.path === path), `the request for ${path}`);
	// What there is of its answer was on its way before this one's.
	answered(await sender.send(requestTo(receiver.url('/well'))));
	return { result };
}

/** Resolves when this process has no connection any more, at either of its ends: what a receiver closed is known to the sender, too. */
export async function closedAtBothEnds(): Promise<void> {
	const isClosed = (): boolean => !process.getActiveResourcesInfo().includes('TCPSocketWrap');
	await until(isClosed, { what: 'both ends of each connection to be closed', withinMs: 60_000 });
}

/** `200`, or the class of the failure. */
export function brief(result: OutboundResult): string {
	return result.kind === 'answered' ? String(result.status) : result.errorClass;
}

export function failure(result: OutboundResult): OutboundResult & { readonly kind: 'failed' } {
	if (result.kind === 'failed') return result;
	throw new Error(`Answered ${result.status} where a failure was expected`);
}

export function answered(result: OutboundResult): OutboundResult & { readonly kind: 'answered' } {
	if (result.kind === 'answered') return result;
	throw new Error(`Failed (${result.errorClass}: ${result.message}) where an answer was expected`);
}
