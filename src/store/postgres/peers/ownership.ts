/**
 * Which process works an instance: a row with the owner's token, which ends with the owner's lease. What is ours is known here, and is ours only while
 * the lease holds.
 */
import { Serial } from '../../../domain/serial.ts';
import type { Ownership } from '../../../ports/peers.ts';
import { texts } from '../arrays.ts';
import type { Database } from '../database.ts';
import { type Bound, type Statement, statement } from '../statement.ts';
import { isUnanswered } from '../store-fault.ts';
import type { Membership } from './membership.ts';

/** By a member alone: the row of one that is being ended is waited for, and then not there. */
const CLAIM: Statement = statement(
	'peers_claim',
	`INSERT INTO instance_owners AS owned (instance_id, token)
	SELECT $1, token FROM processes WHERE token = $2 FOR KEY SHARE
	ON CONFLICT (instance_id) DO UPDATE SET token = excluded.token WHERE owned.token = excluded.token
	RETURNING instance_id`,
);
const RELEASE: Statement = statement('peers_release', 'DELETE FROM instance_owners WHERE instance_id = $1 AND token = $2');

/** Members that start together share one after the other, so that each sees what those before it left. */
const LOCK: Statement = statement('peers_share_lock', `SELECT pg_advisory_xact_lock(hashtextextended('recado shares', 0))`);
const SHARE: Statement = statement(
	'peers_share',
	`WITH member AS MATERIALIZED (
		SELECT token FROM processes WHERE token = $1 FOR KEY SHARE
	), given AS (
		SELECT id, place, owned.token
		FROM unnest($2::text[]) WITH ORDINALITY AS wanted (id, place) LEFT JOIN instance_owners AS owned ON owned.instance_id = id
	), fair AS (
		SELECT ceil(count(*)::numeric / greatest(1, (SELECT count(*) FROM processes WHERE lease_until > clock_timestamp())))::bigint AS part FROM given
	), claimed AS (
		INSERT INTO instance_owners (instance_id, token)
		SELECT given.id, member.token FROM given, member WHERE given.token IS NULL ORDER BY place
		LIMIT greatest(0, (SELECT part FROM fair) - (SELECT count(*) FROM given WHERE token = $1))
		ON CONFLICT (instance_id) DO NOTHING
		RETURNING instance_id
	)
	SELECT id, (SELECT part FROM fair) AS part
	FROM given
	WHERE EXISTS (SELECT 1 FROM member) AND (token = $1 OR id IN (SELECT instance_id FROM claimed))
	ORDER BY place`,
);

interface ShareRow {
	readonly id: string;
	/** How many of those that were given are a fair part. */
	readonly part: number;
}

/** Claims and releases are written in the order in which they were asked for: what is known here is what stands there. */
const ONE_LINE = 'owned';

export class PostgresOwnership implements Ownership {
	readonly #db: Pick<Database, 'pipeline'>;
	readonly #membership: Pick<Membership, 'token' | 'giveUp'>;
	readonly #released: () => void;
	readonly #serial = new Serial();
	readonly #ours = new Set<string>();

	/** @param released somebody else may have it now. */
	constructor(db: Pick<Database, 'pipeline'>, membership: Pick<Membership, 'token' | 'giveUp'>, released: () => void) {
		this.#db = db;
		this.#membership = membership;
		this.#released = released;
	}

	isOurs(instanceId: string): boolean {
		return this.#ours.has(instanceId) && this.#membership.token !== undefined;
	}

	claim(instanceId: string): Promise<boolean> {
		return this.#serial.run(ONE_LINE, async () => {
			const { token } = this.#membership;
			if (token === undefined) return false;
			if (this.#ours.has(instanceId)) return true;
			const [rows] = await this.#write({ statement: CLAIM, values: [instanceId, token] });
			if (rows?.length !== 1 || this.#membership.token !== token) return false;
			this.#ours.add(instanceId);
			return true;
		});
	}

	release(instanceId: string): Promise<void> {
		return this.#serial.run(ONE_LINE, async () => {
			const { token } = this.#membership;
			if (!this.#ours.delete(instanceId) || token === undefined) return;
			await this.#write({ statement: RELEASE, values: [instanceId, token] });
			this.#released();
		});
	}

	share(instanceIds: readonly string[]): Promise<{ readonly ours: readonly string[]; readonly beyond: readonly string[] }> {
		return this.#serial.run(ONE_LINE, async () => {
			const { token } = this.#membership;
			if (token === undefined || instanceIds.length === 0) return { ours: [], beyond: [] };
			const [, rows] = await this.#db.pipeline([
				{ statement: LOCK, values: [] },
				{ statement: SHARE, values: [token, texts(instanceIds)] },
			]);
			if (this.#membership.token !== token) return { ours: [], beyond: [] };
			const shared = rows as readonly ShareRow[];
			const ours = shared.map(({ id }) => id);
			for (const id of instanceIds) this.#ours.delete(id);
			for (const id of ours) this.#ours.add(id);
			return { ours, beyond: ours.slice(shared[0]?.part ?? 0) };
		});
	}

	/** The lease has ended, and all of this with it. */
	lose(): void {
		this.#ours.clear();
	}

	/** Where nobody knows whether it was written, this process may be named as the owner of what it does not work: nobody would. */
	async #write(bound: Bound): Promise<readonly (readonly unknown[])[]> {
		try {
			return await this.#db.pipeline([bound]);
		} catch (error) {
			if (isUnanswered(error)) this.#membership.giveUp();
			throw error;
		}
	}
}
