/** The doctor's checks of the machine: Node.js, the clock, the port and the limits of the process. */
import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { OPTIONS } from '../config/options.ts';
import { type Check, directoryOf, settingOf } from './doctor-finding.ts';
import { isObject } from './json.ts';
import { codeOf, failureToListen } from './port-taken.ts';

const NODE_MAJOR_MIN = 24;

/** Before this version existed, and after anybody runs it: a clock outside is not set. */
const YEAR_MIN = 2_026;
const YEAR_MAX = 2_100;
/** File systems round times, and a clock that is being disciplined moves by less. */
const CLOCK_SLACK_MS = 10_000;

/** Files, the log, connections that come in: what the process needs beside its attempts. */
const FILES_BESIDE_ATTEMPTS = 512;

export const checkNode: Check = async () => {
	const major = Number(process.versions.node.split('.')[0]);
	const detail = `version ${process.versions.node}, OpenSSL ${process.versions.openssl}`;
	if (major >= NODE_MAJOR_MIN) return [{ state: 'ok', about: 'Node.js', detail }];
	return [{ state: 'fail', about: 'Node.js', detail, advice: `install Node.js ${NODE_MAJOR_MIN} or later, or run it by: npm run recado` }];
};

/**
 * Signatures carry the time and receivers refuse one that is five minutes off. No other machine is asked: what can be seen from here is
 * a clock that was never set, and one that stands before something that has already been written.
 */
export const checkClock: Check = async (environment) => {
	const now = new Date();
	const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
	const detail = `${now.toISOString()}, time zone ${zone} (everything is stored in UTC)`;
	const advice = 'let the machine keep its clock by NTP (timedatectl set-ntp true)';
	if (now.getUTCFullYear() < YEAR_MIN || now.getUTCFullYear() > YEAR_MAX)
		return [{ state: 'fail', about: 'clock', detail: `it says ${detail}`, advice }];
	const newest = await newestChange(directoryOf(environment));
	if (newest > now.getTime() + CLOCK_SLACK_MS) {
		const written = new Date(newest).toISOString();
		return [{ state: 'warn', about: 'clock', detail: `it says ${now.toISOString()}, but the data were written at ${written}`, advice }];
	}
	return [{ state: 'ok', about: 'clock', detail }];
};

async function newestChange(directory: string): Promise<number> {
	const names = await readdir(directory).catch(() => []);
	const times = await Promise.all(names.map(async (name) => (await stat(join(directory, name)).catch(() => undefined))?.mtimeMs ?? 0));
	return Math.max(0, ...times);
}

export const checkPort: Check = async (environment) => {
	const host = settingOf(OPTIONS.http.host, environment) ?? '127.0.0.1';
	const port = settingOf(OPTIONS.http.port, environment) ?? 0;
	const server = createServer();
	try {
		server.listen(port, host);
		await once(server, 'listening');
		server.close();
		return [{ state: 'ok', about: 'port', detail: port === 0 ? `any free one at ${host}` : `${host} port ${port} is free` }];
	} catch (error) {
		const detail = failureToListen(error, { host, port, option: OPTIONS.http.port.env });
		if (codeOf(error) !== 'EADDRINUSE') return [{ state: 'fail', about: 'port', detail, advice: 'set RECADO_HOST and RECADO_PORT' }];
		return [{ state: 'warn', about: 'port', detail, advice: 'nothing to do if that program is this gateway' }];
	}
};

/** Each attempt in flight is a connection, and each connection a file. */
export const checkFileLimit: Check = async (environment) => {
	const limit = openFilesMax();
	const attempts = settingOf(OPTIONS.delivery.inFlightMax, environment) ?? 0;
	const needed = attempts + FILES_BESIDE_ATTEMPTS;
	if (limit === undefined) return [{ state: 'ok', about: 'open files', detail: 'this system has no limit' }];
	const detail = `the process may have ${limit} open files; ${attempts} attempts in flight need about ${needed}`;
	if (limit >= needed) return [{ state: 'ok', about: 'open files', detail }];
	const advice = `raise it (ulimit -n ${needed}, LimitNOFILE= in systemd) or lower ${OPTIONS.delivery.inFlightMax.env}`;
	return [{ state: 'warn', about: 'open files', detail, advice }];
};

/** The soft limit, from the diagnostic report: Node.js has no other way to ask for it. */
function openFilesMax(): number | undefined {
	// Else the report looks up the names of all peers. (Newer than its type.)
	Object.assign(process.report, { excludeNetwork: true });
	const report: unknown = process.report.getReport();
	const limits = isObject(report) ? report['userLimits'] : undefined;
	const files = isObject(limits) ? limits['open_files'] : undefined;
	const soft = isObject(files) ? files['soft'] : undefined;
	return typeof soft === 'number' ? soft : undefined;
}
