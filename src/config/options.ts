/**
 * Every option of the gateway, once: the variable that sets it, its default, its unit, what it means (and what happens at a limit) and how
 * it is read. The reference page, `.env.example` and the reading itself are made from this table.
 */
import { DATABASE_POOLERS, LOG_LEVELS, type Rooms } from './config.ts';
import { certificates, cidrs, emails, host, issuer, origin } from './network-readers.ts';
import { bytes, directory, duration, durations, integer, oneOf, part, type Reader, word } from './readers.ts';
import type { Secret } from './secret.ts';
import { clientSecret, databaseUrl, key, token } from './secret-readers.ts';

export interface Option<T> {
	readonly env: string;
	/** As one would write it in the variable; undefined: the value is absent unless set, or has to be set where it is required. */
	readonly default?: string;
	/** `serve` does not start without it. */
	readonly isRequired?: true;
	/** Only whether it is set is ever shown. */
	readonly isSecret?: true;
	readonly unit: string;
	/** One or two sentences for the reference. */
	readonly meaning: string;
	readonly read: Reader<T>;
}

export type Options = {
	readonly [Room in keyof Rooms]: { readonly [Name in keyof Rooms[Room]]-?: OptionOf<Exclude<Rooms[Room][Name], undefined>> };
};

/** What is read as a secret has to be marked as one, and nothing else may be. */
type OptionOf<T> = Option<T> & ([T] extends [Secret<unknown>] ? { readonly isSecret: true } : { readonly isSecret?: never });

/** The longest that a timer of Node.js can wait is 24.8 days. */
const TIMER_MAX = '24d';

export const OPTIONS: Options = {
	http: {
		host: {
			env: 'RECADO_HOST',
			default: '127.0.0.1',
			unit: 'address',
			meaning: 'Where the server listens. `0.0.0.0` or `::` opens it to other machines; put a TLS proxy before it then.',
			read: host,
		},
		port: {
			env: 'RECADO_PORT',
			default: '3000',
			unit: 'TCP port',
			meaning: 'The port it listens on; `0` takes any free one.',
			read: integer({ min: 0, max: 65_535 }),
		},
		publicUrl: {
			env: 'RECADO_PUBLIC_URL',
			unit: 'URL',
			meaning:
				'The address under which others reach the gateway, written into links (media). Unset, it is the address that the server listens on.',
			read: origin,
		},
		trustedProxies: {
			env: 'RECADO_TRUSTED_PROXIES',
			default: '127.0.0.1/32,::1/128',
			unit: 'CIDRs',
			meaning:
				'Proxies before the gateway, separated by commas: where a request comes through one, the address of who asks is read from its `X-Forwarded-For`. Failed sign-ins are counted by that address.',
			read: cidrs,
		},
		bodyBytesMax: {
			env: 'RECADO_BODY_BYTES_MAX',
			default: '24MiB',
			unit: 'bytes',
			meaning:
				'The largest request body; a larger one is answered 413. The default holds a medium of `RECADO_MEDIA_BYTES_MAX` written as Base64.',
			read: bytes({ min: '1KiB', max: '1GiB' }),
		},
	},
	store: {
		directory: {
			env: 'RECADO_DATA',
			default: './data',
			unit: 'directory',
			meaning:
				'Where the embedded store keeps its file, and media in `media/` beside it; made if missing. One gateway process a directory.',
			read: directory,
		},
		databaseUrl: {
			env: 'RECADO_DATABASE_URL',
			isSecret: true,
			unit: 'URL',
			meaning:
				'A PostgreSQL database (15 or later) instead of the embedded store, for several gateway processes: `postgres://user:password@host:5432/recado?sslmode=verify-full`. It is for Recado alone; the first start lays it out. Without `sslmode`, and with `disable`, the connection is not encrypted; `require`, `verify-ca` and `verify-full` all check certificate and name, `no-verify` checks neither.',
			read: databaseUrl,
		},
		databaseCa: {
			env: 'RECADO_DATABASE_CA',
			unit: 'PEM file',
			meaning:
				"The authority that the database's certificate must come from; it turns TLS on, with the name checked, whatever `sslmode` says.",
			read: certificates,
		},
		databaseReaders: {
			env: 'RECADO_DATABASE_READERS',
			default: '3',
			unit: 'connections',
			meaning:
				'Connections that a process reads with. It has up to three more: one writes, one is for work of several steps, one listens. All of the processes have to fit into `max_connections`.',
			read: integer({ min: 1, max: 64 }),
		},
		databaseConnectTimeoutMs: {
			env: 'RECADO_DATABASE_CONNECT_TIMEOUT',
			default: '5s',
			unit: 'duration',
			meaning: 'How long a connection to the database may take to be there; then what needs it is answered 503.',
			read: duration({ min: '100ms', max: '2m' }),
		},
		databaseStatementTimeoutMs: {
			env: 'RECADO_DATABASE_STATEMENT_TIMEOUT',
			default: '30s',
			unit: 'duration',
			meaning:
				'How long the database may work on one statement; then it is ended, and what needs it is answered 503. Behind a pooler it is only given up, five seconds later.',
			read: duration({ min: '100ms', max: '1h' }),
		},
		databasePooler: {
			env: 'RECADO_DATABASE_POOLER',
			default: 'none',
			unit: DATABASE_POOLERS.join(', '),
			meaning:
				'`transaction` where a pooler like PgBouncer shares connections between transactions: statements are not prepared by name, and the processes hear of each other by looking once a second.',
			read: oneOf(DATABASE_POOLERS),
		},
		leaseMs: {
			env: 'RECADO_LEASE',
			default: '10s',
			unit: 'duration',
			meaning:
				'With PostgreSQL: after a process has crashed, the others take over what it had in hand, and its instances, within this time. Every process needs the same.',
			read: duration({ min: '500ms', max: '5m' }),
		},
	},
	secrets: {
		adminToken: {
			env: 'RECADO_ADMIN_TOKEN',
			isRequired: true,
			isSecret: true,
			unit: 'secret',
			meaning: 'The bearer token of the management API: at least 16 visible characters. Make one with `openssl rand -hex 24`.',
			read: token,
		},
		key: {
			env: 'RECADO_SECRET_KEY',
			isRequired: true,
			isSecret: true,
			unit: 'secret',
			meaning:
				'Encrypts webhook secrets and other secrets at rest: 32 bytes as Base64 or hex. Make one with `openssl rand -base64 32`; without it those secrets are lost.',
			read: key,
		},
		previousKey: {
			env: 'RECADO_SECRET_KEY_PREVIOUS',
			isSecret: true,
			unit: 'secret',
			meaning: 'The key before the current one, while it is rotated: what it encrypted can be read, and is encrypted anew at start.',
			read: key,
		},
	},
	delivery: {
		attemptDeadlineMs: {
			env: 'RECADO_ATTEMPT_DEADLINE_MS',
			default: '15000',
			unit: 'milliseconds',
			meaning: 'How long one attempt may take, from looking up the name to the end of the answer; then it has failed as `timeout`.',
			read: integer({ min: 100, max: 120_000 }),
		},
		responseBytesKept: {
			env: 'RECADO_RESPONSE_BYTES_KEPT',
			default: '8KiB',
			unit: 'bytes',
			meaning: "How much of a receiver's answer is kept to be looked at; the rest is cut off.",
			read: bytes({ min: '0', max: '1MiB' }),
		},
		responseBytesMax: {
			env: 'RECADO_RESPONSE_BYTES_MAX',
			default: '1MiB',
			unit: 'bytes',
			meaning: "How much of a receiver's answer is read; beyond it the connection is closed and the attempt counts by its status.",
			read: bytes({ min: '1KiB', max: '64MiB' }),
		},
		concurrencyPerWebhook: {
			env: 'RECADO_WEBHOOK_CONCURRENCY',
			default: '32',
			unit: 'attempts',
			meaning: 'Attempts in flight for one webhook at a time, where it has no number of its own; further deliveries of it wait.',
			read: integer({ min: 1, max: 4_096 }),
		},
		inFlightMax: {
			env: 'RECADO_ATTEMPTS_IN_FLIGHT_MAX',
			default: '1024',
			unit: 'attempts',
			meaning: 'Attempts in flight over all webhooks. A webhook may have a quarter of what is free of them, up to its own concurrency.',
			read: integer({ min: 4, max: 16_384 }),
		},
		pendingBytesMax: {
			env: 'RECADO_PENDING_MEMORY',
			default: '64MiB',
			unit: 'bytes',
			meaning: 'Memory for deliveries that are being attempted or about to be; whatever is beyond it waits in the store and streams in.',
			read: bytes({ min: '1MiB', max: '8GiB' }),
		},
		probeMs: {
			env: 'RECADO_PROBE_FIRST',
			default: '1s',
			unit: 'duration',
			meaning: 'A webhook that fails altogether is probed after this pause; the pause doubles with each probe that fails.',
			read: duration({ min: '10ms', max: '1h' }),
		},
		probeCeilingMs: {
			env: 'RECADO_PROBE_CEILING',
			default: '30s',
			unit: 'duration',
			meaning: 'The longest pause between two probes of a failing webhook: how late its return is noticed.',
			read: duration({ min: '10ms', max: '1h' }),
		},
		scheduleMs: {
			env: 'RECADO_RETRY_SCHEDULE',
			default: '0s,5s,5m,30m,2h,5h,10h,14h,20h,24h',
			unit: 'durations',
			meaning:
				'The delay before each attempt, the first one included. A delivery whose last attempt fails is dead: kept, visible, replayable. A webhook may have a schedule of its own.',
			read: durations({ max: TIMER_MAX, countMax: 50 }),
		},
		patienceMs: {
			env: 'RECADO_DELIVERY_PATIENCE',
			default: '76h',
			unit: 'duration',
			meaning:
				'A delivery older than this is dead when its attempt fails, even if its schedule goes on, and while its webhook is not reached at all. A webhook may have its own.',
			read: duration({ min: '1m', max: '365d' }),
		},
		laneHoldMs: {
			env: 'RECADO_LANE_HOLD',
			default: '10m',
			unit: 'duration',
			meaning:
				'How long a failing delivery holds back the later ones of its chat while its webhook is otherwise healthy; then they overtake it.',
			read: duration({ min: '1s', max: TIMER_MAX }),
		},
		secretOverlapMs: {
			env: 'RECADO_SECRET_OVERLAP',
			default: '24h',
			unit: 'duration',
			meaning: 'How long the old secret of a webhook still signs, beside the new one, after a rotation.',
			read: duration({ min: '0s', max: '365d' }),
		},
	},
	janitor: {
		retentionMs: {
			env: 'RECADO_RETENTION',
			default: '30d',
			unit: 'duration',
			meaning: 'How long settled deliveries with their attempts, and events, are kept; older ones are deleted a few at a time.',
			read: duration({ min: '1m', max: '3650d' }),
		},
		intervalMs: {
			env: 'RECADO_JANITOR_INTERVAL',
			default: '30s',
			unit: 'duration',
			meaning: 'How often the gateway looks for what is too old, and for webhooks being deleted that have nothing left.',
			read: duration({ min: '100ms', max: '1d' }),
		},
		batch: {
			env: 'RECADO_JANITOR_BATCH',
			default: '500',
			unit: 'rows',
			meaning: 'How much of that is deleted, cancelled or given up in one write: what else is written waits so long.',
			read: integer({ min: 1, max: 10_000 }),
		},
		breathMs: {
			env: 'RECADO_JANITOR_BREATH',
			default: '50ms',
			unit: 'duration',
			meaning: 'The pause between two such writes.',
			read: duration({ min: '0s', max: '1m' }),
		},
	},
	jobs: {
		batch: {
			env: 'RECADO_JOB_BATCH',
			default: '200',
			unit: 'deliveries',
			meaning: 'How many deliveries a job replays or discards in one write.',
			read: integer({ min: 1, max: 10_000 }),
		},
		pauseMs: {
			env: 'RECADO_JOB_PAUSE',
			default: '0s',
			unit: 'duration',
			meaning: 'The pause between two batches of a job; longer, it takes less from everything else.',
			read: duration({ min: '0s', max: '1m' }),
		},
	},
	net: {
		allow: {
			env: 'RECADO_WEBHOOK_ALLOW',
			default: '',
			unit: 'CIDRs',
			meaning:
				'Addresses that webhooks may reach, and media be fetched from, although they are private, loopback or otherwise refused, as CIDRs separated by commas: `10.1.2.0/24,127.0.0.1/32`.',
			read: cidrs,
		},
		ca: {
			env: 'RECADO_WEBHOOK_CA',
			unit: 'PEM file',
			meaning: "Certificates that are trusted for webhooks and media besides the system's, for servers with a private authority.",
			read: certificates,
		},
		idleConnectionsMax: {
			env: 'RECADO_IDLE_CONNECTIONS_MAX',
			default: '512',
			unit: 'connections',
			meaning:
				'Connections kept open for the next attempt, over all receivers; at the limit the one that has rested longest is closed. Those in use come on top: one for each attempt in flight.',
			read: integer({ min: 0, max: 16_384 }),
		},
	},
	messaging: {
		queueMax: {
			env: 'RECADO_QUEUE_MAX',
			default: '1000',
			unit: 'messages',
			meaning: 'Messages that may wait in the queue of one instance; a further one is answered 429.',
			read: integer({ min: 1, max: 1_000_000 }),
		},
		transcriptMessagesMax: {
			env: 'RECADO_TRANSCRIPT_MESSAGES_MAX',
			default: '5000',
			unit: 'messages',
			meaning: 'Messages in the transcript of an attendance webhook; of a longer attendance the latest ones are told.',
			read: integer({ min: 1, max: 100_000 }),
		},
	},
	media: {
		bytesMax: {
			env: 'RECADO_MEDIA_BYTES_MAX',
			default: '16MiB',
			unit: 'bytes',
			meaning:
				'The largest picture, video, sound or sticker, as Base64 or at an URL; a larger one is answered 413. WhatsApp itself takes no larger video or sound.',
			read: bytes({ min: '1KiB', max: '512MiB' }),
		},
		documentBytesMax: {
			env: 'RECADO_DOCUMENT_BYTES_MAX',
			default: '100MiB',
			unit: 'bytes',
			meaning: 'The largest document; a larger one is answered 413. As Base64 it has to fit into `RECADO_BODY_BYTES_MAX` as well.',
			read: bytes({ min: '1KiB', max: '2GiB' }),
		},
		deadlineMs: {
			env: 'RECADO_MEDIA_DEADLINE',
			default: '20s',
			unit: 'duration',
			meaning: 'How long fetching a medium from its URL may take, redirects included, before the message is refused.',
			read: duration({ min: '100ms', max: '5m' }),
		},
		linkMs: {
			env: 'RECADO_MEDIA_LINK_LIFE',
			default: '30d',
			unit: 'duration',
			meaning:
				'How long the link to a medium leads to it, from its message on; then it is deleted. A message that is deleted takes its media along at once.',
			read: duration({ min: '1m', max: '3650d' }),
		},
	},
	simulator: {
		seed: {
			env: 'RECADO_SIMULATOR_SEED',
			default: '1',
			unit: 'number',
			meaning: 'What the simulated phones draw their chance from: the same seed, the same behaviour.',
			read: integer({ min: 0, max: 4_294_967_295 }),
		},
	},
	access: {
		requestsPerSecond: {
			env: 'RECADO_RATE_LIMIT',
			default: '5000',
			unit: 'requests per second',
			meaning:
				'How many requests a credential (a token, an instance, an application) may make over time; further ones are answered 429 with `Retry-After`. `0`: no limit. It is counted by each process; of several each gives its part. An API token may have a limit of its own, the administrator has none.',
			read: integer({ min: 0, max: 1_000_000 }),
		},
		burst: {
			env: 'RECADO_RATE_BURST',
			default: '10000',
			unit: 'requests',
			meaning: 'How many of them may come at once after a silence, in each process. A limit of its own has a burst in the same proportion.',
			read: integer({ min: 1, max: 10_000_000 }),
		},
		auditRetentionMs: {
			env: 'RECADO_AUDIT_RETENTION',
			default: '365d',
			unit: 'duration',
			meaning: 'How long entries of the audit log are kept.',
			read: duration({ min: '1h', max: '3650d' }),
		},
		sessionMs: {
			env: 'RECADO_SESSION_LIFETIME',
			default: '12h',
			unit: 'duration',
			meaning: 'How long somebody who signed in to the console stays so at the most; then they sign in again.',
			read: duration({ min: '5m', max: '30d' }),
		},
		sessionIdleMs: {
			env: 'RECADO_SESSION_IDLE',
			default: '2h',
			unit: 'duration',
			meaning: 'A session ends when nothing was asked with it for this long. It is known to the minute.',
			read: duration({ min: '5m', max: '30d' }),
		},
	},
	console: {
		streamsMax: {
			env: 'RECADO_STREAMS_MAX',
			default: '100',
			unit: 'streams',
			meaning:
				'Live streams that a process serves at once; a further one is answered 503. A page of the console has one or two. All read one tail of the store; each costs what is written to it.',
			read: integer({ min: 0, max: 10_000 }),
		},
		streamsOfOneMax: {
			env: 'RECADO_STREAMS_PER_CREDENTIAL_MAX',
			default: '20',
			unit: 'streams',
			meaning:
				'Of these, those that one credential (an API token, an operator, the administrator) may have open at a process, so that nobody takes them all; a further one is answered 429.',
			read: integer({ min: 0, max: 10_000 }),
		},
	},
	oidc: {
		issuer: {
			env: 'RECADO_OIDC_ISSUER',
			unit: 'URL',
			meaning:
				'A provider of OpenID Connect by which people sign in to the console: each as the operator with the e-mail that it verified. Its client here has the redirect URI `RECADO_PUBLIC_URL` + `/recado/v1/session/oidc/callback`.',
			read: issuer,
		},
		clientId: {
			env: 'RECADO_OIDC_CLIENT_ID',
			unit: 'text',
			meaning: 'What the provider calls this gateway. Required with `RECADO_OIDC_ISSUER`.',
			read: word,
		},
		clientSecret: {
			env: 'RECADO_OIDC_CLIENT_SECRET',
			isSecret: true,
			unit: 'text',
			meaning: 'With what the gateway shows the provider that it is that client. Unset, it is a public client, protected by PKCE alone.',
			read: clientSecret,
		},
		admins: {
			env: 'RECADO_OIDC_ADMINS',
			default: '',
			unit: 'e-mails',
			meaning: 'Who signs in as the administrator, by e-mails that the provider verified, separated by commas.',
			read: emails,
		},
	},
	health: {
		readyOldestDueMaxMs: {
			env: 'RECADO_READY_OLDEST_DUE_MAX',
			default: '5m',
			unit: 'duration',
			meaning: '`GET /ready` answers 503 while a delivery that is due has waited longer than this.',
			read: duration({ min: '1s', max: '365d' }),
		},
	},
	tracing: {
		otlpUrl: {
			env: 'RECADO_OTLP_URL',
			unit: 'URL',
			meaning:
				'An OpenTelemetry collector that takes traces as OTLP over HTTP, like `http://127.0.0.1:4318`; `/v1/traces` is added. Unset, nothing is sent anywhere. What it needs to authenticate goes into `OTEL_EXPORTER_OTLP_HEADERS`.',
			read: origin,
		},
		sampleRatio: {
			env: 'RECADO_TRACE_RATIO',
			default: '0.1',
			unit: 'part',
			meaning:
				'Which part of the traces that begin here is recorded, from `0` to `1`. For a request that comes with a `traceparent` its caller has decided.',
			read: part,
		},
	},
	shutdown: {
		graceMs: {
			env: 'RECADO_SHUTDOWN_GRACE_MS',
			default: '10000',
			unit: 'milliseconds',
			meaning:
				'How long a stop waits for requests and attempts in flight; then they are cut off. Nothing is lost by it: such attempts are made again at the next start.',
			read: integer({ min: 100, max: 600_000 }),
		},
	},
	log: {
		level: {
			env: 'RECADO_LOG_LEVEL',
			default: 'info',
			unit: LOG_LEVELS.join(', '),
			meaning: 'The least important lines that the log shows.',
			read: oneOf(LOG_LEVELS),
		},
	},
};

/** The options of each room in the table's order, whatever they hold. */
export function optionsByRoom(): readonly (readonly [
	room: keyof Rooms,
	options: readonly (readonly [name: string, option: Option<unknown>])[],
])[] {
	const rooms = Object.keys(OPTIONS) as (keyof Rooms)[];
	return rooms.map((room) => [room, Object.entries(OPTIONS[room])] as const);
}
