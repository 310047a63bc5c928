/**
 * API tokens: `rct_<id>_<secret>`, kept as a hash. What is known of one is looked up by its id and compared in constant time; it is remembered for a moment,
 * so that a request costs no read. That a token was used is noted once a minute, apart from its record and from the request.
 */
import { timingSafeEqual } from 'node:crypto';
import { RecadoError } from '../errors.ts';
import { commitChanges } from '../messaging/commit.ts';
import type { Idempotency } from '../messaging/services.ts';
import type { Observer } from '../observe/observer.ts';
import type { Change } from '../ports/changes.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Credential } from '../ports/dialect.ts';
import { collection, type StoredDocument } from '../ports/documents.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Page, PageRequest } from '../ports/pages.ts';
import type { HashToken, Sealer } from '../ports/secrets.ts';
import type { Store } from '../ports/store.ts';
import { pageOfDocuments } from '../service-desk/document-pages.ts';
import { PARTNERS, type PartnerRecord } from './partner-records.ts';
import type { ApiToken, ApiTokens, TokenCreated, TokenWish } from './services.ts';

export interface ApiTokenParts {
	readonly store: Pick<Store, 'documents'> & { readonly accounts: Pick<Store['accounts'], 'account'> };
	readonly outbox: Outbox;
	readonly observer: Pick<Observer, 'background'>;
	readonly hash: HashToken;
	readonly sealer: Sealer;
	readonly clock: Clock;
	readonly ids: Ids;
}

/** What is kept, but for its id, its account and its partner, which are the document's. */
interface TokenRecord extends Omit<ApiToken, 'id' | 'accountId' | 'partnerId' | 'createdAt' | 'lastUsedAt'> {
	readonly hash: string;
}

const TOKENS = collection<TokenRecord>('api-tokens');
/** By the token's id. Apart from it, so that a use never meets a revocation. */
const USES = collection<{ readonly at: number }>('api-token-uses');

/** So long a process goes by what it knows of a token: another one may have revoked it. */
const TOKEN_KNOWN_MS = 5_000;
/** Beyond that many tokens what is known of them begins anew. */
const KNOWN_MAX = 10_000;
const USE_NOTED_MS = 60_000;

const FORM = /^rct_([0-9a-f]{32})_([\w-]{43})$/;

interface Known {
	readonly apiToken: ApiToken;
	readonly hash: string;
	readonly readAt: number;
}

export class ApiTokenService implements ApiTokens {
	readonly #parts: ApiTokenParts;
	readonly #known: Map<string, Known> = new Map();
	/** When the use of a token was last noted here. */
	readonly #noted: Map<string, number> = new Map();

	constructor(parts: ApiTokenParts) {
		this.#parts = parts;
	}

	async create(wish: TokenWish, idempotency?: Idempotency<TokenCreated>): Promise<TokenCreated> {
		const { ids, clock, hash } = this.#parts;
		await this.#check(wish);
		const now = clock.now();
		const partner = this.#partnerFor(wish, now);
		const id = ids.next('tok');
		const token = `rct_${id.slice('tok_'.length)}_${ids.nextToken()}`;
		const { createdBy, expiresAt, accountId, name, scopes, requestsPerSecond } = wish;
		const record: TokenRecord = {
			name,
			scopes,
			createdBy,
			hash: hash(token),
			...(expiresAt === undefined ? {} : { expiresAt }),
			...(requestsPerSecond === undefined ? {} : { requestsPerSecond }),
		};
		const document = {
			id,
			accountId: accountId ?? '',
			at: now,
			value: record,
			...(partner.id === undefined ? {} : { parentId: partner.id }),
		};
		const created = { apiToken: toApiToken({ ...document, collection: TOKENS.name, version: 1 }), token };
		await commitChanges(this.#parts, [...partner.changes, TOKENS.put(document, 0)], { idempotency, result: created });
		return created;
	}

	async revoke(id: string): Promise<ApiToken> {
		const { store, clock } = this.#parts;
		const kept = await TOKENS.get(store.documents, id);
		if (!kept) throw new RecadoError('not_there', { details: { what: 'token' } });
		if (kept.value.revokedAt === undefined) {
			const value = { ...kept.value, revokedAt: clock.now() };
			await commitChanges(this.#parts, [TOKENS.put({ ...kept, value }, kept.version)]);
		}
		const revoked = await TOKENS.get(store.documents, id);
		if (revoked) this.#know(revoked, clock.now());
		return await this.#existing(id);
	}

	async token(id: string): Promise<ApiToken | undefined> {
		const { documents } = this.#parts.store;
		const [kept, use] = await Promise.all([TOKENS.get(documents, id), USES.get(documents, id)]);
		return kept && toApiToken(kept, use?.value.at);
	}

	async list(filter: { readonly accountId?: string; readonly partnerId?: string }, page: PageRequest): Promise<Page<ApiToken>> {
		const { documents } = this.#parts.store;
		const { accountId, partnerId } = filter;
		const narrowed = { ...(accountId === undefined ? {} : { accountId }), ...(partnerId === undefined ? {} : { parentId: partnerId }) };
		const found = await pageOfDocuments(documents, TOKENS, { ...narrowed, order: 'newest' }, page);
		const uses = await Promise.all(found.items.map(({ id }) => USES.get(documents, id)));
		return { ...found, items: found.items.map((kept, index) => toApiToken(kept, uses[index]?.value.at)) };
	}

	async credentialOf(token: string): Promise<Credential | undefined> {
		const [, digits] = FORM.exec(token) ?? [];
		if (digits === undefined) return undefined;
		const known = await this.#lookUp(`tok_${digits}`);
		return known && isSame(this.#parts.hash(token), known.hash) ? this.#standing(known) : undefined;
	}

	async credentialById(id: string): Promise<Credential | undefined> {
		const known = await this.#lookUp(id);
		return known && this.#standing(known);
	}

	/** Undefined where it has ended. */
	#standing(known: Known): Credential | undefined {
		const { clock } = this.#parts;
		const { id, name, accountId, partnerId, scopes, requestsPerSecond, revokedAt, expiresAt } = known.apiToken;
		if (revokedAt !== undefined || (expiresAt !== undefined && expiresAt <= clock.wall())) return undefined;
		this.#noteUse(id, accountId);
		return {
			...{ kind: 'token', id, name, scopes },
			...(accountId === undefined ? {} : { accountId }),
			...(partnerId === undefined ? {} : { partnerId }),
			...(requestsPerSecond === undefined ? {} : { requestsPerSecond }),
		};
	}

	async #check({ accountId, partnerId, scopes, expiresAt }: TokenWish): Promise<void> {
		const { store, clock } = this.#parts;
		const isOfPartner = scopes.includes('partner') || scopes.includes('integrator');
		if (accountId !== undefined && isOfPartner) {
			throw faulty('accountId', 'is not for the scopes partner and integrator', 'não se aplica aos escopos partner e integrator');
		}
		if (partnerId !== undefined && !isOfPartner) {
			throw faulty('partnerId', 'is for the scopes partner and integrator', 'só se aplica aos escopos partner e integrator');
		}
		if (expiresAt !== undefined && expiresAt <= clock.wall()) throw faulty('expiresAt', 'must be in the future', 'deve estar no futuro');
		if (accountId !== undefined && !(await store.accounts.account(accountId))) {
			throw new RecadoError('not_there', { details: { what: 'account' } });
		}
		if (partnerId !== undefined && !(await PARTNERS.get(store.documents, partnerId))) {
			throw new RecadoError('not_there', { details: { what: 'partner' } });
		}
	}

	/** Whose accounts it makes; a new partner where none is named. */
	#partnerFor({ name, partnerId, scopes }: TokenWish, now: number): { readonly id?: string; readonly changes: readonly Change[] } {
		if (partnerId !== undefined) return { id: partnerId, changes: [] };
		if (!scopes.includes('partner') && !scopes.includes('integrator')) return { changes: [] };
		const id = this.#parts.ids.next('par');
		const value: PartnerRecord = { name };
		return { id, changes: [PARTNERS.put({ id, accountId: '', at: now, value }, 0)] };
	}

	async #lookUp(id: string): Promise<Known | undefined> {
		const { store, clock } = this.#parts;
		const now = clock.now();
		const known = this.#known.get(id);
		if (known && now - known.readAt < TOKEN_KNOWN_MS) return known;
		const kept = await TOKENS.get(store.documents, id);
		return kept && this.#know(kept, now);
	}

	/** Answers what is known by now: a read that was begun before a revocation does not undo it. */
	#know(kept: StoredDocument<TokenRecord>, readAt: number): Known {
		const meanwhile = this.#known.get(kept.id);
		if (meanwhile?.apiToken.revokedAt !== undefined && kept.value.revokedAt === undefined) return meanwhile;
		const known = { apiToken: toApiToken(kept), hash: kept.value.hash, readAt };
		if (this.#known.size >= KNOWN_MAX) this.#known.clear();
		this.#known.set(kept.id, known);
		return known;
	}

	/** Later, and whether it can be noted or not changes nothing for the request. */
	#noteUse(id: string, accountId: string | undefined): void {
		const { outbox, clock, observer } = this.#parts;
		const at = clock.now();
		if (at - (this.#noted.get(id) ?? Number.NEGATIVE_INFINITY) < USE_NOTED_MS) return;
		if (this.#noted.size >= KNOWN_MAX) this.#noted.clear();
		this.#noted.set(id, at);
		const put = USES.put({ id, accountId: accountId ?? '', at, value: { at } });
		outbox.commit({ changes: [put], events: [] }).catch((error: unknown) => observer.background('tokens.use', error));
	}

	async #existing(id: string): Promise<ApiToken> {
		const found = await this.token(id);
		if (!found) throw new RecadoError('not_there', { details: { what: 'token' } });
		return found;
	}
}

function toApiToken({ id, accountId, parentId, at, value }: StoredDocument<TokenRecord>, lastUsedAt?: number): ApiToken {
	const { hash: _hash, ...told } = value;
	return {
		...{ id, ...told, createdAt: at },
		...(accountId === '' ? {} : { accountId }),
		...(parentId === undefined ? {} : { partnerId: parentId }),
		...(lastUsedAt === undefined ? {} : { lastUsedAt }),
	};
}

function isSame(one: string, other: string): boolean {
	return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

function faulty(path: string, en: string, pt: string): RecadoError {
	return new RecadoError('invalid_request', { faults: [{ path, en, pt }] });
}
