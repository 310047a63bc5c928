/** What brings events to webhooks: the registry and the planner, the dispatcher, and what tends what is left: janitor, jobs, replays. */
import type { Config } from '../config/config.ts';
import { DeliveryOutbox } from '../delivery/delivery-outbox.ts';
import { Dispatcher } from '../delivery/dispatcher.ts';
import { Janitor } from '../delivery/janitor.ts';
import { JobService } from '../delivery/job-service.ts';
import type { DeliveryOptions } from '../delivery/options.ts';
import { Planner } from '../delivery/planner.ts';
import { ReplayService } from '../delivery/replay-service.ts';
import { WebhookMirror } from '../delivery/webhook-mirror.ts';
import { WebhookRegistry } from '../delivery/webhook-registry.ts';
import { WebhookService } from '../delivery/webhook-service.ts';
import { instantMessageRenderer } from '../dialects/instant-message/renderer.ts';
import { plugchatRenderer } from '../dialects/plugchat/renderer.ts';
import { recadoRenderer } from '../dialects/recado/renderer.ts';
import { zApiRenderer } from '../dialects/z-api/renderer.ts';
import type { Job } from '../ports/jobs.ts';
import type { ErasureStep } from '../ports/personal-data.ts';
import type { Renderer } from '../ports/renderer.ts';
import type { Store } from '../ports/store.ts';
import type { World } from './world.ts';

const RENDERERS: readonly Renderer[] = [recadoRenderer, plugchatRenderer, zApiRenderer, instantMessageRenderer];

export interface BuiltDelivery {
	readonly dispatcher: Dispatcher;
	readonly registry: WebhookRegistry;
	readonly outbox: DeliveryOutbox;
	readonly webhooks: WebhookService;
	readonly replays: ReplayService;
	readonly jobs: JobService;
	readonly janitor: Janitor;
}

interface DeliveryNeeds extends World {
	readonly store: Store;
	/** How long attempts under way are waited for at the end. */
	readonly shutdownGraceMs: number;
	/** The next batch of the erasure of a contact. */
	readonly erase: (job: Job, limit: number) => Promise<ErasureStep | undefined>;
}

export async function buildDelivery(config: Config, needs: DeliveryNeeds): Promise<BuiltDelivery> {
	const { store, observer, clock, shutdownGraceMs } = needs;
	const { peers } = store;
	const options: DeliveryOptions = { ...config.delivery, shutdownGraceMs };
	const registry = new WebhookRegistry(needs.sealer);
	await registry.load(store.webhooks);
	const planner = new Planner({ registry, renderers: RENDERERS, ids: needs.ids, clock, tracing: needs.tracing });
	const dispatcher = new Dispatcher({
		...needs,
		peers,
		work: store.deliveries,
		registry,
		options,
		onGone: (webhookId) => webhooks.disableGone(webhookId),
		onCircuit: (webhookId, change) => void webhooks.noteCircuit(webhookId, change),
	});
	const mirror = new WebhookMirror({ store, registry, dispatcher });
	const outbox = new DeliveryOutbox({ store, peers, registry, mirror, planner, dispatcher, observer });
	const parts = { ...needs, peers, store, outbox, registry, mirror, planner, dispatcher };
	const webhooks: WebhookService = new WebhookService({ ...parts, options, onEnding: () => janitor.wake() });
	const janitorOptions = { ...config.janitor, patienceMs: options.patienceMs };
	const janitor: Janitor = new Janitor({ ...parts, webhooks, options: janitorOptions });
	const jobs = new JobService({ ...parts, options: config.jobs });
	watch(needs, { dispatcher, registry });
	return { dispatcher, registry, outbox, webhooks, janitor, jobs, replays: new ReplayService(parts) };
}

function watch({ metrics, store, clock }: DeliveryNeeds, { dispatcher, registry }: Pick<BuiltDelivery, 'dispatcher' | 'registry'>): void {
	metrics.watchBacklog(() => store.deliveries.backlog());
	metrics.watchDispatching(
		() => {
			const snapshot = dispatcher.snapshot();
			const { open, recovering } = snapshot.circuits;
			return { ...snapshot, circuits: { open, recovering, closed: registry.size - open - recovering } };
		},
		() => clock.now(),
	);
}
