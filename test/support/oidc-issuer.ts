/**
 * A provider of OpenID Connect for tests: a real one on a free port of this machine, with discovery, signed ID tokens, codes that are exchanged once, by the
 * client's secret and with PKCE. Whoever comes is who the test says, without a password.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export const CLIENT = { id: 'recado', secret: 'segredo do cliente' } as const;

export interface Person {
	readonly email?: string;
	readonly email_verified?: boolean;
}

interface Granted {
	readonly person: Person;
	readonly nonce: string;
	readonly challenge: string;
	readonly redirectUri: string;
}

export interface OidcIssuer extends AsyncDisposable {
	readonly url: string;
	/** Who comes next. */
	person: Person;
	/** Where the ID token does not say it, it is told to who asks for it. */
	tellsEmailInToken: boolean;
	/** ID tokens name this nonce instead of the one that was asked for. */
	wrongNonce: string | undefined;
}

/** @param port 0: any. */
export async function startOidcIssuer(port = 0): Promise<OidcIssuer> {
	const { publicKey, privateKey } = await generateKeyPair('RS256');
	const key = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256', use: 'sig' };
	const granted = new Map<string, Granted>();
	const known = new Map<string, Person>();
	const issuer = { url: '', person: {} as Person, tellsEmailInToken: true, wrongNonce: undefined as string | undefined };

	const tokens = async (form: URLSearchParams, authorization: string | undefined): Promise<object | undefined> => {
		const grant = granted.get(form.get('code') ?? '');
		granted.delete(form.get('code') ?? '');
		const isClient =
			authorization ===
			`Basic ${Buffer.from(`${CLIENT.id}:${encodeURIComponent(CLIENT.secret).replaceAll('%20', '+')}`).toString('base64')}`;
		const challenge = createHash('sha256')
			.update(form.get('code_verifier') ?? '')
			.digest('base64url');
		if (!grant || !isClient || challenge !== grant.challenge || form.get('redirect_uri') !== grant.redirectUri) return undefined;
		const token = randomUUID();
		known.set(token, grant.person);
		const idToken = await new SignJWT({ nonce: issuer.wrongNonce ?? grant.nonce, ...(issuer.tellsEmailInToken ? grant.person : {}) })
			.setProtectedHeader({ alg: 'RS256', kid: 'k' })
			.setIssuer(issuer.url)
			.setAudience(CLIENT.id)
			.setSubject('pessoa')
			.setIssuedAt()
			.setExpirationTime('5m')
			.sign(privateKey);
		return { access_token: token, token_type: 'Bearer', expires_in: 300, id_token: idToken };
	};

	const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const { pathname, searchParams } = new URL(request.url ?? '/', issuer.url);
		const json = (body: object | undefined): void => {
			response.writeHead(body ? 200 : 400, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? { error: 'invalid_grant' }));
		};
		switch (pathname) {
			case '/.well-known/openid-configuration':
				return json({
					issuer: issuer.url,
					authorization_endpoint: `${issuer.url}/authorize`,
					token_endpoint: `${issuer.url}/token`,
					userinfo_endpoint: `${issuer.url}/userinfo`,
					jwks_uri: `${issuer.url}/keys`,
					response_types_supported: ['code'],
					subject_types_supported: ['public'],
					id_token_signing_alg_values_supported: ['RS256'],
					code_challenge_methods_supported: ['S256'],
				});
			case '/keys':
				return json({ keys: [key] });
			case '/authorize': {
				const asked = (name: string): string => searchParams.get(name) ?? '';
				const code = randomUUID();
				const redirectUri = asked('redirect_uri');
				granted.set(code, { person: issuer.person, nonce: asked('nonce'), challenge: asked('code_challenge'), redirectUri });
				const back = new URL(redirectUri);
				back.search = new URLSearchParams({ code, state: asked('state') }).toString();
				response.writeHead(302, { location: back.href }).end();
				return;
			}
			case '/token':
				return json(await tokens(new URLSearchParams(await text(request)), request.headers.authorization));
			case '/userinfo':
				return json({ sub: 'pessoa', ...known.get(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '') });
			default:
				response.writeHead(404).end();
		}
	};

	const server = createServer((request, response) => void answer(request, response));
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	const address = server.address();
	issuer.url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
	return Object.assign(issuer, {
		[Symbol.asyncDispose]: () =>
			new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	});
}

async function text(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk);
	return Buffer.concat(chunks).toString();
}
