/**
 * Fetches media from URLs that strangers chose, past the same guard as deliveries: no credentials, no address of ours written down, every address
 * vetted and the connection pinned to it, headers bounded, nothing decompressed, one deadline for everything. Other than a webhook a medium may be at an
 * http URL (nothing secret travels, and what comes is looked at), and redirects are followed, a few, each judged as the first URL was.
 * A connection serves one request: media are on many hosts, and seldom twice on one.
 */
import type { SecureContext } from 'node:tls';
import { type buildConnector, Client, type Dispatcher } from 'undici';
import { RecadoError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Download, DownloadRequest, Downloads } from '../ports/downloads.ts';
import { type AddressPolicy, createAddressPolicy } from './address-policy.ts';
import { AttemptFault, faultOf } from './attempt-fault.ts';
import { DnsCache } from './dns-cache.ts';
import { openPinnedSocket } from './pinned-socket.ts';
import { openPlainSocket } from './plain-socket.ts';
import type { Resolver } from './resolver.ts';
import { createSystemResolver } from './system-resolver.ts';
import { trusting } from './trust.ts';
import { readTarget, type Scheme, type Target } from './url-rules.ts';
import { vettedAddresses } from './vetted-addresses.ts';

export interface GuardedDownloadsOptions {
	readonly clock: Clock;
	/** CIDRs that are let through besides public addresses. */
	readonly allow: readonly string[];
	/** PEM, one certificate or several, trusted besides the system's. */
	readonly ca?: string;
	/** Default: the DNS of this machine. */
	readonly resolver?: Resolver;
}

const SCHEMES: ReadonlySet<string> = new Set<Scheme>(['https:', 'http:']);
/** Storage services send on once or twice, links that are shortened once more. */
const REDIRECTS_MAX = 5;
const NAMES_MAX = 1_000;
/** Who has more than this in their headers is broken off. */
const HEADER_BYTES_MAX = 16_384;
/** Sent along: some servers answer nobody who does not say who they are. */
const HEADERS = { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'Recado (+media)' } as const;

type Answer = Dispatcher.ResponseData;

export class GuardedDownloads implements Downloads {
	readonly #clock: Clock;
	readonly #policy: AddressPolicy;
	readonly #dns: DnsCache;
	readonly #secureContext: SecureContext;
	readonly #underWay = new Set<AbortController>();
	#isDisposed = false;

	/** Throws `configuration` where `allow` has something that is no CIDR. */
	constructor({ clock, allow, ca, resolver = createSystemResolver() }: GuardedDownloadsOptions) {
		this.#clock = clock;
		this.#policy = createAddressPolicy(allow);
		this.#dns = new DnsCache({ resolver, clock, namesMax: NAMES_MAX });
		this.#secureContext = trusting(ca);
	}

	async open({ url, deadlineMs }: DownloadRequest): Promise<Download> {
		if (this.#isDisposed) throw unreachable(new AttemptFault('interrupted', 'The gateway is shutting down'));
		const ending = new AbortController();
		this.#underWay.add(ending);
		const deadline = this.#clock.schedule(deadlineMs, () => ending.abort(new AttemptFault('timeout', `Not done within ${deadlineMs} ms`)));
		const end = (): void => {
			deadline.cancel();
			this.#underWay.delete(ending);
		};
		// Where nobody reads on, nobody else ends it.
		ending.signal.addEventListener('abort', end, { once: true });
		try {
			const { client, answer } = await this.#follow(url, ending.signal);
			return downloadOf(answer, async () => {
				end();
				await client.destroy();
			});
		} catch (error) {
			end();
			throw unreachable(ending.signal.aborted ? ending.signal.reason : error);
		}
	}

	/** Breaks off what is under way. */
	async [Symbol.asyncDispose](): Promise<void> {
		this.#isDisposed = true;
		for (const ending of [...this.#underWay]) ending.abort(new AttemptFault('interrupted', 'Broken off by this gateway'));
	}

	async #follow(first: string, signal: AbortSignal): Promise<{ readonly client: Client; readonly answer: Answer }> {
		let url = first;
		for (let redirects = 0; redirects <= REDIRECTS_MAX; redirects += 1) {
			const target = readTarget(url, this.#policy, SCHEMES);
			if ('code' in target) throw new AttemptFault('refused-by-guard', target.message);
			const client = this.#connect(target, signal);
			try {
				const answer = await client.request({ method: 'GET', path: target.path, headers: HEADERS, signal });
				// Whoever reads it is told; before that nobody is there to hear it.
				answer.body.on('error', () => undefined);
				const next = placeSentTo(answer, url);
				if (next === undefined) {
					refuseUnfit(answer);
					return { client, answer };
				}
				url = next;
			} catch (error) {
				await client.destroy();
				throw error;
			}
			await client.destroy();
		}
		throw new AttemptFault('refused-by-guard', `More than ${REDIRECTS_MAX} redirects`);
	}

	#connect(target: Target, signal: AbortSignal): Client {
		return new Client(target.origin, {
			connect: (_options, callback) => void this.#openSocket(target, signal, callback),
			allowH2: false,
			pipelining: 1,
			maxHeaderSize: HEADER_BYTES_MAX,
			// The deadline of the download is the only clock.
			headersTimeout: 0,
			bodyTimeout: 0,
		});
	}

	/** Until the callback is called the request hears nothing of its signal: the lookup and the handshake are broken off here. */
	async #openSocket(target: Target, signal: AbortSignal, callback: buildConnector.Callback): Promise<void> {
		const interrupted = new AttemptFault('interrupted', 'Broken off while connecting');
		let isOver = false;
		const end: buildConnector.Callback = (...result) => {
			if (!isOver) callback(...result);
			isOver = true;
		};
		const onFault = (fault: AttemptFault): void => end(fault, null);
		if (signal.aborted) return onFault(interrupted);
		signal.addEventListener('abort', () => onFault(interrupted), { once: true });
		try {
			const addresses = await vettedAddresses(target.hostname, this.#dns, this.#policy);
			if (signal.aborted) return;
			const socket = target.origin.startsWith('http:')
				? openPlainSocket({ target, addresses, onFault, onConnect: (opened) => end(null, opened) })
				: openPinnedSocket({
						target,
						addresses,
						secureContext: this.#secureContext,
						session: undefined,
						onConnect: () => undefined,
						onSecure: (secured) => end(null, secured),
						onSession: () => undefined,
						onFault,
					});
			signal.addEventListener('abort', () => socket.destroy(), { once: true });
		} catch (error) {
			end(error instanceof Error ? error : new AttemptFault('connect', String(error)), null);
		}
	}
}

/** Where a redirect leads. Never from https to http: whoever sends on so would show others what is fetched. */
function placeSentTo({ statusCode, headers }: Answer, from: string): string | undefined {
	const { location } = headers;
	if (statusCode < 300 || statusCode > 399 || typeof location !== 'string') return undefined;
	const next = URL.parse(location, from);
	if (!next) throw new AttemptFault('reset', `Answered ${statusCode} with a location that is not an URL`);
	if (from.startsWith('https:') && next.protocol === 'http:') throw new AttemptFault('refused-by-guard', 'Redirected from https to http');
	return next.href;
}

function refuseUnfit({ statusCode, headers }: Answer): void {
	if (statusCode < 200 || statusCode > 299) throw new AttemptFault('reset', `Answered ${statusCode}`);
	const encoding = headers['content-encoding'];
	if (encoding !== undefined && encoding !== 'identity') throw new AttemptFault('reset', 'Answered compressed, which was not asked for');
}

function downloadOf({ headers, body }: Answer, end: () => Promise<void>): Download {
	const mimeType = headers['content-type'];
	const size = Number(headers['content-length'] ?? Number.NaN);
	return {
		...(typeof mimeType === 'string' ? { mimeType: mimeType.toLowerCase() } : {}),
		...(Number.isSafeInteger(size) ? { size } : {}),
		bytes: bytesOf(body, end),
	};
}

async function* bytesOf(body: Answer['body'], end: () => Promise<void>): AsyncGenerator<Uint8Array> {
	try {
		yield* body;
	} catch (error) {
		throw unreachable(error);
	} finally {
		await end();
	}
}

function unreachable(error: unknown): RecadoError {
	const { message } = faultOf(error);
	return new RecadoError('media_unreachable', { details: { reason: message }, cause: error });
}
