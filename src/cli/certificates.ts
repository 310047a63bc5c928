/**
 * A certificate authority for this machine alone: `recado dev` and `recado listen` receive webhooks over real HTTPS with certificates of
 * its making, and the tests do too. Nothing trusts it unless told to (`RECADO_WEBHOOK_CA`, `curl --cacert`).
 */
import 'reflect-metadata'; // What @peculiar/x509 needs to be loaded at all; it has to come first.
import { createPrivateKey, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';

export interface Authority {
	readonly certificatePem: string;
	/** Its private key (PKCS #8): whoever has it can pose as any server to those who trust the certificate. */
	readonly keyPem: string;
	/** A server certificate with a key of its own. */
	issue(wish: CertificateWish): Promise<IssuedCertificate>;
}

export interface CertificateWish {
	/** DNS names and IP addresses, at least one. */
	readonly names: readonly string[];
	/** Default: an hour ago, for clocks that differ. */
	readonly notBefore?: Date;
	/** Default: in 397 days, the most that browsers accept. */
	readonly notAfter?: Date;
}

export interface IssuedCertificate {
	readonly certPem: string;
	readonly keyPem: string;
}

export interface AuthorityOptions {
	/** Epoch milliseconds. */
	readonly now: () => number;
	/** What certificate viewers show. */
	readonly name?: string;
}

/** The names under which a server on this machine is reached. */
export const LOCAL_NAMES: readonly string[] = ['localhost', '127.0.0.1', '::1'];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const KEY = { name: 'ECDSA', namedCurve: 'P-256' };
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' };

/** A new one, valid for ten years. */
export async function createAuthority(options: AuthorityOptions): Promise<Authority> {
	const keys = await webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
	const name = options.name ?? 'Recado local authority';
	const certificate = await x509.X509CertificateGenerator.createSelfSigned(
		{
			serialNumber: serialNumber(),
			name: [{ CN: [name] }],
			notBefore: new Date(options.now() - HOUR_MS),
			notAfter: new Date(options.now() + 3_650 * DAY_MS),
			keys,
			signingAlgorithm: SIGNATURE,
			extensions: [
				new x509.BasicConstraintsExtension(true, 0, true),
				new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
				await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
			],
		},
		webcrypto,
	);
	return authorityOf(certificate, keys.privateKey, await pemOf(keys.privateKey), options);
}

/** One that was kept; undefined where it is of no use any more (unreadable, expired, a key that is not its own): make another. */
export async function loadAuthority(
	kept: { readonly certificatePem: string; readonly keyPem: string },
	options: AuthorityOptions,
): Promise<Authority | undefined> {
	if (!isUsable(kept.certificatePem, kept.keyPem, options.now())) return undefined;
	const certificate = new x509.X509Certificate(kept.certificatePem);
	const key = await webcrypto.subtle.importKey('pkcs8', x509.PemConverter.decodeFirst(kept.keyPem), KEY, true, ['sign']);
	return authorityOf(certificate, key, kept.keyPem, options);
}

function isUsable(certificatePem: string, keyPem: string, now: number): boolean {
	try {
		const certificate = new X509Certificate(certificatePem);
		const key = createPrivateKey(keyPem);
		return certificate.ca && certificate.checkPrivateKey(key) && certificate.validToDate.getTime() > now;
	} catch {
		return false;
	}
}

function authorityOf(certificate: x509.X509Certificate, key: webcrypto.CryptoKey, keyPem: string, options: AuthorityOptions): Authority {
	return {
		certificatePem: certificatePem(certificate),
		keyPem,
		issue: (wish) => issue(certificate, key, wish, options.now()),
	};
}

async function issue(
	authority: x509.X509Certificate,
	authorityKey: webcrypto.CryptoKey,
	wish: CertificateWish,
	now: number,
): Promise<IssuedCertificate> {
	const keys = await webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
	const certificate = await x509.X509CertificateGenerator.create(
		{
			serialNumber: serialNumber(),
			subject: [{ CN: [wish.names[0] ?? 'localhost'] }],
			issuer: authority.subjectName.toJSON(),
			notBefore: wish.notBefore ?? new Date(now - HOUR_MS),
			notAfter: wish.notAfter ?? new Date(now + 397 * DAY_MS),
			publicKey: keys.publicKey,
			signingKey: authorityKey,
			signingAlgorithm: SIGNATURE,
			extensions: [
				new x509.BasicConstraintsExtension(false, undefined, true),
				new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
				new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
				new x509.SubjectAlternativeNameExtension(
					wish.names.map((name) => (isIP(name) === 0 ? { type: 'dns', value: name } : { type: 'ip', value: name })),
				),
				await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
				await x509.AuthorityKeyIdentifierExtension.create(await authority.publicKey.export(webcrypto), false, webcrypto),
			],
		},
		webcrypto,
	);
	return { certPem: certificatePem(certificate), keyPem: await pemOf(keys.privateKey) };
}

/** Positive and without a leading zero byte, as DER wants its integers. */
function serialNumber(): string {
	const bytes = randomBytes(16);
	bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
	return bytes.toString('hex');
}

function certificatePem(certificate: x509.X509Certificate): string {
	return `${certificate.toString('pem')}\n`;
}

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
	return `${x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`;
}
