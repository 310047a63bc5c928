/** What exactly went wrong is told beside the class: by what happens on real sockets, and by each code that a handshake or an answer can fail with. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AttemptErrorCause } from '../../src/domain/attempt.ts';
import { faultOf } from '../../src/net/attempt-fault.ts';
import { tlsFault } from '../../src/net/tls-fault.ts';
import { selfSignedCertificate } from '../support/certificates.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeResolver } from '../support/fake-resolver.ts';
import { type ReceiverOptions, startReceiver } from '../support/receiver.ts';
import { begin, failure, localSender, requestTo } from './sending.ts';

const DEADLINE_MS = 250;

async function causeAt(options: ReceiverOptions): Promise<AttemptErrorCause | undefined> {
	await using receiver = await startReceiver(options);
	await using sender = await localSender();
	return failure(await sender.send(requestTo(receiver.url()))).errorCause;
}

/** Where the time is up when the answer has come so far. */
async function causeOfHanging(when: 'before-headers' | 'after-headers'): Promise<AttemptErrorCause | undefined> {
	await using receiver = await startReceiver();
	const clock = new FakeClock();
	await using sender = await localSender({ clock });
	const { result } = await begin({ sender, receiver, treatment: { kind: 'hang', when } }, { deadlineMs: DEADLINE_MS });
	await clock.advance(DEADLINE_MS);
	return failure(await result).errorCause;
}

test('on real sockets: late, unanswered, of the wrong certificate, refused', async () => {
	assert.equal(await causeOfHanging('before-headers'), 'late-first-byte');
	assert.equal(await causeOfHanging('after-headers'), 'late-end');
	assert.equal(await causeAt({ treat: { kind: 'reset', when: 'after-headers' } }), undefined, 'the class says it all');
	assert.equal(await causeAt({ certificate: await selfSignedCertificate('127.0.0.1') }), 'certificate-self-signed');
	await using sender = await localSender();
	const receiver = await startReceiver();
	const gone = receiver.url();
	await receiver[Symbol.asyncDispose]();
	assert.equal(failure(await sender.send(requestTo(gone))).errorCause, 'connection-refused');
});

test('of DNS: no such name, no address, no answer; a name that is still looked up is late there', async () => {
	const lookup = Promise.withResolvers<readonly string[]>();
	const resolver = new FakeResolver({ 'silent.hooks.test': 'ETIMEOUT', 'empty.hooks.test': [], 'slow.hooks.test': lookup.promise });
	await using sender = await localSender({ resolver });
	const causeOf = async (host: string, deadlineMs?: number): Promise<unknown> => {
		const request = requestTo(`https://${host}/`, deadlineMs === undefined ? {} : { deadlineMs });
		const { errorClass, errorCause } = failure(await sender.send(request));
		return [errorClass, errorCause];
	};
	assert.deepEqual(await causeOf('gone.hooks.test'), ['dns', 'name-unknown']);
	assert.deepEqual(await causeOf('empty.hooks.test'), ['dns', 'name-unknown']);
	assert.deepEqual(await causeOf('silent.hooks.test'), ['dns', 'dns-unavailable']);
	assert.deepEqual(await causeOf('slow.hooks.test', DEADLINE_MS), ['timeout', 'late-in-dns']);
	lookup.resolve([]);
});

test('by the code of a handshake or of an answer', () => {
	const coded = (code: string): Error => Object.assign(new Error('x'), { code });
	const ofTls: readonly (readonly [string, AttemptErrorCause])[] = [
		['CERT_HAS_EXPIRED', 'certificate-expired'],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate-self-signed'],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate-untrusted'],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-of-other-name'],
		['INVALID_PURPOSE', 'certificate-unfit'],
		['ERR_SSL_WRONG_VERSION_NUMBER', 'handshake-failed'],
	];
	for (const [code, cause] of ofTls) assert.equal(tlsFault('loja.example', coded(code)).errorCause, cause, code);
	assert.equal(faultOf(coded('UND_ERR_RES_CONTENT_LENGTH_MISMATCH')).errorCause, 'cut-short');
	assert.equal(faultOf(coded('HPE_INVALID_CONSTANT')).errorCause, 'not-http');
	assert.equal(faultOf(coded('UND_ERR_HEADERS_OVERFLOW')).errorCause, undefined);
});
