/** What surrounds the core: clock and chance, logs, figures and traces, the seal of secrets, and the ways out to other hosts. */
import { randomInt } from 'node:crypto';
import packageJson from '../../package.json' with { type: 'json' };
import type { Config } from '../config/config.ts';
import { countingObserver } from '../insight/counting-observer.ts';
import { Tally } from '../insight/tally.ts';
import { GuardedDownloads } from '../net/guarded-downloads.ts';
import { GuardedSender } from '../net/guarded-sender.ts';
import type { Resolver } from '../net/resolver.ts';
import { createObserver } from '../observe/create-observer.ts';
import { createLogger, type Logger } from '../observe/logger.ts';
import { Metrics } from '../observe/metrics.ts';
import type { Observer } from '../observe/observer.ts';
import type { OtlpOptions } from '../observe/otlp-spans.ts';
import { type Spans, Traces } from '../observe/traces.ts';
import type { Ids, Random } from '../ports/clock.ts';
import type { Downloads } from '../ports/downloads.ts';
import type { Sealer } from '../ports/secrets.ts';
import type { Sender } from '../ports/sender.ts';
import type { Store } from '../ports/store.ts';
import { AesSealer } from '../system/aes-sealer.ts';
import { mulberry } from '../system/mulberry.ts';
import { RandomIds } from '../system/random-ids.ts';
import { type RawClocks, SystemClock } from '../system/system-clock.ts';

/** What tests replace of the outside world. */
export interface AppOverrides {
	readonly logger?: Logger;
	/** Default: the machine's clocks. */
	readonly rawClocks?: RawClocks;
	/** Default: the DNS of this machine. */
	readonly resolver?: Resolver;
	/** Put around a part before anybody uses it, so that a test can see, delay or cut off each use. */
	readonly around?: {
		readonly store?: (store: Store) => Store;
		readonly sender?: (sender: Sender) => Sender;
	};
}

export interface World {
	/** Of the gateway. */
	readonly version: string;
	readonly clock: SystemClock;
	readonly ids: Ids;
	readonly random: Random;
	readonly logger: Logger;
	readonly observer: Observer;
	readonly metrics: Metrics;
	readonly tally: Tally;
	readonly tracing: Traces;
	readonly sealer: Sealer;
	readonly sender: Sender;
	readonly downloads: Downloads;
}

/** What of it holds something is given to `building` as soon as it is there. */
export async function buildWorld(config: Config, overrides: AppOverrides, building: AsyncDisposableStack): Promise<World> {
	const metrics = building.use(new Metrics());
	const logger = overrides.logger ?? createLogger({ level: config.log.level });
	const clock: SystemClock = new SystemClock((byMs) => observer.clockWentBack(byMs), overrides.rawClocks);
	const spans = await openSpans(config, {
		now: () => clock.now(),
		onLost: (error) => observer.background('tracing.export', error),
	});
	if (spans) building.use(spans);
	const tracing = new Traces(spans);
	const tally = new Tally(clock.now());
	const observer: Observer = countingObserver(createObserver({ logger, metrics, traces: tracing }), tally);
	const { key, previousKey } = config.secrets;
	const { allow, ca, idleConnectionsMax } = config.net;
	const { resolver, around } = overrides;
	const guard = { clock, allow, ...(ca === undefined ? {} : { ca }), ...(resolver === undefined ? {} : { resolver }) };
	const sender = building.use(new GuardedSender({ ...guard, idleConnectionsMax }));
	const downloads = building.use(new GuardedDownloads(guard));
	return {
		version: packageJson.version,
		clock,
		logger,
		metrics,
		tally,
		ids: new RandomIds(clock),
		random: mulberry(randomInt(2 ** 32)),
		observer,
		tracing,
		sealer: new AesSealer(key.reveal(), previousKey?.reveal()),
		sender: around?.sender?.(sender) ?? sender,
		downloads,
	};
}

/** Undefined where no collector is configured: nothing of tracing is loaded then. */
async function openSpans(config: Config, parts: Pick<OtlpOptions, 'now' | 'onLost'>): Promise<Spans | undefined> {
	const { otlpUrl, sampleRatio } = config.tracing;
	if (otlpUrl === undefined) return undefined;
	const { createOtlpSpans } = await import('../observe/otlp-spans.ts');
	return createOtlpSpans({ ...parts, url: otlpUrl, sampleRatio, version: packageJson.version });
}
