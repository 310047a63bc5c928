/** `GET /health` (the process answers), `GET /ready` (send it work: it can store and keeps up), `GET /metrics` (Prometheus). */
import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../observe/metrics.ts';
import type { Clock } from '../ports/clock.ts';

export interface HealthParts {
	readonly version: string;
	readonly clock: Clock;
	readonly metrics: Metrics;
	/** Rejects where nothing can be stored. */
	readonly probe: () => Promise<void>;
	/** How long the oldest delivery that is ready has been due. */
	readonly keepsUp: () => Promise<{ readonly oldestDueAgeMs: number }>;
	readonly readyOldestDueMsMax: number;
}

export function registerHealth(scope: FastifyInstance, parts: HealthParts): void {
	const startedAt = parts.clock.now();
	const ready = shareWhilePending(() => reasonsAgainst(parts));
	scope.get('/health', () => ({
		status: 'ok',
		version: parts.version,
		uptimeSeconds: Math.floor((parts.clock.now() - startedAt) / 1000),
	}));
	scope.get('/ready', async (_request, reply) => {
		const reasons = await ready();
		return reply.code(reasons.length === 0 ? 200 : 503).send({ status: reasons.length === 0 ? 'ready' : 'not ready', reasons });
	});
	scope.get('/metrics', async (_request, reply) => reply.type(parts.metrics.contentType).send(await parts.metrics.text()));
}

async function reasonsAgainst(parts: HealthParts): Promise<readonly string[]> {
	const reasons: string[] = [];
	await parts.probe().catch(() => reasons.push('the store takes no writes'));
	const pace = await parts.keepsUp().catch(() => undefined);
	if (!pace) reasons.push('the backlog cannot be read');
	else if (pace.oldestDueAgeMs > parts.readyOldestDueMsMax) {
		reasons.push(`the oldest due delivery has waited for ${Math.round(pace.oldestDueAgeMs / 1000)} s`);
	}
	return reasons;
}

/** Anybody may ask, and each question writes: those who ask while one is being answered get the same answer. */
function shareWhilePending<T>(ask: () => Promise<T>): () => Promise<T> {
	let asked: Promise<T> | undefined;
	return () => {
		asked ??= ask().finally(() => {
			asked = undefined;
		});
		return asked;
	};
}
