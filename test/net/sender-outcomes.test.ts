/** Each class of failure as it comes about on real sockets, DNS included. Without a case for each class this does not compile. */
import assert from 'node:assert/strict';
import { promises as dns } from 'node:dns';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import type { GuardedSenderOptions } from '../../src/net/guarded-sender.ts';
import { createSystemResolver } from '../../src/net/system-resolver.ts';
import type { OutboundRequest, OutboundResult } from '../../src/ports/sender.ts';
import { selfSignedCertificate } from '../support/certificates.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { startDnsServer } from '../support/fake-dns-server.ts';
import { startReceiver } from '../support/receiver.ts';
import { begin, brief, failure, localSender, requestTo } from './sending.ts';

type Failure = OutboundResult & { readonly kind: 'failed' };
type Phase = 'dnsMs' | 'connectMs' | 'tlsMs' | 'firstByteMs';

/** Brings the failure about, and says which phases have a time then: those that ended, and that in which it failed. */
const CASES: Readonly<Record<Failure['errorClass'], { readonly make: () => Promise<Failure>; readonly phases: readonly Phase[] }>> = {
	dns: {
		phases: ['dnsMs'],
		make: async () => {
			await using names = await startDnsServer({ 'hook.hooks.test': 2 });
			return await fail('https://hook.hooks.test/', {}, { resolver: createSystemResolver(askedOf(names.address)) });
		},
	},
	'refused-by-guard': {
		phases: ['dnsMs'],
		make: async () => {
			await using names = await startDnsServer({ 'hook.hooks.test': { a: ['10.0.0.1'] } });
			return await fail('https://hook.hooks.test/', {}, { resolver: createSystemResolver(askedOf(names.address)) });
		},
	},
	connect: { phases: ['connectMs'], make: async () => fail(`https://127.0.0.1:${await closedPort()}/`) },
	tls: {
		phases: ['connectMs', 'tlsMs'],
		make: async () => {
			await using receiver = await startReceiver({ certificate: await selfSignedCertificate('127.0.0.1') });
			return await fail(receiver.url());
		},
	},
	timeout: {
		phases: ['connectMs', 'tlsMs', 'firstByteMs'],
		make: async () => {
			await using receiver = await startReceiver({ treat: { kind: 'hang', when: 'before-headers' } });
			const clock = new FakeClock();
			const failing = fail(receiver.url(), { deadlineMs: 250 }, { clock });
			await receiver.arrived(1);
			await clock.advance(250);
			return await failing;
		},
	},
	reset: {
		phases: ['connectMs', 'tlsMs', 'firstByteMs'],
		make: async () => {
			await using receiver = await startReceiver({ treat: { kind: 'reset', when: 'after-headers' } });
			return await fail(receiver.url());
		},
	},
	'too-large': {
		phases: ['connectMs', 'tlsMs', 'firstByteMs'],
		make: async () => {
			const bytes = `HTTP/1.1 200 OK\r\n${`x-filler: ${'y'.repeat(1_000)}\r\n`.repeat(20)}content-length: 0\r\n\r\n`;
			await using receiver = await startReceiver({ treat: { kind: 'raw', bytes } });
			return await fail(receiver.url());
		},
	},
	interrupted: {
		phases: ['connectMs', 'tlsMs', 'firstByteMs'],
		make: async () => {
			const shutdown = new AbortController();
			await using receiver = await startReceiver({ treat: { kind: 'hang', when: 'before-headers' } });
			const failing = fail(receiver.url(), { signal: shutdown.signal });
			await receiver.arrived(1);
			shutdown.abort();
			return await failing;
		},
	},
};

for (const [errorClass, { make, phases }] of Object.entries(CASES)) {
	test(`${errorClass}: told as such, with a sentence and the time of each phase there was`, async () => {
		const result = await make();
		assert.equal(result.errorClass, errorClass);
		assert.match(result.message, /^\S.{10,}$/);
		// Told where it lasted a millisecond: what of an answer came before it broke may have.
		const { totalMs, bodyMs = 0, ...byPhase } = result.timings;
		assert.deepEqual(Object.keys(byPhase), phases);
		assert.ok(Object.values(byPhase).reduce((sum, ms) => sum + ms, bodyMs) <= totalMs + 0.05);
	});
}

test('the phase in which the time was up has the time until then', async () => {
	await using receiver = await startReceiver();
	const clock = new FakeClock();
	await using sender = await localSender({ clock });
	/** The attempt's timings, and how long it was at least in the phase that ended it. */
	const timesUp = async (when: 'before-headers' | 'after-headers') => {
		const { result } = await begin({ sender, receiver, treatment: { kind: 'hang', when } }, { deadlineMs: 250 });
		const from = performance.now();
		while (performance.now() - from < 5) assert.equal(brief(await sender.send(requestTo(receiver.url()))), '200');
		const phaseMs = performance.now() - from;
		await clock.advance(250);
		return { phaseMs, timings: failure(await result).timings };
	};
	const silent = await timesUp('before-headers');
	assert.ok((silent.timings.firstByteMs ?? 0) + 0.05 >= silent.phaseMs, JSON.stringify(silent));
	assert.equal(silent.timings.bodyMs, undefined);
	const halfway = await timesUp('after-headers');
	assert.ok((halfway.timings.bodyMs ?? 0) + 0.05 >= halfway.phaseMs, JSON.stringify(halfway));
});

async function fail(url: string, request: Partial<OutboundRequest> = {}, options: Partial<GuardedSenderOptions> = {}): Promise<Failure> {
	await using sender = await localSender(options);
	return failure(await sender.send(requestTo(url, request)));
}

function askedOf(server: string): dns.Resolver {
	const resolver = new dns.Resolver({ timeout: 60_000, tries: 1 });
	resolver.setServers([server]);
	return resolver;
}

async function closedPort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	await once(server, 'close');
	return typeof address === 'object' && address ? address.port : 0;
}
