/** What answers requests: each dialect over the services, health and figures, media, and the console. */
import { join } from 'node:path';
import type { BuiltAccess } from '../access/access.ts';
import type { Config } from '../config/config.ts';
import { instantMessageDialect } from '../dialects/instant-message/dialect.ts';
import { plugchatDialect } from '../dialects/plugchat/dialect.ts';
import { plugchatPartnerDialect } from '../dialects/plugchat-partner/dialect.ts';
import { recadoDialect } from '../dialects/recado/dialect.ts';
import { zApiDialect } from '../dialects/z-api/dialect.ts';
import { createAdminAuth } from '../http/admin-auth.ts';
import { type ConsoleFiles, readConsole } from '../http/console-files.ts';
import { RateLimits } from '../http/rate-limits.ts';
import { buildServer, SERVER_LIMITS, type Server } from '../http/server.ts';
import type { BuiltInsight } from '../insight/insight.ts';
import type { Dialect } from '../ports/dialect.ts';
import type { Settings } from '../ports/settings.ts';
import type { Store } from '../ports/store.ts';
import type { BuiltDelivery } from './delivery.ts';
import { fileBytesMax } from './file-bytes-max.ts';
import type { BuiltInstances } from './instances.ts';
import type { BuiltMessaging } from './messaging.ts';
import type { World } from './world.ts';

/** Where `npm run build:console` leaves it. */
const CONSOLE_DIRECTORY: string = join(import.meta.dirname, '../../console/dist');

interface ServerNeeds extends World, BuiltDelivery, BuiltInstances, BuiltMessaging {
	readonly access: BuiltAccess;
	readonly insight: BuiltInsight;
	readonly store: Store;
	readonly settings: () => Settings;
	readonly publicUrl: () => string;
	/** How long requests that are being answered are waited for at the end. */
	readonly closeDeadlineMs: number;
}

/** Not listening yet. */
export async function buildGatewayServer(config: Config, needs: ServerNeeds): Promise<Server> {
	const { store, clock, dispatcher } = needs;
	const dialects = mountedDialects(needs, config);
	const [own] = dialects;
	return await buildServer({
		dialects,
		tellError: own.tellError,
		observer: needs.observer,
		metrics: needs.metrics,
		traces: needs.tracing,
		clock,
		idempotency: store.idempotency,
		sealer: needs.sealer,
		media: store.media,
		blobs: store.blobs,
		access: {
			rates: new RateLimits({ clock, members: () => store.peers.members.length, options: config.access }),
			audit: needs.access.audit,
		},
		probe: () => store.probe(),
		keepsUp: async () => {
			const { oldestDueAt } = dispatcher.snapshot();
			return { oldestDueAgeMs: oldestDueAt === undefined ? 0 : Math.max(0, clock.now() - oldestDueAt) };
		},
		limits: {
			...SERVER_LIMITS,
			bodyBytesMax: config.http.bodyBytesMax,
			readyOldestDueMsMax: config.health.readyOldestDueMaxMs,
			closeDeadlineMs: needs.closeDeadlineMs,
		},
		trustedProxies: config.http.trustedProxies,
		publicUrl: config.http.publicUrl ?? '',
		console: await openConsole(needs),
		version: needs.version,
	});
}

/** Each line is a dialect; our own is the first and tells the errors of paths that belong to none. */
function mountedDialects(parts: ServerNeeds, config: Config): [Dialect, ...Dialect[]] {
	const { accounts, chats, messages } = parts.store;
	const reads = { accounts, chats, messages };
	const isAdmin = createAdminAuth(config.secrets.adminToken.reveal());
	return [
		recadoDialect({ ...parts, isAdmin, fileBytesMax: fileBytesMax(config) }),
		plugchatDialect({ ...parts, ...reads }),
		plugchatPartnerDialect({ ...parts, ...reads }),
		zApiDialect({ ...parts, ...reads }),
		instantMessageDialect({ ...parts, ...reads }),
	];
}

/** Undefined where it was not built: everything but its pages is there. */
async function openConsole({ observer }: World): Promise<ConsoleFiles | undefined> {
	const files = await readConsole(CONSOLE_DIRECTORY);
	if (!files) observer.consoleMissing(CONSOLE_DIRECTORY);
	return files;
}
