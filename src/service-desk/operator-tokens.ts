/**
 * The access tokens of operators: JWTs (RFC 7519, HS256) signed with a key of this gateway that is made once and kept sealed. Written by hand, since an answer
 * that is committed with what it tells of must be there at once, and signing with a library is not.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Operator } from '../domain/account.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { SealedSecrets, Sealer } from '../ports/secrets.ts';
import type { SignedInAs } from './staff-services.ts';

const SECRET_NAME = 'operator-jwt-key';
const HEADER = part({ alg: 'HS256', typ: 'JWT' });
/** A working day with its overtime: who comes in the next morning signs in again, and what was left open on a machine is closed by then. */
const VALID_SECONDS = 12 * 60 * 60;

export class OperatorTokens {
	readonly #key: Buffer;
	readonly #clock: Clock;

	private constructor(key: Buffer, clock: Clock) {
		this.#key = key;
		this.#clock = clock;
	}

	static async open(parts: { secrets: SealedSecrets; sealer: Sealer; ids: Ids; clock: Clock }): Promise<OperatorTokens> {
		const { secrets, sealer, ids, clock } = parts;
		const kept = (await secrets.get(SECRET_NAME)) ?? (await secrets.putIfAbsent(SECRET_NAME, sealer.seal(ids.nextToken())));
		return new OperatorTokens(Buffer.from(sealer.unseal(kept), 'base64url'), clock);
	}

	issue({ id, accountId }: Operator, generation: number): string {
		const iat = Math.floor(this.#clock.wall() / 1000);
		const signed = `${HEADER}.${part({ accountId, operatorId: id, generation, iat, exp: iat + VALID_SECONDS })}`;
		return `${signed}.${this.#sign(signed).toString('base64url')}`;
	}

	/** Undefined where it is none of ours or has expired. Whether the operator still is, and the generation still theirs, is the caller's question. */
	check(jwt: string): SignedInAs | undefined {
		const [header, payload, signature, ...rest] = jwt.split('.');
		if (header !== HEADER || payload === undefined || signature === undefined || rest.length > 0) return undefined;
		const wanted = this.#sign(`${header}.${payload}`);
		const given = Buffer.from(signature, 'base64url');
		if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
		// What we signed we wrote.
		const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as SignedInAs & { readonly exp: number };
		return claims.exp * 1000 > this.#clock.wall() ? claims : undefined;
	}

	#sign(text: string): Buffer {
		return createHmac('sha256', this.#key).update(text).digest();
	}
}

function part(value: object): string {
	return Buffer.from(JSON.stringify(value)).toString('base64url');
}
