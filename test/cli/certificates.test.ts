/** Certificates of the local authority are accepted by Node, OpenSSL and curl, and the authority can be kept. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { type Authority, createAuthority, LOCAL_NAMES, loadAuthority } from '../../src/cli/certificates.ts';
import { startReceiver } from '../support/receiver.ts';

const run = promisify(execFile);
const now = Date.now;

test('a certificate is for its names, signed by its authority, and for servers alone', async () => {
	const authority = await createAuthority({ now });
	const { certPem, keyPem } = await authority.issue({ names: [...LOCAL_NAMES, 'hook.example.com'] });
	const certificate = new X509Certificate(certPem);
	const root = new X509Certificate(authority.certificatePem);
	for (const name of ['localhost', 'hook.example.com']) assert.equal(certificate.checkHost(name), name);
	for (const address of ['127.0.0.1', '::1']) assert.ok(certificate.checkIP(address), address);
	assert.equal(certificate.checkHost('other.example.com'), undefined);
	assert.ok(certificate.verify(root.publicKey));
	assert.ok(certificate.checkIssued(root));
	assert.equal(certificate.ca, false);
	assert.equal(root.ca, true);
	assert.deepEqual(certificate.keyUsage, ['1.3.6.1.5.5.7.3.1']);
	assert.ok(keyPem.startsWith('-----BEGIN PRIVATE KEY-----\n'));
	assert.notEqual(new X509Certificate((await authority.issue({ names: ['a.test'] })).certPem).serialNumber, certificate.serialNumber);
});

test('its times are those that were wished', async () => {
	const authority = await createAuthority({ now });
	const { certPem } = await authority.issue({
		names: ['a.test'],
		notBefore: new Date('2026-01-01T00:00:00Z'),
		notAfter: new Date('2026-02-01T00:00:00Z'),
	});
	const { validFromDate, validToDate } = new X509Certificate(certPem);
	assert.equal(validFromDate.toISOString(), '2026-01-01T00:00:00.000Z');
	assert.equal(validToDate.toISOString(), '2026-02-01T00:00:00.000Z');
});

test('an authority that was kept goes on; one that is of no use is not loaded', async () => {
	const authority = await createAuthority({ now });
	const { certificatePem, keyPem } = authority;
	const loaded = await loadAuthority({ certificatePem, keyPem }, { now });
	assert.ok(loaded);
	const { certPem } = await loaded.issue({ names: ['a.test'] });
	assert.ok(new X509Certificate(certPem).verify(new X509Certificate(certificatePem).publicKey));

	const other = await createAuthority({ now });
	assert.equal(await loadAuthority({ certificatePem, keyPem: other.keyPem }, { now }), undefined);
	assert.equal(await loadAuthority({ certificatePem: 'nonsense', keyPem }, { now }), undefined);
	assert.equal(await loadAuthority({ certificatePem, keyPem: '' }, { now }), undefined);
	assert.equal(await loadAuthority({ certificatePem, keyPem }, { now: () => now() + 11 * 365 * 86_400_000 }), undefined);
	const leaf = await authority.issue({ names: ['a.test'] });
	assert.equal(await loadAuthority({ certificatePem: leaf.certPem, keyPem: leaf.keyPem }, { now }), undefined);
});

test('OpenSSL accepts it, strictly', async (context) => {
	if (!(await isInstalled('openssl', 'version'))) return context.diagnostic('openssl is not installed');
	await using files = await writeFiles(await createAuthority({ now }));
	const { stdout } = await run('openssl', ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', files.ca, files.certificate]);
	assert.match(stdout, /OK/);
});

test('curl accepts it with --cacert, by name and by address', async (context) => {
	if (!(await isInstalled('curl', '--version'))) return context.diagnostic('curl is not installed');
	const authority = await createAuthority({ now });
	await using files = await writeFiles(authority);
	await using receiver = await startReceiver({
		certificate: await authority.issue({ names: LOCAL_NAMES }),
		treat: { kind: 'answer', status: 200, body: 'ok' },
	});
	for (const host of ['127.0.0.1', 'localhost']) {
		const { stdout } = await run('curl', ['-sS', '--noproxy', '*', '-4', '--cacert', files.ca, receiver.url('/', host)]);
		assert.equal(stdout, 'ok');
	}
});

async function isInstalled(command: string, argument: string): Promise<boolean> {
	return run(command, [argument]).then(
		() => true,
		() => false,
	);
}

async function writeFiles(authority: Authority): Promise<AsyncDisposable & { readonly ca: string; readonly certificate: string }> {
	const directory = await mkdtemp(join(tmpdir(), 'recado-certificates-'));
	const [ca, certificate] = [join(directory, 'ca.pem'), join(directory, 'certificate.pem')];
	await writeFile(ca, authority.certificatePem);
	await writeFile(certificate, (await authority.issue({ names: LOCAL_NAMES })).certPem);
	return { ca, certificate, [Symbol.asyncDispose]: () => rm(directory, { recursive: true }) };
}
