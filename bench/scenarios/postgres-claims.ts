/**
 * What the dispatcher asks of the store on PostgreSQL, beside nothing and beside a million deliveries that sleep until their next attempt, half of
 * them of the very webhooks that are claimed: two databases of one server, a process each, round by round in turns.
 */
import { join } from 'node:path';
import { Child } from '../harness/child.ts';
import { median, round } from '../harness/percentiles.ts';
import { startPostgres } from '../harness/postgres.ts';
import type { Bench, Figures } from '../harness/scenario.ts';
import type { Seeding, SleepingOrder, SleepingTimes } from '../harness/sleeping-process.ts';

const SLEEPING = 1_000_000;
const ROUNDS = 20;
const WARM_UP = 5;
const LAYOUT = {
	webhooks: 100,
	claimed: 4,
	/** As many as the dispatcher has room for. */
	wanted: 32,
	rounds: WARM_UP + ROUNDS,
} as const satisfies Partial<Seeding>;

export async function postgresClaims({ workspace, say }: Bench): Promise<Figures> {
	await using server = await startPostgres(workspace);
	if (server === undefined) return { skipped: 'PostgreSQL (initdb, postgres, pg_isready) is not installed' };
	await using none = await Sleepers.seed(await server.createDatabase(), 0);
	await using million = await Sleepers.seed(await server.createDatabase(), SLEEPING);
	say(`${SLEEPING} sleeping; ${million.seedSeconds} s to seed`);
	for (let n = 0; n < LAYOUT.rounds; n += 1) {
		await none.round();
		await million.round();
	}
	const [few, many] = [none.medians(), million.medians()];
	return {
		none: { ...few },
		million: { ...many },
		ratio: round(many.claimMs / few.claimMs),
		ratioTakeOldest: round(many.takeOldestMs / few.takeOldestMs),
		ratioDueWebhooks: round(many.dueWebhooksMs / few.dueWebhooksMs),
		sleeping: SLEEPING,
		webhooks: LAYOUT.webhooks,
		webhooksClaimed: LAYOUT.claimed,
		wantedOfEach: LAYOUT.wanted,
		seedSeconds: million.seedSeconds,
	};
}

/** A database with so many, and the process that claims there. */
class Sleepers implements AsyncDisposable {
	readonly #child: Child;
	readonly #rounds: SleepingTimes[] = [];
	readonly seedSeconds: number;

	private constructor(child: Child, seedSeconds: number) {
		this.#child = child;
		this.seedSeconds = seedSeconds;
	}

	static async seed(url: string, sleeping: number): Promise<Sleepers> {
		const child = new Child(join(import.meta.dirname, '..', 'harness', 'sleeping-process.ts'));
		try {
			const { seconds } = await child.ask<{ seconds: number }>({ kind: 'seed', url, sleeping, ...LAYOUT } satisfies SleepingOrder);
			return new Sleepers(child, seconds);
		} catch (error) {
			await child.kill();
			throw error;
		}
	}

	async round(): Promise<void> {
		this.#rounds.push(await this.#child.ask<SleepingTimes>({ kind: 'round' } satisfies SleepingOrder));
	}

	medians(): SleepingTimes {
		const middle = (of: (times: SleepingTimes) => number): number => round(median(this.#rounds.slice(WARM_UP).map(of)));
		return {
			claimMs: middle(({ claimMs }) => claimMs),
			taken: middle(({ taken }) => taken),
			takeOldestMs: middle(({ takeOldestMs }) => takeOldestMs),
			dueWebhooksMs: middle(({ dueWebhooksMs }) => dueWebhooksMs),
		};
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#child[Symbol.asyncDispose]();
	}
}
