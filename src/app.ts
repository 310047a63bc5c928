/**
 * The composition root: configuration in, every part built and handed to the others, in the order in which they need each other. What a part is
 * made of stands in `composition/`; what starts and stops when stands here. Nothing happens at import.
 * `await using app = await startApp(config)` starts and stops the whole product.
 */
import { buildAccess } from './composition/access.ts';
import { buildDelivery } from './composition/delivery.ts';
import { buildInsight } from './composition/insight.ts';
import { buildInstances } from './composition/instances.ts';
import { buildMessaging } from './composition/messaging.ts';
import { buildPeerDesk } from './composition/peer-desk.ts';
import { buildGatewayServer } from './composition/server.ts';
import { buildSettings } from './composition/settings.ts';
import { openStore } from './composition/store.ts';
import { type AppOverrides, buildWorld } from './composition/world.ts';
import type { Config } from './config/config.ts';

export interface App extends AsyncDisposable {
	/** `http://127.0.0.1:3000` */
	readonly address: string;
	/** Where its webhooks point to, and what they sign with now: for a receiver in this process (`recado dev`). Over HTTP a secret is shown once. */
	webhookSecrets(): readonly WebhookSecret[];
}

export interface WebhookSecret {
	readonly url: string;
	/** `whsec_…` */
	readonly secret: string;
}

/** Builds and starts a gateway. Rejects, with nothing left running, where the store cannot be opened or the port is taken. */
export async function startApp(config: Config, overrides: AppOverrides = {}): Promise<App> {
	// What is given to it first ends last.
	await using building = new AsyncDisposableStack();
	const world = await buildWorld(config, overrides, building);
	const store = await openStore(config, world, overrides, building);

	const address: { current: string } = { current: '' };
	const publicUrl = (): string => config.http.publicUrl ?? address.current;
	// Requests being answered and attempts under way are waited for one after the other, and share the grace of a stop.
	const waitMs = Math.floor(config.shutdown.graceMs / 2);
	const delivery = await buildDelivery(config, {
		...{ ...world, store, shutdownGraceMs: waitMs },
		erase: (job, limit) => access.personalData.step(job, limit),
	});
	const instances = buildInstances(config, { ...world, ...delivery, store, inbox: () => messaging.inbox });
	const messaging = await buildMessaging(config, { ...world, ...delivery, ...instances, store, publicUrl });
	const access = buildAccess(config, { ...world, ...delivery, ...messaging, store });
	const insight = buildInsight(config, { ...world, ...delivery, access, store });
	const settings = await buildSettings(config, { ...world, store, publicUrl });
	const parts = { ...world, ...delivery, ...instances, ...messaging, access, insight, settings, store, publicUrl };

	// None of them does anything yet. Each ends before what it hands its last work to; all end before the store.
	building.use(delivery.dispatcher);
	building.use(delivery.webhooks);
	building.use(delivery.janitor);
	building.use(delivery.jobs);
	building.use(instances.simulatedPhones);
	building.use(instances.queues);
	building.use(instances.shares);
	building.use(access.audit);
	building.use(access.oldDocuments);
	building.use(insight.keeper);
	building.use(insight.live);
	const server = building.use(await buildGatewayServer(config, { ...parts, closeDeadlineMs: waitMs }));

	await messaging.inbox.retryFailed();
	address.current = await server.listen({ host: config.http.host, port: config.http.port });
	// After the port is ours: a start that fails must not have told anybody anything.
	building.use(buildPeerDesk(parts)).open();
	await delivery.dispatcher.start();
	delivery.janitor.start();
	insight.keeper.start();
	access.oldDocuments.start();
	delivery.jobs.resumeAll();
	await instances.shares.start();
	world.observer.serving({ address: address.current, version: world.version });

	const running = building.move();
	return {
		address: address.current,
		webhookSecrets: () => delivery.webhooks.list({}).map((webhook) => ({ url: webhook.url, secret: delivery.webhooks.secretOf(webhook) })),
		async [Symbol.asyncDispose]() {
			if (!running.disposed) world.observer.stopping('disposed');
			await running.disposeAsync();
		},
	};
}
