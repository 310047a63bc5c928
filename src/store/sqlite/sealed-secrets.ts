/** The gateway's own secrets, and sealing everything anew when the key is rotated. */
import type { SealedSecret } from '../../domain/webhook.ts';
import type { SealedSecrets } from '../../ports/secrets.ts';
import { fromJson } from '../shared/row-values.ts';
import type { WebhookSettings } from '../shared/webhook-settings.ts';
import type { Connection } from './connection.ts';
import type { GroupWriter } from './group-writer.ts';

const GET = 'SELECT sealed FROM gateway_secrets WHERE name = ?';
const PUT_IF_ABSENT = 'INSERT INTO gateway_secrets (name, sealed) VALUES (?, ?) ON CONFLICT DO NOTHING';

type Reseal = (sealed: string) => string | undefined;

export function sealedSecrets(reader: Connection, writer: GroupWriter): SealedSecrets {
	const get = (db: Connection, name: string): string | undefined => db.get<{ sealed: string }>(GET, name)?.sealed;
	return {
		get: async (name) => get(reader, name),
		putIfAbsent: (name, sealed) =>
			writer.submit((db) => {
				db.run(PUT_IF_ABSENT, name, sealed);
				return get(db, name) ?? sealed;
			}),
		resealAll: async (reseal) => {
			let count = await writer.submit((db) => resealWebhooks(db, reseal) + resealGatewaySecrets(db, reseal));
			let after: number | undefined = 0;
			while (after !== undefined) {
				const from: number = after;
				const batch = await writer.submit((db) => resealAnswers(db, from, reseal));
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

const RESEALED = 'UPDATE webhooks SET secrets = ?, sealed_headers = ?, settings = ? WHERE seq = ?';

function resealWebhooks(db: Connection, reseal: Reseal): number {
	let count = 0;
	const anew = (sealed: string): string => {
		const fresh = reseal(sealed);
		if (fresh !== undefined) count += 1;
		return fresh ?? sealed;
	};
	const all = (secrets: readonly SealedSecret[]): SealedSecret[] => secrets.map((secret) => ({ ...secret, sealed: anew(secret.sealed) }));
	for (const row of db.all<SealedRow>('SELECT seq, secrets, sealed_headers, settings FROM webhooks')) {
		const headers = row.sealed_headers === null ? null : anew(row.sealed_headers);
		const secrets = all(fromJson<SealedSecret[]>(row.secrets));
		const settings = fromJson<WebhookSettings>(row.settings);
		const { authorization, keyPairs } = settings;
		const sealedAnew: WebhookSettings = {
			...settings,
			...(keyPairs === undefined ? {} : { keyPairs: all(keyPairs) }),
			...(authorization === undefined ? {} : { authorization: { ...authorization, sealed: anew(authorization.sealed) } }),
		};
		db.run(RESEALED, JSON.stringify(secrets), headers, JSON.stringify(sealedAnew), row.seq);
	}
	return count;
}

function resealGatewaySecrets(db: Connection, reseal: Reseal): number {
	let count = 0;
	for (const row of db.all<{ name: string; sealed: string }>('SELECT name, sealed FROM gateway_secrets')) {
		const fresh = reseal(row.sealed);
		if (fresh === undefined) continue;
		count += db.run('UPDATE gateway_secrets SET sealed = ? WHERE name = ?', fresh, row.name);
	}
	return count;
}

/** Of these there may be very many: sealed anew in batches, between which others have their turn. */
const BATCH = 500;
const ANSWERS = 'SELECT seq, sealed_body FROM idempotency WHERE seq > ? ORDER BY seq LIMIT ?';

function resealAnswers(db: Connection, after: number, reseal: Reseal): { readonly count: number; readonly last: number | undefined } {
	let count = 0;
	const rows = db.all<{ seq: number; sealed_body: string }>(ANSWERS, after, BATCH);
	for (const row of rows) {
		const fresh = reseal(row.sealed_body);
		if (fresh === undefined) continue;
		count += db.run('UPDATE idempotency SET sealed_body = ? WHERE seq = ?', fresh, row.seq);
	}
	return { count, last: rows.at(-1)?.seq };
}
