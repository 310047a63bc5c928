/**
 * How the connections are encrypted: what the address says of it, and the authority that is given besides. `pg` is told the outcome and no `sslmode`: it
 * would read the weaker ones as `verify-full` with a warning, and its next version will read them in another way.
 */
import { readFile } from 'node:fs/promises';
import type { ConnectionOptions } from 'node:tls';
import type pg from 'pg';

/** Its certificate, and the name in it, are not looked at. */
const UNVERIFIED = 'no-verify';
const PLAIN = 'disable';

const PARAMETERS: readonly string[] = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey'];

/**
 * An authority that is given turns TLS on, whatever the address says; else its `sslmode` does, or a file that it names. A server without TLS is refused
 * then. Rejects where such a file cannot be read: they are read for each connection, since certificates are renewed.
 */
export async function addressAndTls(url: string, ca: string | undefined): Promise<Pick<pg.ClientConfig, 'connectionString' | 'ssl'>> {
	const address = new URL(url);
	const said = new Map(PARAMETERS.map((name) => [name, address.searchParams.get(name) || undefined]));
	// What stands in the address would go before what `pg` is told besides.
	for (const name of PARAMETERS) address.searchParams.delete(name);
	const mode = said.get('sslmode');
	const [root, cert, key] = await Promise.all(['sslrootcert', 'sslcert', 'sslkey'].map((name) => textOf(said.get(name))));
	const isNamed = root !== undefined || cert !== undefined;
	const isOn = ca !== undefined || (mode === undefined ? isNamed : mode !== PLAIN);
	if (!isOn) return { connectionString: address.href, ssl: false };
	const ssl: ConnectionOptions = { rejectUnauthorized: ca !== undefined || mode !== UNVERIFIED };
	const authority = ca ?? root;
	if (authority !== undefined) ssl.ca = authority;
	if (cert !== undefined) ssl.cert = cert;
	if (key !== undefined) ssl.key = key;
	return { connectionString: address.href, ssl };
}

async function textOf(path: string | undefined): Promise<string | undefined> {
	return path === undefined ? undefined : await readFile(path, 'utf8');
}
