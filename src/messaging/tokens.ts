/** The JWTs of the Instant Message dialect: signed with a key of this gateway that is made once and kept sealed. */
import { jwtVerify, SignJWT } from 'jose';
import type { Application } from '../domain/account.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { HashToken, SealedSecrets, Sealer } from '../ports/secrets.ts';

const SECRET_NAME = 'application-jwt-key';
const ALGORITHM = 'HS256';

/** Tokens whose signature was checked lately; the application is still looked up for each request, so a revoked one ends at once. */
const CHECKED_MAX = 1000;

export interface ApplicationClaims {
	readonly applicationId: string;
	readonly tokenId: string;
}

export class ApplicationTokens {
	readonly #key: Uint8Array;
	readonly #clock: Clock;
	readonly #hash: HashToken;
	readonly #checked = new Map<string, ApplicationClaims>();

	private constructor(key: Uint8Array, clock: Clock, hash: HashToken) {
		this.#key = key;
		this.#clock = clock;
		this.#hash = hash;
	}

	static async open(parts: {
		secrets: SealedSecrets;
		sealer: Sealer;
		ids: Ids;
		clock: Clock;
		hash: HashToken;
	}): Promise<ApplicationTokens> {
		const { secrets, sealer, ids, clock, hash } = parts;
		const kept = (await secrets.get(SECRET_NAME)) ?? (await secrets.putIfAbsent(SECRET_NAME, sealer.seal(ids.nextToken())));
		return new ApplicationTokens(Buffer.from(sealer.unseal(kept), 'base64url'), clock, hash);
	}

	async issue(application: Pick<Application, 'id' | 'accountId' | 'tokenId'>): Promise<string> {
		return new SignJWT({ accountId: application.accountId })
			.setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
			.setSubject(application.id)
			.setJti(application.tokenId)
			.setIssuedAt(Math.floor(this.#clock.wall() / 1000))
			.sign(this.#key);
	}

	/** Undefined where the token is not one of ours. Whether it is still the application's is the caller's question. */
	async check(jwt: string): Promise<ApplicationClaims | undefined> {
		const hash = this.#hash(jwt);
		const known = this.#checked.get(hash);
		if (known) return known;
		const claims = await this.#verify(jwt);
		if (!claims) return undefined;
		if (this.#checked.size >= CHECKED_MAX) this.#checked.clear();
		this.#checked.set(hash, claims);
		return claims;
	}

	async #verify(jwt: string): Promise<ApplicationClaims | undefined> {
		try {
			const { payload } = await jwtVerify(jwt, this.#key, { algorithms: [ALGORITHM] });
			return payload.sub === undefined || payload.jti === undefined ? undefined : { applicationId: payload.sub, tokenId: payload.jti };
		} catch {
			return undefined; // whatever is wrong with a token, it is not a credential
		}
	}
}
