/** The gateway's own secrets, and sealing everything anew when the key is rotated. */
import type { SealedSecret } from '../../domain/webhook.ts';
import type { SealedSecrets } from '../../ports/secrets.ts';
import { fromJson } from '../shared/row-values.ts';
import type { WebhookSettings } from '../shared/webhook-settings.ts';
import { ints, texts } from './arrays.ts';
import type { Database, Queries } from './database.ts';
import { type Statement, statement } from './statement.ts';

const GET: Statement = statement('gateway_secret', 'SELECT sealed FROM gateway_secrets WHERE name = $1');
const PUT_IF_ABSENT: Statement = statement(
	'gateway_secret_put',
	'INSERT INTO gateway_secrets (name, sealed) VALUES ($1, $2) ON CONFLICT DO NOTHING',
);

type Reseal = (sealed: string) => string | undefined;

export function sealedSecrets(db: Pick<Database, 'query' | 'transaction'>): SealedSecrets {
	const get = async (queries: Queries, name: string): Promise<string | undefined> =>
		(await queries.query<{ sealed: string }>(GET, [name]))[0]?.sealed;
	return {
		get: (name) => get(db, name),
		putIfAbsent: (name, sealed) =>
			db.transaction(async (queries) => {
				await queries.query(PUT_IF_ABSENT, [name, sealed]);
				return (await get(queries, name)) ?? sealed;
			}),
		resealAll: async (reseal) => {
			let count = await db.transaction(
				async (queries) => (await resealWebhooks(queries, reseal)) + (await resealGatewaySecrets(queries, reseal)),
			);
			let after: number | undefined = 0;
			while (after !== undefined) {
				const from: number = after;
				const batch = await db.transaction((queries) => resealAnswers(queries, from, reseal));
				count += batch.count;
				after = batch.last;
			}
			return count;
		},
	};
}

interface SealedRow {
	readonly seq: number;
	readonly secrets: string;
	readonly sealed_headers: string | null;
	readonly settings: string;
}

/** Nobody changes a webhook meanwhile: it would be undone. */
const LOCK_WEBHOOKS: Statement = statement('reseal_lock_webhooks', 'LOCK TABLE webhooks IN SHARE ROW EXCLUSIVE MODE');
const WEBHOOKS: Statement = statement('reseal_webhooks', 'SELECT seq, secrets, sealed_headers, settings FROM webhooks');
const RESEALED: Statement = statement(
	'reseal_webhook',
	'UPDATE webhooks SET secrets = $1, sealed_headers = $2, settings = $3 WHERE seq = $4',
);

async function resealWebhooks(db: Queries, reseal: Reseal): Promise<number> {
	let count = 0;
	const anew = (sealed: string): string => {
		const fresh = reseal(sealed);
		if (fresh !== undefined) count += 1;
		return fresh ?? sealed;
	};
	const all = (secrets: readonly SealedSecret[]): SealedSecret[] => secrets.map((secret) => ({ ...secret, sealed: anew(secret.sealed) }));
	await db.query(LOCK_WEBHOOKS);
	for (const row of await db.query<SealedRow>(WEBHOOKS)) {
		const before = count;
		const headers = row.sealed_headers === null ? null : anew(row.sealed_headers);
		const secrets = all(fromJson<SealedSecret[]>(row.secrets));
		const settings = fromJson<WebhookSettings>(row.settings);
		const { authorization, keyPairs } = settings;
		const sealedAnew: WebhookSettings = {
			...settings,
			...(keyPairs === undefined ? {} : { keyPairs: all(keyPairs) }),
			...(authorization === undefined ? {} : { authorization: { ...authorization, sealed: anew(authorization.sealed) } }),
		};
		if (count > before) await db.query(RESEALED, [JSON.stringify(secrets), headers, JSON.stringify(sealedAnew), row.seq]);
	}
	return count;
}

const GATEWAY_SECRETS: Statement = statement('reseal_gateway_secrets', 'SELECT name, sealed FROM gateway_secrets FOR UPDATE');
const RESEALED_SECRET: Statement = statement('reseal_gateway_secret', 'UPDATE gateway_secrets SET sealed = $1 WHERE name = $2');

async function resealGatewaySecrets(db: Queries, reseal: Reseal): Promise<number> {
	let count = 0;
	for (const { name, sealed } of await db.query<{ name: string; sealed: string }>(GATEWAY_SECRETS)) {
		const fresh = reseal(sealed);
		if (fresh === undefined) continue;
		await db.query(RESEALED_SECRET, [fresh, name]);
		count += 1;
	}
	return count;
}

/** Of these there may be very many: sealed anew in batches, between which others have their turn. */
const BATCH = 500;
const ANSWERS: Statement = statement(
	'reseal_answers',
	'SELECT seq, sealed_body FROM idempotency WHERE seq > $1 ORDER BY seq LIMIT $2 FOR UPDATE',
);
const RESEALED_ANSWERS: Statement = statement(
	'reseal_answers_write',
	`UPDATE idempotency SET sealed_body = given.sealed_body FROM unnest($1::int8[], $2::text[]) AS given (seq, sealed_body)
	WHERE idempotency.seq = given.seq`,
);

async function resealAnswers(
	db: Queries,
	after: number,
	reseal: Reseal,
): Promise<{ readonly count: number; readonly last: number | undefined }> {
	const rows = await db.query<{ seq: number; sealed_body: string }>(ANSWERS, [after, BATCH]);
	const fresh = rows.flatMap(({ seq, sealed_body }) => {
		const sealed = reseal(sealed_body);
		return sealed === undefined ? [] : [{ seq, sealed }];
	});
	if (fresh.length > 0) {
		await db.query(RESEALED_ANSWERS, [ints(fresh.map(({ seq }) => seq)), texts(fresh.map(({ sealed }) => sealed))]);
	}
	return { count: fresh.length, last: rows.at(-1)?.seq };
}
