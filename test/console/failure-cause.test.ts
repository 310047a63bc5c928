/** Why an attempt failed is told apart by what the gateway really says of it: at whatever words it changes, the page is to change as well. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Cause, causeOf } from '../../console/src/pages/deliveries/failure-cause.ts';
import { faultOf } from '../../src/net/attempt-fault.ts';
import { tlsFault } from '../../src/net/tls-fault.ts';
import { failure, localSender, requestTo } from '../net/sending.ts';
import { selfSignedCertificate } from '../support/certificates.ts';
import { type ReceiverOptions, startReceiver } from '../support/receiver.ts';

const DEADLINE_MS = 250;

async function causeAt(options: ReceiverOptions): Promise<Cause | undefined> {
	await using receiver = await startReceiver(options);
	await using sender = await localSender();
	const { errorClass, message } = failure(await sender.send(requestTo(receiver.url(), { deadlineMs: DEADLINE_MS })));
	return causeOf({ class: errorClass, message });
}

test('what happens on real sockets', async () => {
	assert.equal(await causeAt({ treat: { kind: 'hang', when: 'before-headers' } }), 'noAnswer');
	assert.equal(await causeAt({ treat: { kind: 'hang', when: 'after-headers' } }), 'endless');
	assert.equal(await causeAt({ treat: { kind: 'reset', when: 'after-headers' } }), undefined, 'the class says it all');
	assert.equal(await causeAt({ certificate: await selfSignedCertificate('127.0.0.1') }), 'selfSigned');
	await using sender = await localSender();
	const receiver = await startReceiver();
	const gone = receiver.url();
	await receiver[Symbol.asyncDispose]();
	const { errorClass, message } = failure(await sender.send(requestTo(gone)));
	assert.equal(causeOf({ class: errorClass, message }), 'refused');
});

test('by the code of a handshake or of an answer', () => {
	const coded = (code: string): Error => Object.assign(new Error('x'), { code });
	const ofTls: readonly (readonly [string, Cause])[] = [
		['CERT_HAS_EXPIRED', 'expired'],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'selfSigned'],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'untrusted'],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'otherName'],
		['ERR_SSL_WRONG_VERSION_NUMBER', 'handshake'],
	];
	for (const [code, cause] of ofTls) {
		assert.equal(causeOf({ class: 'tls', message: tlsFault('loja.example', coded(code)).message }), cause, code);
	}
	const { errorClass, message } = faultOf(coded('UND_ERR_RES_CONTENT_LENGTH_MISMATCH'));
	assert.equal(causeOf({ class: errorClass, message }), 'shorter');
	assert.equal(causeOf({ class: 'reset', message: faultOf(coded('HPE_INVALID_CONSTANT')).message }), 'notHttp');
});

test('of the rest the class says all', () => {
	assert.equal(causeOf({ class: 'status' }), undefined);
	const { errorClass, message } = faultOf(Object.assign(new Error('x'), { code: 'UND_ERR_HEADERS_OVERFLOW' }));
	assert.equal(causeOf({ class: errorClass, message }), undefined);
	assert.equal(causeOf({ class: 'refused-by-guard', message: 'loja.example leads to 10.0.0.1' }), undefined);
});
