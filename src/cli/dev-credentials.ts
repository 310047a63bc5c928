/**
 * What `dev` makes once and finds again: the administrator's token, the secret key and the credentials of its demo account. Kept in its
 * data directory, readable by this user alone.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandFailure } from './failure.ts';
import { isObject, parseObject, textIn } from './json.ts';
import { codeOf } from './port-taken.ts';

export interface DevCredentials {
	readonly adminToken: string;
	/** Base64, 32 bytes. */
	readonly secretKey: string;
	/**
	 * Goes into the idempotency keys with which the demo is created: a start that was cut off between creating and noting creates nothing twice.
	 */
	readonly setupId: string;
	/** Where the gateway of the last start listens, for `recado send`. */
	readonly gateway?: string;
	/** The port that the receiver had, so that registered URLs stay the same. */
	readonly receiverPort?: number;
	readonly demo?: DevDemo;
}

/** The credentials of the demo account. */
export interface DevDemo {
	readonly accountId: string;
	readonly accountToken: string;
	readonly clientToken: string;
	readonly instanceId: string;
	readonly instanceToken: string;
	readonly applicationId: string;
	readonly applicationToken: string;
}

const FILE = 'credentials.json';

/** Those of the directory; new ones, already kept, where it has none. */
export async function openCredentials(directory: string): Promise<DevCredentials> {
	const kept = await readCredentials(directory);
	if (kept) return kept;
	const made = { adminToken: randomBytes(24).toString('hex'), secretKey: randomBytes(32).toString('base64'), setupId: randomUUID() };
	await keepCredentials(directory, made);
	return made;
}

/** Undefined where the directory has none. Throws CommandFailure where the file is there and cannot be understood. */
export async function readCredentials(directory: string): Promise<DevCredentials | undefined> {
	const path = join(directory, FILE);
	const text = await readFile(path, 'utf8').catch((error: unknown) => {
		if (codeOf(error) === 'ENOENT') return undefined;
		throw new CommandFailure(`${path} cannot be read (${codeOf(error) ?? 'unknown reason'})`);
	});
	if (text === undefined) return undefined;
	const credentials = credentialsIn(text);
	if (credentials) return credentials;
	throw new CommandFailure(`${path} is damaged; delete the directory ${directory} to start with a new demo`);
}

function credentialsIn(text: string): DevCredentials | undefined {
	const kept = parseObject(text);
	const [adminToken, secretKey, setupId] = ['adminToken', 'secretKey', 'setupId'].map((name) => textIn(kept, name));
	if (kept === undefined || adminToken === undefined || secretKey === undefined || setupId === undefined) return undefined;
	const gateway = textIn(kept, 'gateway');
	const demo = demoIn(kept['demo']);
	return {
		adminToken,
		secretKey,
		setupId,
		...(gateway === undefined ? {} : { gateway }),
		...(typeof kept['receiverPort'] === 'number' ? { receiverPort: kept['receiverPort'] } : {}),
		...(demo === undefined ? {} : { demo }),
	};
}

function demoIn(kept: unknown): DevDemo | undefined {
	if (!isObject(kept)) return undefined;
	const text = (name: keyof DevDemo): string => textIn(kept, name) ?? '';
	const demo: DevDemo = {
		accountId: text('accountId'),
		accountToken: text('accountToken'),
		clientToken: text('clientToken'),
		instanceId: text('instanceId'),
		instanceToken: text('instanceToken'),
		applicationId: text('applicationId'),
		applicationToken: text('applicationToken'),
	};
	return Object.values(demo).includes('') ? undefined : demo;
}

/** The same without its demo, and with another id for the set-up of the next one. */
export function forgetDemo({ demo: _gone, ...rest }: DevCredentials): DevCredentials {
	return { ...rest, setupId: randomUUID() };
}

/** Replaces the file as a whole, so that a crash leaves the old one or the new one. */
export async function keepCredentials(directory: string, credentials: DevCredentials): Promise<void> {
	await mkdir(directory, { recursive: true, mode: 0o700 });
	const path = join(directory, FILE);
	await writeFile(`${path}.new`, `${JSON.stringify(credentials, undefined, '\t')}\n`, { mode: 0o600 });
	await rename(`${path}.new`, path);
}
