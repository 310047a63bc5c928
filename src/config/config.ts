/**
 * The configuration as the gateway uses it: plain values grouped by the room that reads them, durations in milliseconds, secrets as `Secret`.
 * `options.ts` has the same shape and says of each value which variable sets it.
 */
import type { Secret } from './secret.ts';

/** Plain values by the room that reads them. */
export interface Rooms {
	readonly http: {
		readonly host: string;
		/** 0: any free port. */
		readonly port: number;
		/** The origin under which others reach the gateway, without a slash at the end; undefined: its own address. */
		readonly publicUrl?: string;
		/** CIDRs of proxies whose `X-Forwarded-For` is believed. */
		readonly trustedProxies: readonly string[];
		readonly bodyBytesMax: number;
	};
	readonly store: {
		/** Absolute path. */
		readonly directory: string;
		/** `postgres://…`; undefined: the embedded store. It holds a password. */
		readonly databaseUrl?: Secret;
		/** PEM certificates that the database's certificate must come from, which turns TLS on; undefined: as the URL says. */
		readonly databaseCa?: string;
		readonly databaseReaders: number;
		readonly databaseConnectTimeoutMs: number;
		readonly databaseStatementTimeoutMs: number;
		readonly databasePooler: DatabasePooler;
		readonly leaseMs: number;
	};
	readonly secrets: {
		readonly adminToken: Secret;
		/** 32 bytes. */
		readonly key: Secret<Uint8Array>;
		/** 32 bytes: the key before the current one, while it is being rotated out. */
		readonly previousKey?: Secret<Uint8Array>;
	};
	readonly delivery: {
		readonly attemptDeadlineMs: number;
		readonly responseBytesKept: number;
		readonly responseBytesMax: number;
		readonly concurrencyPerWebhook: number;
		readonly inFlightMax: number;
		readonly pendingBytesMax: number;
		readonly probeMs: number;
		readonly probeCeilingMs: number;
		/** The delays between attempts, the first one before the first attempt. */
		readonly scheduleMs: readonly number[];
		readonly patienceMs: number;
		readonly laneHoldMs: number;
		readonly secretOverlapMs: number;
	};
	readonly janitor: {
		readonly intervalMs: number;
		readonly batch: number;
		readonly breathMs: number;
		readonly retentionMs: number;
	};
	readonly jobs: {
		readonly batch: number;
		readonly pauseMs: number;
	};
	readonly net: {
		/** CIDRs that the guard lets through. */
		readonly allow: readonly string[];
		/** PEM certificates, trusted besides the system's. */
		readonly ca?: string;
		readonly idleConnectionsMax: number;
	};
	readonly messaging: {
		readonly queueMax: number;
		readonly transcriptMessagesMax: number;
	};
	readonly media: {
		readonly bytesMax: number;
		readonly documentBytesMax: number;
		readonly deadlineMs: number;
		readonly linkMs: number;
	};
	readonly simulator: {
		readonly seed: number;
	};
	readonly access: {
		/** Of one credential; 0: no limit. */
		readonly requestsPerSecond: number;
		readonly burst: number;
		readonly auditRetentionMs: number;
		readonly sessionMs: number;
		/** Without a request. */
		readonly sessionIdleMs: number;
	};
	/** Who knows who people are; issuer and client are both there, or neither. */
	readonly oidc: {
		readonly issuer?: string;
		readonly clientId?: string;
		readonly clientSecret?: Secret;
		/** E-mails, in lower case. */
		readonly admins: readonly string[];
	};
	readonly console: {
		/** Live streams served at once. */
		readonly streamsMax: number;
		/** Of one credential. */
		readonly streamsOfOneMax: number;
	};
	readonly health: {
		readonly readyOldestDueMaxMs: number;
	};
	readonly tracing: {
		/** Of a collector, without a path; undefined: nothing is sent. */
		readonly otlpUrl?: string;
		/** 0 to 1. */
		readonly sampleRatio: number;
	};
	readonly shutdown: {
		readonly graceMs: number;
	};
	readonly log: {
		readonly level: LogLevel;
	};
}

export interface Config extends Rooms {
	/** What was set, by the names of variables, as it was written; the others have their defaults. */
	readonly given: Given;
}

/** Whoever marks an option as secret has its text wrapped. */
export type Given = ReadonlyMap<string, string | Secret>;

export const LOG_LEVELS: readonly ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] = [
	'trace',
	'debug',
	'info',
	'warn',
	'error',
	'fatal',
	'silent',
];
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What stands between the gateway and PostgreSQL. Behind a `transaction` pooler there is no LISTEN, and no statement is prepared by name. */
export const DATABASE_POOLERS: readonly ['none', 'transaction'] = ['none', 'transaction'];
export type DatabasePooler = (typeof DATABASE_POOLERS)[number];
