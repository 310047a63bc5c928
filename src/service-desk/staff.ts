/** The staff of an account: operators with what is known of them, whether they are there, and how they sign in. Making and changing them is the directory's. */
import type { Department, Operator } from '../domain/account.ts';
import { Serial } from '../domain/serial.ts';
import { RecadoError } from '../errors.ts';
import { commitDecided } from '../messaging/commit.ts';
import { LOGINS, loginId, type OperatorProfile, PRESENCES, PROFILES, USUAL_PROFILE } from '../messaging/operator-profiles.ts';
import type { Clock } from '../ports/clock.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Passwords } from '../ports/secrets.ts';
import type { Store } from '../ports/store.ts';
import type { OperatorTokens } from './operator-tokens.ts';
import type { OperatorState, Staff, StaffMember } from './services.ts';

export interface StaffServiceParts {
	readonly store: Pick<Store, 'accounts' | 'documents'>;
	readonly outbox: Outbox;
	readonly clock: Clock;
	readonly passwords: Passwords;
	readonly tokens: OperatorTokens;
}

export class StaffService implements Staff {
	readonly #parts: StaffServiceParts;
	/** Comparing a password takes much memory: one at a time for a login, and over all logins as many as Node.js has threads for it. */
	readonly #signingIn = new Serial();

	constructor(parts: StaffServiceParts) {
		this.#parts = parts;
	}

	async list(accountId: string): Promise<readonly StaffMember[]> {
		const { accounts } = this.#parts.store;
		const [operators, departments] = await Promise.all([accounts.operators(accountId), accounts.departments(accountId)]);
		return Promise.all(operators.map((operator) => this.#memberOf(operator, departments)));
	}

	async member(accountId: string, operatorId: string): Promise<StaffMember> {
		const found = await this.find(accountId, operatorId);
		if (!found) throw new RecadoError('not_there', { details: { what: 'operator' } });
		return found;
	}

	async find(accountId: string, operatorId: string): Promise<StaffMember | undefined> {
		const { accounts } = this.#parts.store;
		const operator = (await accounts.operators(accountId)).find((one) => one.id === operatorId);
		return operator && this.#memberOf(operator, await accounts.departments(accountId));
	}

	async setState(accountId: string, operatorId: string, state: OperatorState): Promise<StaffMember> {
		const { store, outbox, clock } = this.#parts;
		const { operator } = await this.member(accountId, operatorId);
		if (state === 'online' && !operator.active) throw new RecadoError('operator_inactive', { details: { id: operatorId } });
		await commitDecided(outbox, async () => {
			const kept = await PRESENCES.get(store.documents, operatorId);
			if ((kept?.value.state ?? 'offline') === state) return { result: undefined };
			const put = PRESENCES.put({ id: operatorId, accountId, at: clock.now(), value: { state } }, kept?.version ?? 0);
			return { result: undefined, decision: { changes: [put], events: [] } };
		});
		return this.member(accountId, operatorId);
	}

	accessToken(operator: Operator, generation: number): string {
		return this.#parts.tokens.issue(operator, generation);
	}

	async byToken(jwt: string): Promise<StaffMember | undefined> {
		const claims = this.#parts.tokens.check(jwt);
		const member = claims && (await this.find(claims.accountId, claims.operatorId));
		return member?.operator.active === true && member.tokenGeneration === claims?.generation ? member : undefined;
	}

	async signIn(accountId: string, login: string, password: string): Promise<{ member: StaffMember; token: string }> {
		const { store, passwords } = this.#parts;
		const key = loginId(accountId, login);
		const operatorId = (await LOGINS.get(store.documents, key))?.value.operatorId;
		const member = operatorId === undefined ? undefined : await this.find(accountId, operatorId);
		const hash = member && (await this.#profile(member.operator.id)).passwordHash;
		const fits = await this.#signingIn.run(key, async () => {
			if (hash !== undefined) return passwords.fits(password, hash);
			// Costs what comparing costs: how long it takes must not tell which logins there are.
			await passwords.hash(password);
			return false;
		});
		if (!member?.operator.active || !fits) throw new RecadoError('unauthorized');
		return { member, token: this.accessToken(member.operator, member.tokenGeneration) };
	}

	async #memberOf(operator: Operator, departments: readonly Department[]): Promise<StaffMember> {
		const [profile, presence] = await Promise.all([this.#profile(operator.id), PRESENCES.get(this.#parts.store.documents, operator.id)]);
		const { role, email, login, attendancesMax, departmentIds, tokenGeneration = 0 } = profile;
		return {
			operator,
			role,
			...(email === undefined ? {} : { email }),
			...(login === undefined ? {} : { login }),
			...(attendancesMax === undefined ? {} : { attendancesMax }),
			departments: departmentIds.flatMap((id) => departments.find((one) => one.id === id) ?? []),
			state: presence?.value.state ?? 'offline',
			stateChangedAt: presence?.at ?? operator.createdAt,
			tokenGeneration,
		};
	}

	async #profile(operatorId: string): Promise<OperatorProfile> {
		return (await PROFILES.get(this.#parts.store.documents, operatorId))?.value ?? USUAL_PROFILE;
	}
}
