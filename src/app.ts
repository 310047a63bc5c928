/**
 * The composition root: configuration in, every part built and handed to the others, in the order in which they need each other. Nothing
 * happens at import. `await using app = await startApp(config)` starts and stops the whole product.
 */
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { type BuiltAccess, createAccess } from './access/access.ts';
import type { OpenIdOptions } from './access/open-id.ts';
import { PersonalDataService } from './access/personal-data.ts';
import type { AdminProof } from './access/sessions.ts';
import { Simulator } from './channels/simulator/simulator.ts';
import type { Config } from './config/config.ts';
import { DeliveryOutbox } from './delivery/delivery-outbox.ts';
import { Dispatcher } from './delivery/dispatcher.ts';
import { Janitor } from './delivery/janitor.ts';
import { JobService } from './delivery/job-service.ts';
import type { DeliveryOptions } from './delivery/options.ts';
import { PeerDesk, type PeerHooks } from './delivery/peer-desk.ts';
import { Planner } from './delivery/planner.ts';
import { ReplayService } from './delivery/replay-service.ts';
import { WebhookMirror } from './delivery/webhook-mirror.ts';
import { WebhookRegistry } from './delivery/webhook-registry.ts';
import { WebhookService } from './delivery/webhook-service.ts';
import { instantMessageDialect } from './dialects/instant-message/dialect.ts';
import { instantMessageRenderer } from './dialects/instant-message/renderer.ts';
import { plugchatDialect } from './dialects/plugchat/dialect.ts';
import { plugchatRenderer } from './dialects/plugchat/renderer.ts';
import { plugchatPartnerDialect } from './dialects/plugchat-partner/dialect.ts';
import { recadoDialect } from './dialects/recado/dialect.ts';
import { recadoRenderer } from './dialects/recado/renderer.ts';
import { encodeLive } from './dialects/recado/views/live.ts';
import { zApiDialect } from './dialects/z-api/dialect.ts';
import { zApiRenderer } from './dialects/z-api/renderer.ts';
import type { Instance } from './domain/account.ts';
import { RecadoError } from './errors.ts';
import { createAdminAuth } from './http/admin-auth.ts';
import { type ConsoleFiles, readConsole } from './http/console-files.ts';
import { RateLimits } from './http/rate-limits.ts';
import { buildServer, SERVER_LIMITS, type Server } from './http/server.ts';
import { countingObserver } from './insight/counting-observer.ts';
import { type BuiltInsight, createInsight } from './insight/insight.ts';
import { Tally } from './insight/tally.ts';
import { AccountDirectory } from './messaging/account-directory.ts';
import { AttendingService } from './messaging/attending.ts';
import { Doors } from './messaging/doors.ts';
import { ErasingService } from './messaging/erasing.ts';
import { ExtensionCodeService } from './messaging/extension-codes.ts';
import { Holding } from './messaging/holding.ts';
import { Inbox } from './messaging/inbox.ts';
import { InstanceErrands } from './messaging/instance-errands.ts';
import { InstanceHabits } from './messaging/instance-habits.ts';
import { InstanceQueues } from './messaging/instance-queues.ts';
import { InstanceSettingService } from './messaging/instance-settings.ts';
import { InstanceShares } from './messaging/instance-shares.ts';
import { InstanceSupervisor } from './messaging/instance-supervisor.ts';
import { MediaLibrary } from './messaging/media-library.ts';
import { keepingMedia } from './messaging/media-of-phones.ts';
import { ownedSimulator } from './messaging/owned-simulator.ts';
import { ReadingService } from './messaging/reading.ts';
import { Sending } from './messaging/sending.ts';
import { TemplateShelf } from './messaging/templates.ts';
import { ApplicationTokens } from './messaging/tokens.ts';
import { OwnedWhatsApp } from './messaging/whatsapp.ts';
import { GuardedDownloads } from './net/guarded-downloads.ts';
import { GuardedSender } from './net/guarded-sender.ts';
import type { Resolver } from './net/resolver.ts';
import { createObserver } from './observe/create-observer.ts';
import { createLogger, type Logger } from './observe/logger.ts';
import { Metrics } from './observe/metrics.ts';
import type { Observer } from './observe/observer.ts';
import type { OtlpOptions } from './observe/otlp-spans.ts';
import { type Spans, Traces } from './observe/traces.ts';
import type { Channel } from './ports/channel.ts';
import type { Ids, Random } from './ports/clock.ts';
import type { Dialect } from './ports/dialect.ts';
import type { Downloads } from './ports/downloads.ts';
import type { Job } from './ports/jobs.ts';
import type { ErasureStep } from './ports/personal-data.ts';
import type { Renderer } from './ports/renderer.ts';
import type { Sealer } from './ports/secrets.ts';
import type { Sender } from './ports/sender.ts';
import type { SimulatorControl } from './ports/simulator.ts';
import type { Store } from './ports/store.ts';
import { OperatorTokens } from './service-desk/operator-tokens.ts';
import { createAttendant, createServiceDesk } from './service-desk/service-desk.ts';
import type { ServiceDesk } from './service-desk/services.ts';
import { createStore } from './stores.ts';
import { AesSealer, hashToken } from './system/aes-sealer.ts';
import { mulberry } from './system/mulberry.ts';
import { passwordHashes } from './system/password-hashes.ts';
import { RandomIds } from './system/random-ids.ts';
import { type RawClocks, SystemClock } from './system/system-clock.ts';

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

export interface App extends AsyncDisposable {
	/** `http://127.0.0.1:3000` */
	readonly address: string;
}

/** Where `npm run build:console` leaves it. */
const CONSOLE_DIRECTORY: string = join(import.meta.dirname, '../console/dist');

const RENDERERS: readonly Renderer[] = [recadoRenderer, plugchatRenderer, zApiRenderer, instantMessageRenderer];

/** Builds and starts a gateway. Rejects, with nothing left running, where the store cannot be opened or the port is taken. */
export async function startApp(config: Config, overrides: AppOverrides = {}): Promise<App> {
	await using building = new AsyncDisposableStack();
	const world = await outsideWorld(config, overrides, building);
	const store = await openStore(config, world, overrides, building);
	const erase: Erase = (job, limit) => personalData.step(job, limit);
	const delivery = await buildDelivery(config, { ...world, store, erase }, building);
	const address: { current: string } = { current: '' };
	const publicUrl = (): string => config.http.publicUrl ?? address.current;
	const messaging = await buildMessaging(config, { ...world, ...delivery, store, publicUrl }, building);

	const personalData = new PersonalDataService({ ...world, ...delivery, ...messaging, store, wakeJobs: () => delivery.jobs.wake() });
	const access = buildAccess(config, { ...world, ...delivery, ...messaging, store, personalData }, building);
	const insight = buildInsight(config, { ...world, ...delivery, access, store }, building);
	const dialects = mountedDialects(
		{ ...world, ...delivery, ...messaging, access, insight, store, publicUrl },
		createAdminAuth(config.secrets.adminToken.reveal()),
	);
	const [own] = dialects;
	const server: Server = building.use(
		await buildServer({
			dialects,
			tellError: own.tellError,
			observer: world.observer,
			metrics: world.metrics,
			traces: world.tracing,
			clock: world.clock,
			idempotency: store.idempotency,
			sealer: world.sealer,
			media: store.media,
			blobs: store.blobs,
			access: { rates: rateLimits(config, world, store), audit: access.audit },
			probe: () => store.probe(),
			keepsUp: async () => {
				const { oldestDueAt } = delivery.dispatcher.snapshot();
				return { oldestDueAgeMs: oldestDueAt === undefined ? 0 : Math.max(0, world.clock.now() - oldestDueAt) };
			},
			limits: {
				...SERVER_LIMITS,
				bodyBytesMax: config.http.bodyBytesMax,
				readyOldestDueMsMax: config.health.readyOldestDueMaxMs,
				closeDeadlineMs: stopShareMs(config),
			},
			trustedProxies: config.http.trustedProxies,
			publicUrl: config.http.publicUrl ?? '',
			console: await openConsole(world),
			version: packageJson.version,
		}),
	);

	await messaging.inbox.retryFailed();
	address.current = await server.listen({ host: config.http.host, port: config.http.port });
	// After the port is ours: a start that fails must not have told anybody anything.
	openPeerDesk({ ...world, ...delivery, ...messaging, store }, building);
	await delivery.dispatcher.start();
	delivery.janitor.start();
	insight.keeper.start();
	access.oldDocuments.start();
	delivery.jobs.resumeAll();
	await messaging.shares.start();
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

/** Undefined where it was not built: everything but its pages is there. */
async function openConsole({ observer }: World): Promise<ConsoleFiles | undefined> {
	const files = await readConsole(CONSOLE_DIRECTORY);
	if (!files) observer.consoleMissing(CONSOLE_DIRECTORY);
	return files;
}

/** Requests being answered and attempts under way are waited for one after the other, and share the grace of a stop. */
function stopShareMs(config: Config): number {
	return Math.floor(config.shutdown.graceMs / 2);
}

interface World {
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

async function outsideWorld(config: Config, overrides: AppOverrides, building: AsyncDisposableStack): Promise<World> {
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
	const { createOtlpSpans } = await import('./observe/otlp-spans.ts');
	return createOtlpSpans({ ...parts, url: otlpUrl, sampleRatio, version: packageJson.version });
}

/** Opens the store and seals again what an older key still seals. */
async function openStore(config: Config, world: World, { around }: AppOverrides, building: AsyncDisposableStack): Promise<Store> {
	const { clock, sealer, observer } = world;
	const onTrouble = (where: string, error: unknown): void => observer.background(where, error);
	const opened = building.use(await createStore(config.store, { clock, watch: observer, onTrouble }));
	const store = around?.store?.(opened) ?? opened;
	await store.open();
	if (!store.peers.isAlone && config.store.databasePooler === 'transaction') observer.peersPolled();
	clock.raise(await store.newestAt());
	if (config.secrets.previousKey) {
		await store.sealedSecrets.resealAll((sealed) => (sealer.isStale(sealed) ? sealer.seal(sealer.unseal(sealed)) : undefined));
	}
	return store;
}

interface Delivery {
	readonly dispatcher: Dispatcher;
	readonly registry: WebhookRegistry;
	readonly outbox: DeliveryOutbox;
	readonly webhooks: WebhookService;
	readonly replays: ReplayService;
	readonly jobs: JobService;
	readonly janitor: Janitor;
}

/** The next batch of the erasure of a contact. */
type Erase = (job: Job, limit: number) => Promise<ErasureStep | undefined>;

async function buildDelivery(
	config: Config,
	world: World & { store: Store; erase: Erase },
	building: AsyncDisposableStack,
): Promise<Delivery> {
	const { store, observer, clock } = world;
	const { peers } = store;
	world.metrics.watchBacklog(() => store.deliveries.backlog());
	const options: DeliveryOptions = { ...config.delivery, shutdownGraceMs: stopShareMs(config) };
	const registry = new WebhookRegistry(world.sealer);
	await registry.load(store.webhooks);
	const planner = new Planner({ registry, renderers: RENDERERS, ids: world.ids, clock, tracing: world.tracing });
	const dispatcher = building.use(
		new Dispatcher({
			...world,
			peers,
			work: store.deliveries,
			registry,
			options,
			onGone: (webhookId) => webhooks.disableGone(webhookId),
			onCircuit: (webhookId, change) => void webhooks.noteCircuit(webhookId, change),
		}),
	);
	world.metrics.watchDispatching(
		() => {
			const snapshot = dispatcher.snapshot();
			const { open, recovering } = snapshot.circuits;
			return { ...snapshot, circuits: { open, recovering, closed: registry.size - open - recovering } };
		},
		() => clock.now(),
	);
	const mirror = new WebhookMirror({ store, registry, dispatcher });
	const outbox = new DeliveryOutbox({ store, peers, registry, mirror, planner, dispatcher, observer });
	const parts = { ...world, peers, store, outbox, registry, mirror, planner, dispatcher };
	const webhooks: WebhookService = building.use(new WebhookService({ ...parts, options, onEnding: () => janitor.wake() }));
	const janitorOptions = { ...config.janitor, patienceMs: options.patienceMs };
	const janitor: Janitor = building.use(new Janitor({ ...parts, webhooks, options: janitorOptions }));
	const jobs = building.use(new JobService({ ...parts, options: config.jobs }));
	return { dispatcher, registry, outbox, webhooks, janitor, jobs, replays: new ReplayService(parts) };
}

/** Hears from here on what other processes do. It is closed before whatever it tells of that. */
function openPeerDesk(parts: World & Delivery & Rooms & { store: Store }, building: AsyncDisposableStack): void {
	const { shares, observer, store } = parts;
	const hooks: PeerHooks = {
		onQueue: (instanceId) => shares.hear({ kind: 'queue', instanceId }),
		onInstances: () => shares.changed(),
		onLost: (dropped) => {
			observer.leaseLost(dropped);
			shares.lost();
		},
	};
	building.use(new PeerDesk({ ...parts, peers: store.peers, hooks })).open();
}

interface Rooms {
	readonly simulator: SimulatorControl;
	readonly inbox: Inbox;
	readonly shares: InstanceShares;
	readonly instances: InstanceSupervisor;
	readonly messaging: Sending;
	readonly media: MediaLibrary;
	readonly reading: ReadingService;
	readonly whatsapp: OwnedWhatsApp;
	readonly templates: TemplateShelf;
	readonly erasing: ErasingService;
	readonly instanceSettings: InstanceSettingService;
	readonly directory: AccountDirectory;
	readonly attending: AttendingService;
	readonly serviceDesk: ServiceDesk;
	readonly extensionCodes: ExtensionCodeService;
}

interface MessagingNeeds extends World, Delivery {
	readonly store: Store;
	readonly publicUrl: () => string;
}

async function buildMessaging(config: Config, needs: MessagingNeeds, building: AsyncDisposableStack): Promise<Rooms> {
	const { store, clock, ids } = needs;
	const options = config.messaging;
	const media = buildMedia(config, needs);
	const holding = new Holding(store);
	const simulator = building.use(
		new Simulator({
			clock,
			ids,
			seed: config.simulator.seed,
			state: holding.guard(store.channelState),
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
	const doors = new Doors();
	const queues = building.use(new InstanceQueues({ ...needs, channelOf, holding }));
	const errands = new InstanceErrands({ store, holding, doors, onClaimed: (instanceId) => instances.arrive(instanceId) });
	const instances: InstanceSupervisor = new InstanceSupervisor({ ...needs, channelOf, queues, errands, holding, doors });
	const shares = building.use(new InstanceShares({ ...needs, instances, queues, holding, doors }));
	const whatsapp = new OwnedWhatsApp({ channelOf, errands });
	const instanceSettings = new InstanceSettingService(needs);
	const habits = new InstanceHabits({ ...needs, queues, whatsapp, settings: instanceSettings });
	const attendant = createAttendant({ ...needs, queues, options });
	const attending = new AttendingService({ ...needs, options, closing: [attendant] });
	const inbox: Inbox = new Inbox({
		...needs,
		...{ holding, attending },
		hooks: [habits, attendant],
		onConnection: (instance, state) => instances.onConnection(instance, state),
	});
	const reading = new ReadingService({ ...needs, whatsapp });
	const messaging = new Sending({
		...needs,
		queues,
		errands,
		media,
		instanceSettings,
		options,
		capabilities: (instance) => channelOf(instance).capabilities,
	});
	const channelsOf = { channels, instances, queues };
	const { directory, serviceDesk } = await openOffices(config, { ...needs, ...channelsOf, messaging, attending });
	return {
		...{
			inbox,
			instances,
			shares,
			messaging,
			media,
			reading,
			whatsapp,
			templates: new TemplateShelf(needs),
			erasing: new ErasingService({ ...needs, messaging }),
			instanceSettings,
			directory,
			attending,
			serviceDesk,
			extensionCodes: new ExtensionCodeService({ ...needs, hash: hashToken, instances }),
		},
		simulator: keepingMedia(ownedSimulator(simulator, errands), media),
	};
}

/** Where its links lead is known when the server listens. */
function buildMedia(config: Config, needs: MessagingNeeds): MediaLibrary {
	const options = {
		...config.media,
		get publicUrl() {
			return needs.publicUrl();
		},
	};
	return new MediaLibrary({ ...needs, options });
}

interface OfficeNeeds extends MessagingNeeds {
	readonly channels: (kind: Instance['channel']) => Channel | undefined;
	readonly instances: InstanceSupervisor;
	readonly queues: InstanceQueues;
	readonly messaging: Sending;
	readonly attending: AttendingService;
}

/** Accounts with what belongs to them, and the customer service of each. */
async function openOffices(config: Config, needs: OfficeNeeds): Promise<Pick<Rooms, 'directory' | 'serviceDesk'>> {
	const { store, sealer, ids, clock, webhooks } = needs;
	const secrets = store.sealedSecrets;
	const tokens = await ApplicationTokens.open({ secrets, sealer, ids, clock, hash: hashToken });
	const operatorTokens = await OperatorTokens.open({ secrets, sealer, ids, clock });
	const passwords = passwordHashes;
	return {
		directory: new AccountDirectory({ ...needs, passwords, drafts: webhooks, tokens, hash: hashToken }),
		serviceDesk: createServiceDesk({ ...needs, options: config.messaging, passwords, operatorTokens }),
	};
}

function rateLimits({ access }: Config, { clock }: World, { peers }: Store): RateLimits {
	return new RateLimits({ clock, members: () => peers.members.length, options: access });
}

/** Its audit log is written to the end before the store closes. */
function buildAccess(
	config: Config,
	parts: World & Delivery & Rooms & { store: Store; personalData: PersonalDataService },
	building: AsyncDisposableStack,
): BuiltAccess {
	const token = config.secrets.adminToken.reveal();
	const isAdmin = createAdminAuth(token);
	const admin: AdminProof = { isToken: (given) => isAdmin(`Bearer ${given}`), of: (secret) => hashToken(`${secret} ${token}`) };
	const { staff } = parts.serviceDesk;
	const openIdOptions = openIdOptionsOf(config);
	const access = createAccess({ ...parts, staff, admin, openIdOptions, hash: hashToken, options: config.access });
	building.use(access.audit);
	building.use(access.oldDocuments);
	return access;
}

/** What it counted last is written before the store closes. */
function buildInsight(
	config: Config,
	parts: World & Delivery & { access: BuiltAccess; store: Store },
	building: AsyncDisposableStack,
): BuiltInsight {
	const { access, registry, dispatcher } = parts;
	const insight = createInsight({
		...parts,
		*webhooks() {
			for (const { webhook } of registry.all()) yield webhook;
		},
		inFlight: () => dispatcher.snapshot().inFlight,
		settings: access.audit,
		encode: encodeLive,
		options: config.console,
	});
	building.use(insight.keeper);
	building.use(insight.live);
	return insight;
}

/** Undefined where no provider is configured. */
function openIdOptionsOf({ oidc }: Config): OpenIdOptions | undefined {
	const { issuer, clientId, clientSecret, admins } = oidc;
	if (issuer === undefined || clientId === undefined) return undefined;
	return { issuer, clientId, admins, ...(clientSecret === undefined ? {} : { clientSecret: clientSecret.reveal() }) };
}

/** Each line is a dialect; our own is the first and tells the errors of paths that belong to none. */
function mountedDialects(
	parts: World & Delivery & Rooms & { access: BuiltAccess; insight: BuiltInsight; store: Store; publicUrl: () => string },
	isAdmin: (authorization: string | undefined) => boolean,
): [Dialect, ...Dialect[]] {
	const { accounts, chats, messages } = parts.store;
	const reads = { accounts, chats, messages };
	return [
		recadoDialect({ ...parts, isAdmin }),
		plugchatDialect({ ...parts, ...reads }),
		plugchatPartnerDialect({ ...parts, ...reads }),
		zApiDialect({ ...parts, ...reads }),
		instantMessageDialect({ ...parts, ...reads }),
	];
}
