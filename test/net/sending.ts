/** What the tests of the sender share: a sender that trusts the test authority and may reach this machine, and a request to send. */
import { GuardedSender, type GuardedSenderOptions } from '../../src/net/guarded-sender.ts';
import type { OutboundRequest, OutboundResult } from '../../src/ports/sender.ts';
import { systemClock } from '../../src/system/system-clock.ts';
import { testAuthority } from '../support/certificates.ts';

export async function localSender(options: Partial<GuardedSenderOptions> = {}): Promise<GuardedSender> {
	const { certificatePem } = await testAuthority();
	return new GuardedSender({ clock: systemClock, allow: ['127.0.0.1/32'], ca: certificatePem, ...options });
}

export function requestTo(url: string, options: Partial<OutboundRequest> = {}): OutboundRequest {
	return {
		url,
		headers: { 'content-type': 'application/json' },
		body: '{"hello":"world"}',
		deadlineMs: 10_000,
		responseBytesKept: 1_024,
		responseBytesMax: 65_536,
		signal: new AbortController().signal,
		...options,
	};
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
