/** What a run of the benchmark has on this machine: a directory that is removed at its end, and an authority with a certificate for loopback. */
import { rmSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority } from '../../src/cli/certificates.ts';
import { isRoot, NOBODY } from './servers.ts';

export interface Certificates {
	readonly ca: string;
	readonly cert: string;
	readonly key: string;
}

export class Workspace implements AsyncDisposable {
	readonly directory: string;
	readonly certificates: Certificates;
	#made = 0;

	private constructor(directory: string, certificates: Certificates) {
		this.directory = directory;
		this.certificates = certificates;
	}

	static async open(): Promise<Workspace> {
		const directory = await mkdtemp(join(tmpdir(), 'recado-bench-'));
		await chmod(directory, 0o755);
		// Also where the run is broken off.
		process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
		const authority = await createAuthority({ now: Date.now });
		const { certPem, keyPem } = await authority.issue({ names: ['127.0.0.1', 'localhost'] });
		return new Workspace(directory, { ca: authority.certificatePem, cert: certPem, key: keyPem });
	}

	/** A new directory; `forServer`: owned by whoever runs servers of others. */
	async room(name: string, { forServer = false }: { readonly forServer?: boolean } = {}): Promise<string> {
		this.#made += 1;
		const room = join(this.directory, `${name}-${this.#made}`);
		await mkdir(room, { mode: 0o700 });
		if (forServer && isRoot()) await chown(room, NOBODY, NOBODY);
		return room;
	}

	async writeForServer(file: string, text: string): Promise<void> {
		await writeFile(file, text, { mode: 0o600 });
		if (isRoot()) await chown(file, NOBODY, NOBODY);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await rm(this.directory, { recursive: true, force: true });
	}
}
