/** The load generator, in a process of its own: posts the same JSON on kept-alive connections, as many at once as it is told. */
import { Pool } from 'undici';

export interface LoadOrder {
	readonly origin: string;
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
	/** Bodies in a circle: one a chat. */
	readonly bodies: readonly string[];
	readonly requests: number;
	readonly concurrency: number;
	readonly expectedStatus: number;
}

export interface LoadReport {
	readonly kind: 'done';
	readonly seconds: number;
	readonly failed: number;
}

process.on('message', (order: LoadOrder) => void run(order));

async function run(order: LoadOrder): Promise<void> {
	const pool = new Pool(order.origin, { connections: order.concurrency, pipelining: 1 });
	let next = 0;
	let failed = 0;
	const startedAt = performance.now();
	const worker = async (): Promise<void> => {
		while (next < order.requests) {
			const body = order.bodies[next % order.bodies.length] ?? '';
			next += 1;
			const response = await pool.request({ method: 'POST', path: order.path, headers: order.headers, body });
			await response.body.dump();
			if (response.statusCode !== order.expectedStatus) failed += 1;
		}
	};
	await Promise.all(Array.from({ length: order.concurrency }, worker));
	const seconds = (performance.now() - startedAt) / 1000;
	await pool.close();
	process.send?.({ kind: 'done', seconds, failed } satisfies LoadReport);
}
