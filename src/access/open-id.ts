/**
 * Signing in by somebody who knows who people are (OpenID Connect, authorization code with PKCE): the browser is sent there and comes back with a code, which
 * is exchanged for who it is. What must be the same when it comes back travels in a cookie, sealed: whichever process is asked can go on. The library is loaded
 * where a provider is configured, and nowhere else.
 */
import type { Configuration } from 'openid-client';
import type { Observer } from '../observe/observer.ts';
import type { Clock } from '../ports/clock.ts';
import type { Sealer } from '../ports/secrets.ts';

export interface OpenIdOptions {
	readonly issuer: string;
	readonly clientId: string;
	/** Undefined: a public client, whom PKCE alone protects. */
	readonly clientSecret?: string;
	/** E-mails of who signs in as the administrator, in lower case. */
	readonly admins: readonly string[];
}

export interface OpenIdParts {
	readonly options: OpenIdOptions;
	readonly observer: Pick<Observer, 'background'>;
	readonly sealer: Sealer;
	readonly clock: Clock;
}

export interface OpenIdStart {
	/** Where the browser goes. */
	readonly url: string;
	/** For the cookie. */
	readonly flow: string;
}

/** Who it is, as the provider has verified. */
export interface OpenIdPerson {
	readonly email: string;
	readonly isAdmin: boolean;
	/** As the sign-in was begun. */
	readonly accountId?: string;
}

interface Flow {
	readonly state: string;
	readonly nonce: string;
	readonly verifier: string;
	readonly expiresAt: number;
	readonly accountId?: string;
}

/** How long somebody may take at the provider. */
export const FLOW_MS: number = 10 * 60_000;
/** Of each request to the provider: a person waits. */
const ANSWER_SECONDS = 10;
/** On this machine alone a provider may be asked without TLS: nobody can listen in between. */
const HERE: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

export class OpenId {
	readonly #parts: OpenIdParts;
	#provider: Promise<Configuration> | undefined;

	constructor(parts: OpenIdParts) {
		this.#parts = parts;
	}

	/** Undefined where the provider does not answer; the log says why. */
	async begin(redirectUri: string, accountId?: string): Promise<OpenIdStart | undefined> {
		const { sealer, clock } = this.#parts;
		const client = await import('openid-client');
		const provider = await this.#discovered();
		if (!provider) return undefined;
		const flow: Flow = {
			state: client.randomState(),
			nonce: client.randomNonce(),
			verifier: client.randomPKCECodeVerifier(),
			expiresAt: clock.now() + FLOW_MS,
			...(accountId === undefined ? {} : { accountId }),
		};
		const url = client.buildAuthorizationUrl(provider, {
			redirect_uri: redirectUri,
			scope: 'openid email',
			state: flow.state,
			nonce: flow.nonce,
			code_challenge: await client.calculatePKCECodeChallenge(flow.verifier),
			code_challenge_method: 'S256',
		});
		return { url: url.href, flow: sealer.seal(JSON.stringify(flow)) };
	}

	/**
	 * @param answer the redirect URI, with the query that the browser came back with.
	 * Undefined where it is not what was begun, is over, or the provider does not vouch for an e-mail; the log says why.
	 */
	async finish(answer: URL, sealed: string): Promise<OpenIdPerson | undefined> {
		const { observer, options } = this.#parts;
		try {
			const flow = this.#flowOf(sealed);
			const provider = flow && (await this.#discovered());
			if (!flow || !provider) return undefined;
			const email = await this.#emailOf(provider, answer, flow);
			const isAdmin = options.admins.includes(email);
			return { email, isAdmin, ...(flow.accountId === undefined ? {} : { accountId: flow.accountId }) };
		} catch (error) {
			observer.background('sessions.oidc', error);
			return undefined;
		}
	}

	/** Throws where the provider vouches for none. */
	async #emailOf(provider: Configuration, answer: URL, { verifier, state, nonce }: Flow): Promise<string> {
		const client = await import('openid-client');
		const tokens = await client.authorizationCodeGrant(provider, answer, {
			pkceCodeVerifier: verifier,
			expectedState: state,
			expectedNonce: nonce,
			idTokenExpected: true,
		});
		const claims = tokens.claims();
		if (!claims) throw new Error('the provider answered without an ID token');
		// Some tell the e-mail there, some only when asked.
		const told = claims['email'] === undefined ? await client.fetchUserInfo(provider, tokens.access_token, claims.sub) : claims;
		const { email, email_verified: isVerified } = told;
		if (typeof email !== 'string' || isVerified !== true) throw new Error('the provider does not say that it verified an e-mail');
		return email.trim().toLowerCase();
	}

	#flowOf(sealed: string): Flow | undefined {
		// What we sealed we wrote.
		const flow = JSON.parse(this.#parts.sealer.unseal(sealed)) as Flow;
		return flow.expiresAt > this.#parts.clock.now() ? flow : undefined;
	}

	/** Asked once; where it failed, again the next time. */
	async #discovered(): Promise<Configuration | undefined> {
		this.#provider ??= this.#discover();
		try {
			return await this.#provider;
		} catch (error) {
			this.#provider = undefined;
			this.#parts.observer.background('sessions.oidc', error);
			return undefined;
		}
	}

	async #discover(): Promise<Configuration> {
		const { issuer, clientId, clientSecret } = this.#parts.options;
		const client = await import('openid-client');
		const server = new URL(issuer);
		const isHere = server.protocol === 'http:' && HERE.has(server.hostname);
		const authentication = clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret);
		return client.discovery(server, clientId, undefined, authentication, {
			timeout: ANSWER_SECONDS,
			...(isHere ? { execute: [client.allowInsecureRequests] } : {}),
		});
	}
}
