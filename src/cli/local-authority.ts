/** The certificate authority of a data directory: made once, kept, and found again, so that whoever trusts its certificate goes on to. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Authority } from './certificates.ts';

/** What to trust: `RECADO_WEBHOOK_CA`, `curl --cacert`. */
export const AUTHORITY_FILE = 'ca.pem';
const KEY_FILE = 'ca-key.pem';

/** Makes another one where the kept one is of no use any more (expired, damaged). */
export async function openAuthority(directory: string): Promise<Authority> {
	// Imported when needed: it is the one large library of the command, and most subcommands go without.
	const { createAuthority, loadAuthority } = await import('./certificates.ts');
	const now = (): number => Date.now();
	const [certificatePem, keyPem] = await Promise.all([AUTHORITY_FILE, KEY_FILE].map((name) => readIfThere(join(directory, name))));
	const kept = certificatePem && keyPem ? await loadAuthority({ certificatePem, keyPem }, { now }) : undefined;
	if (kept) return kept;
	const made = await createAuthority({ now });
	await mkdir(directory, { recursive: true, mode: 0o700 });
	// The key first: a certificate without its key would be of no use, and both are made anew.
	await writeFile(join(directory, KEY_FILE), made.keyPem, { mode: 0o600 });
	await writeFile(join(directory, AUTHORITY_FILE), made.certificatePem);
	return made;
}

async function readIfThere(path: string): Promise<string | undefined> {
	return readFile(path, 'utf8').catch(() => undefined);
}
