/**
 * A house of cards for our own dialect: the services and reads that it asks, in memory, behind the real server. Who answers for what stands in
 * `house/`, a file per subject.
 */
import type { Access } from '../../../src/access/services.ts';
import type { RecadoDeps } from '../../../src/dialects/recado/deps.ts';
import { recadoDialect } from '../../../src/dialects/recado/dialect.ts';
import { createAdminAuth } from '../../../src/http/admin-auth.ts';
import { buildServer, SERVER_LIMITS, type Server } from '../../../src/http/server.ts';
import type { Idempotency } from '../../../src/messaging/services.ts';
import { Metrics } from '../../../src/observe/metrics.ts';
import { silentObserver } from '../../../src/observe/observer.ts';
import { Traces } from '../../../src/observe/traces.ts';
import type { IdempotencyRecord } from '../../../src/ports/idempotency.ts';
import type { ServiceDesk } from '../../../src/service-desk/services.ts';
import { openAccess } from '../../support/open-access.ts';
import { plainSealer, StillClock } from '../support.ts';
import type { Asked } from './house/asked.ts';
import { fakeJobs, fakeReplays, fakeWebhooks } from './house/delivery.ts';
import { fakeDirectory, fakeTemplates } from './house/directory.ts';
import { fakeAttending, fakeExtensionCodes, fakeInstanceSettings, fakeInstances, fakeMessaging, fakeReading } from './house/messaging.ts';
import { fakeStore } from './house/reads.ts';
import { AT } from './house/records.ts';
import { fakeSimulator } from './house/simulator.ts';
import { fakeWhatsApp } from './house/whatsapp.ts';

export const ADMIN_TOKEN: string = 'the-administrators-token';

export interface House extends AsyncDisposable {
	readonly server: Server;
	readonly asked: Asked;
	readonly records: Map<string, IdempotencyRecord>;
}

export async function startHouse(): Promise<House> {
	const records = new Map<string, IdempotencyRecord>();
	const asked: Asked = { sent: [], written: [], calls: [] };
	const metrics = new Metrics();
	const clock = new StillClock();
	const dialect = recadoDialect(fakeDeps(asked, records));
	const server = await buildServer({
		access: openAccess(),
		dialects: [dialect],
		tellError: dialect.tellError,
		observer: silentObserver,
		metrics,
		traces: new Traces(),
		clock,
		sealer: plainSealer,
		idempotency: { find: (scope, key) => Promise.resolve(records.get(`${scope} ${key}`)) },
		media: { medium: () => Promise.resolve(undefined) },
		blobs: { open: () => Promise.resolve(undefined) },
		probe: () => Promise.resolve(),
		keepsUp: () => Promise.resolve({ oldestDueAgeMs: 0 }),
		limits: SERVER_LIMITS,
		publicUrl: 'http://127.0.0.1:3000',
		version: '0.0.1',
	});
	return {
		server,
		asked,
		records,
		async [Symbol.asyncDispose]() {
			await server.close();
			metrics[Symbol.dispose]();
		},
	};
}

function fakeDeps(asked: Asked, records: Map<string, IdempotencyRecord>): RecadoDeps {
	const note = (name: string, ...given: readonly unknown[]): void => {
		asked.calls.push({ name, given });
	};
	/** As the services do it: the answer is kept with what was created. */
	const keep = <T>(result: T, idempotency: Idempotency<T> | undefined): Promise<T> => {
		if (idempotency) {
			const { scope, key, fingerprint } = idempotency.request;
			const { status, body } = idempotency.answer(result);
			records.set(`${scope} ${key}`, {
				scope,
				key,
				fingerprint,
				status,
				sealedBody: plainSealer.seal(JSON.stringify(body)),
				createdAt: AT,
			});
		}
		return Promise.resolve(result);
	};
	return {
		directory: fakeDirectory(note, keep),
		messaging: fakeMessaging(asked, keep),
		instances: fakeInstances(note),
		reading: fakeReading(note),
		whatsapp: fakeWhatsApp(note),
		instanceSettings: fakeInstanceSettings(),
		extensionCodes: fakeExtensionCodes(note),
		templates: fakeTemplates(keep),
		attending: fakeAttending(note, keep),
		serviceDesk: askedElsewhere,
		access: {
			...({} as Access),
			accounts: { isFindable: () => true, of: async () => 'acc_1' },
			tokens: { ...({} as Access['tokens']), credentialOf: async () => undefined },
		},
		webhooks: fakeWebhooks(note, keep),
		replays: fakeReplays(),
		jobs: fakeJobs(note, keep),
		simulator: fakeSimulator(asked, note),
		// Streams end when the server does.
		settings: () => {
			throw new Error('what a gateway runs with is asked of a real one');
		},
		insight: { live: { close: async () => undefined } } as RecadoDeps['insight'],
		store: fakeStore(),
		isAdmin: createAdminAuth(ADMIN_TOKEN),
		clock: new StillClock(),
		publicUrl: () => 'http://127.0.0.1:3000',
		fileBytesMax: { media: 1_000, document: 2_000 },
	};
}

/** What our document offers of it is exchanged with a real one: see `elsewhere.ts`. */
const askedElsewhere = new Proxy({} as ServiceDesk, {
	get: (_desk, service) =>
		new Proxy(
			{},
			{
				get: (_service, call) => () => {
					// A wrong credential is asked about here, too.
					if (call === 'byToken') return Promise.resolve(undefined);
					throw new Error(`${String(service)}.${String(call)} is asked in other tests`);
				},
			},
		),
});
