/** The authority of the tests: one a process, made when first asked for. Servers of the tests use its certificates, and senders trust it. */
import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { type Authority, createAuthority, type IssuedCertificate, LOCAL_NAMES } from '../../src/cli/certificates.ts';

let authority: Promise<Authority> | undefined;
let localCertificate: Promise<IssuedCertificate> | undefined;

export function testAuthority(): Promise<Authority> {
	authority ??= createAuthority({ now: Date.now, name: 'Recado test authority' });
	return authority;
}

/** For localhost, 127.0.0.1, ::1 and `<anything>.hooks.test`, for as many receivers as there are. */
export function testCertificate(): Promise<IssuedCertificate> {
	localCertificate ??= testAuthority().then((made) => made.issue({ names: [...LOCAL_NAMES, 'a.localhost', '*.hooks.test'] }));
	return localCertificate;
}

/** Issued by nobody but itself. */
export async function selfSignedCertificate(name: string): Promise<IssuedCertificate> {
	const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
	const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
	const certificate = await x509.X509CertificateGenerator.createSelfSigned(
		{
			serialNumber: `40${randomBytes(8).toString('hex')}`,
			name: [{ CN: [name] }],
			notBefore: new Date(Date.now() - 3_600_000),
			notAfter: new Date(Date.now() + 3_600_000),
			keys,
			signingAlgorithm: algorithm,
			extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: name }])],
		},
		webcrypto,
	);
	const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
	return { certPem: certificate.toString('pem'), keyPem: x509.PemConverter.encode(key, 'PRIVATE KEY') };
}
