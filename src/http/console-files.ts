/**
 * The console: the files that its build left in a directory, served from memory. What has a hash in its name never changes and is kept by browsers for
 * a year; the page itself is asked for each time, and comes with a policy under which it runs nothing but these files and speaks to nobody but us. What
 * strangers uploaded is on the same origin (`/media/…`): so where a script comes from proves nothing, and only the nonce of this very page does.
 */
import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RecadoError } from '../errors.ts';

/** Where the browser's own paths begin; each is the same page, which shows what the path says. */
export const CONSOLE_PREFIX = '/console';

/** What the build wrote where a nonce has to stand (`console/vite.config.ts`). */
const NONCE_PLACE = /RECADO_NONCE/g;
const NONCE_BYTES = 18;
const PAGE = 'index.html';
/** The build puts what has its hash in its name there. */
const HASHED = /^assets\//;

const TYPES: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.svg': 'image/svg+xml',
};

/** Encodings by the ending of the file that holds them, the smaller first. */
const ENCODINGS = [
	['br', '.br'],
	['gzip', '.gz'],
] as const;

interface ConsoleFile {
	readonly type: string;
	readonly etag: string;
	readonly isHashed: boolean;
	readonly bytes: Buffer;
	readonly encoded: ReadonlyMap<string, Buffer>;
}

export interface ConsoleFiles {
	readonly page: string;
	/** By the path under which they are asked for: `/assets/index-….js`. */
	readonly files: ReadonlyMap<string, ConsoleFile>;
}

/** Undefined where nothing was built there. */
export async function readConsole(directory: string): Promise<ConsoleFiles | undefined> {
	const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
	const names = entries.filter((entry) => entry.isFile()).map((entry) => relative(directory, join(entry.parentPath, entry.name)));
	if (!names.includes(PAGE)) return undefined;
	const there = new Set(names);
	const served = names.filter((name) => name !== PAGE && TYPES[extname(name)] !== undefined);
	const files = new Map<string, ConsoleFile>();
	for (const name of served) files.set(`/${name.split(sep).join('/')}`, await readOne(directory, name, there));
	return { page: await readFile(join(directory, PAGE), 'utf8'), files };
}

/** Adds the routes of the console. */
export function registerConsole(app: FastifyInstance, { page, files }: ConsoleFiles): void {
	for (const [path, file] of files) app.get(path, (request, reply) => sendFile(request, reply, file));
	for (const path of ['/', CONSOLE_PREFIX, `${CONSOLE_PREFIX}/*`]) app.get(path, (_request, reply) => sendPage(reply, page));
	// One that an older page asks for, after an update: there is nothing under its name any more.
	app.get('/assets/*', () => {
		throw new RecadoError('not_found');
	});
}

async function readOne(directory: string, name: string, there: ReadonlySet<string>): Promise<ConsoleFile> {
	const bytes = await readFile(join(directory, name));
	const encoded = new Map<string, Buffer>();
	for (const [encoding, ending] of ENCODINGS) {
		if (there.has(name + ending)) encoded.set(encoding, await readFile(join(directory, name + ending)));
	}
	const etag = `"${createHash('sha256').update(bytes).digest('base64url')}"`;
	return {
		type: TYPES[extname(name)] ?? 'application/octet-stream',
		etag,
		isHashed: HASHED.test(name.split(sep).join('/')),
		bytes,
		encoded,
	};
}

function sendFile(request: FastifyRequest, reply: FastifyReply, file: ConsoleFile): FastifyReply {
	const { type, etag, isHashed, bytes, encoded } = file;
	reply
		.type(type)
		.headers({ etag, vary: 'accept-encoding', 'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache' });
	if (request.headers['if-none-match'] === etag) return reply.code(304).send();
	const accepted = acceptedOf(request);
	for (const [encoding, body] of encoded) {
		if (accepted.has(encoding)) return reply.header('content-encoding', encoding).send(body);
	}
	return reply.send(bytes);
}

/** RFC 9110, section 12.5.3; one with a weight of 0 is refused. */
function acceptedOf({ headers }: FastifyRequest): ReadonlySet<string> {
	const given = String(headers['accept-encoding'] ?? '').split(',');
	return new Set(given.filter((one) => !/;\s*q=0(\.0+)?\s*$/.test(one)).map((one) => (one.split(';')[0] ?? '').trim().toLowerCase()));
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
	const nonce = randomBytes(NONCE_BYTES).toString('base64');
	reply.type('text/html; charset=utf-8').headers({ 'content-security-policy': policy(nonce), 'cache-control': 'no-cache' });
	return reply.send(page.replace(NONCE_PLACE, nonce));
}

/** https://www.w3.org/TR/CSP3/. Media of messages are ours as well (`/media/…`); what a person is about to send is shown from memory (`blob:`). */
function policy(nonce: string): string {
	return [
		"default-src 'none'",
		// Modules that a script with the nonce imports have it as well.
		`script-src 'nonce-${nonce}'`,
		`style-src 'nonce-${nonce}'`,
		"connect-src 'self'",
		"img-src 'self' data: blob:",
		"media-src 'self' blob:",
		"form-action 'self'",
		"base-uri 'none'",
		"frame-ancestors 'none'",
	].join('; ');
}
