/**
 * The composition root: configuration in, every part built and handed to the others, in the order in which they need each other. Nothing
 * happens at import. `await using app = await startApp(config)` starts and stops the whole product.
 */
import { randomInt } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { Simulator } from './channels/simulator/simulator.ts';
import type { Config } from './config/config.ts';
import { DeliveryOutbox } from './delivery/delivery-outbox.ts';
import { Dispatcher } from './delivery/dispatcher.ts';
import type { DeliveryOptions } from './delivery/options.ts';
import { Planner } from './delivery/planner.ts';
import { ReplayService } from './delivery/replay-service.ts';
import { WebhookRegistry } from './delivery/webhook-registry.ts';
import { WebhookService } from './delivery/webhook-service.ts';
import { instantMessageDialect } from './dialects/instant-message/dialect.ts';
import { instantMessageRenderer } from './dialects/instant-message/renderer.ts';
import { plugchatDialect } from './dialects/plugchat/dialect.ts';
import { plugchatRenderer } from './dialects/plugchat/renderer.ts';
import { recadoDialect } from './dialects/recado/dialect.ts';
import { recadoRenderer } from './dialects/recado/renderer.ts';
import { zApiDialect } from './dialects/z-api/dialect.ts';
import { zApiRenderer } from './dialects/z-api/renderer.ts';
import type { Instance } from './domain/account.ts';
import { RecadoError } from './errors.ts';
import { createAdminAuth } from './http/admin-auth.ts';
import { buildServer, SERVER_LIMITS, type Server } from './http/server.ts';
import { AccountDirectory } from './messaging/account-directory.ts';
import { AttendingService } from './messaging/attending.ts';
import { Inbox } from './messaging/inbox.ts';
import { InstanceQueues } from './messaging/instance-queue.ts';
import { InstanceSupervisor } from './messaging/instance-supervisor.ts';
import type { MessagingOptions } from './messaging/options.ts';
import { Sending } from './messaging/sending.ts';
import { ApplicationTokens } from './messaging/tokens.ts';
import { GuardedSender } from './net/guarded-sender.ts';
import { createLogger, type Logger } from './observe/logger.ts';
import { Metrics } from './observe/metrics.ts';
import { createObserver, type Observer } from './observe/observer.ts';
import type { Channel } from './ports/channel.ts';
import type { Clock, Ids, Random } from './ports/clock.ts';
import type { Dialect } from './ports/dialect.ts';
import type { Renderer } from './ports/renderer.ts';
import type { Sealer } from './ports/secrets.ts';
import { SqliteStore } from './store/sqlite/sqlite-store.ts';
import { AesSealer, hashToken } from './system/aes-sealer.ts';
import { mulberry } from './system/mulberry.ts';
import { RandomIds } from './system/random-ids.ts';
import { systemClock } from './system/system-clock.ts';

/** What tests replace of the outside world. */
export interface AppOverrides {
	readonly logger?: Logger;
}

export interface App extends AsyncDisposable {
	/** `http://127.0.0.1:3000` */
	readonly address: string;
}

const DATABASE_FILE = 'recado.db';

const RENDERERS: readonly Renderer[] = [recadoRenderer, plugchatRenderer, zApiRenderer, instantMessageRenderer];

/** Builds and starts a gateway. Rejects, with nothing left running, where the store cannot be opened or the port is taken. */
export async function startApp(config: Config, overrides: AppOverrides = {}): Promise<App> {
	await using building = new AsyncDisposableStack();
	const world = outsideWorld(config, overrides, building);
	const store = await openStore(config, world, building);
	const delivery = await buildDelivery(config, { ...world, store }, building);
	const address: { current: string } = { current: '' };
	const publicUrl = (): string => config.http.publicUrl ?? address.current;
	const messaging = await buildMessaging(config, { ...world, ...delivery, store, publicUrl }, building);

	const dialects = mountedDialects({ ...world, ...delivery, ...messaging, store }, createAdminAuth(config.secrets.adminToken.reveal()));
	const [own] = dialects;
	const server: Server = building.use(
		await buildServer({
			dialects,
			tellError: own.tellError,
			observer: world.observer,
			metrics: world.metrics,
			clock: world.clock,
			idempotency: store.idempotency,
			sealer: world.sealer,
			media: store.media,
			probe: () => store.probe(),
			keepsUp: async () => {
				// The head of the due index; counting the backlog would take its size to answer.
				const oldestDueAt = await store.deliveries.nextDueAt(new Set());
				return { oldestDueAgeMs: oldestDueAt === undefined ? 0 : Math.max(0, world.clock.now() - oldestDueAt) };
			},
			limits: {
				...SERVER_LIMITS,
				bodyBytesMax: config.http.bodyBytesMax,
				readyOldestDueMsMax: config.health.readyOldestDueMaxMs,
				closeDeadlineMs: stopShareMs(config),
			},
			publicUrl: config.http.publicUrl ?? '',
			version: packageJson.version,
		}),
	);

	await delivery.webhooks.sweepDrained();
	await messaging.inbox.retryFailed();
	address.current = await server.listen({ host: config.http.host, port: config.http.port });
	// After the port is ours: a start that fails must not have told anybody anything.
	delivery.dispatcher.start();
	await messaging.instances.start();
	world.observer.serving({ address: address.current, version: packageJson.version });

	const running = building.move();
	return {
		address: address.current,
		async [Symbol.asyncDispose]() {
			if (!running.disposed) world.observer.stopping('disposed');
			await running.disposeAsync();
		},
	};
}

/** Requests being answered and attempts under way are waited for one after the other, and share the grace of a stop. */
function stopShareMs(config: Config): number {
	return Math.floor(config.shutdown.graceMs / 2);
}

interface World {
	readonly clock: Clock;
	readonly ids: Ids;
	readonly random: Random;
	readonly logger: Logger;
	readonly observer: Observer;
	readonly metrics: Metrics;
	readonly sealer: Sealer;
	readonly sender: GuardedSender;
}

function outsideWorld(config: Config, overrides: AppOverrides, building: AsyncDisposableStack): World {
	const clock = systemClock;
	const metrics = building.use(new Metrics());
	const logger = overrides.logger ?? createLogger({ level: config.log.level });
	const { key, previousKey } = config.secrets;
	const { allow, ca, connectionsPerOrigin } = config.net;
	return {
		clock,
		logger,
		metrics,
		ids: new RandomIds(clock),
		random: mulberry(randomInt(2 ** 32)),
		observer: createObserver({ logger, metrics }),
		sealer: new AesSealer(key.reveal(), previousKey?.reveal()),
		sender: building.use(
			new GuardedSender({
				clock,
				allow,
				connectionsPerOrigin,
				...(ca === undefined ? {} : { ca }),
			}),
		),
	};
}

/** Opens the embedded store and seals again what an older key still seals. */
async function openStore(config: Config, { clock, sealer }: World, building: AsyncDisposableStack): Promise<SqliteStore> {
	await mkdir(config.store.directory, { recursive: true, mode: 0o700 });
	const store = building.use(new SqliteStore({ file: join(config.store.directory, DATABASE_FILE), clock }));
	await store.open();
	if (config.secrets.previousKey) {
		await store.sealedSecrets.resealAll((sealed) => (sealer.isStale(sealed) ? sealer.seal(sealer.unseal(sealed)) : undefined));
	}
	return store;
}

interface Delivery {
	readonly dispatcher: Dispatcher;
	readonly outbox: DeliveryOutbox;
	readonly webhooks: WebhookService;
	readonly replays: ReplayService;
}

async function buildDelivery(config: Config, world: World & { store: SqliteStore }, building: AsyncDisposableStack): Promise<Delivery> {
	const { store, observer, clock } = world;
	world.metrics.watchBacklog(
		() => store.deliveries.backlog(),
		() => clock.now(),
	);
	const options: DeliveryOptions = { ...config.delivery, shutdownGraceMs: stopShareMs(config) };
	const registry = new WebhookRegistry(world.sealer);
	await registry.load(store.webhooks);
	const planner = new Planner({ registry, renderers: RENDERERS, ids: world.ids, clock });
	const dispatcher = building.use(
		new Dispatcher({ ...world, work: store.deliveries, registry, options, onGone: (webhookId) => webhooks.disableGone(webhookId) }),
	);
	const outbox = new DeliveryOutbox({ store, planner, dispatcher, observer });
	const webhooks: WebhookService = new WebhookService({ ...world, outbox, registry, planner, dispatcher, options });
	return { dispatcher, outbox, webhooks, replays: new ReplayService({ store, registry, dispatcher, clock, observer }) };
}

interface Rooms {
	readonly simulator: Simulator;
	readonly inbox: Inbox;
	readonly instances: InstanceSupervisor;
	readonly messaging: Sending;
	readonly directory: AccountDirectory;
	readonly attending: AttendingService;
}

interface MessagingNeeds extends World, Delivery {
	readonly store: SqliteStore;
	readonly publicUrl: () => string;
}

async function buildMessaging(config: Config, needs: MessagingNeeds, building: AsyncDisposableStack): Promise<Rooms> {
	const { store, clock, ids, sealer, webhooks, publicUrl } = needs;
	const options: MessagingOptions = {
		...config.messaging,
		get publicUrl() {
			return publicUrl();
		},
	};
	const simulator = building.use(
		new Simulator({
			clock,
			ids,
			seed: config.simulator.seed,
			state: store.channelState,
			sink: () => inbox,
			logger: needs.logger,
		}),
	);
	const channels = (kind: Instance['channel']): Channel | undefined => (kind === 'simulator' ? simulator : undefined);
	const channelOf = (instance: Instance): Channel => {
		const channel = channels(instance.channel);
		if (!channel) throw new RecadoError('channel_unavailable', { details: { channel: instance.channel } });
		return channel;
	};
	const queues = building.use(new InstanceQueues({ ...needs, channelOf }));
	const instances = new InstanceSupervisor({ ...needs, channelOf, queues });
	const inbox: Inbox = new Inbox({ ...needs, onConnection: (instance, state) => instances.onConnection(instance, state) });
	const messaging = new Sending({ ...needs, queues, options, capabilities: (instance) => channelOf(instance).capabilities });
	const tokens = await ApplicationTokens.open({ secrets: store.sealedSecrets, sealer, ids, clock, hash: hashToken });
	const directory = new AccountDirectory({ ...needs, drafts: webhooks, instances, channels, tokens, hash: hashToken });
	return { simulator, inbox, instances, messaging, directory, attending: new AttendingService({ ...needs, options }) };
}

/** Each line is a dialect; our own is the first and tells the errors of paths that belong to none. */
function mountedDialects(
	parts: World & Delivery & Rooms & { store: SqliteStore },
	isAdmin: (authorization: string | undefined) => boolean,
): [Dialect, ...Dialect[]] {
	const { accounts, chats, messages } = parts.store;
	const reads = { accounts, chats, messages };
	return [
		recadoDialect({ ...parts, isAdmin }),
		plugchatDialect({ ...parts, ...reads }),
		zApiDialect({ ...parts, ...reads }),
		instantMessageDialect({ ...parts, ...reads }),
	];
}
