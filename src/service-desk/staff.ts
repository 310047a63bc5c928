/** The staff of an account: operators with what is known of them, whether they are there, and how they sign in. Making and changing them is the directory's. */
import type { Department, Operator } from '../domain/account.ts';
import { Serial } from '../domain/serial.ts';
import { RecadoError } from '../errors.ts';
import { commitDecided } from '../messaging/commit.ts';
import {
	LOGINS,
	loginId,
	nameKey,
	OPERATOR_NAMES,
	type OperatorProfile,
	PRESENCES,
	PROFILES,
	USUAL_PROFILE,
} from '../messaging/operator-profiles.ts';
import type { Clock } from '../ports/clock.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Passwords } from '../ports/secrets.ts';
import type { Store } from '../ports/store.ts';
import type { OperatorTokens } from './operator-tokens.ts';
import type { OperatorState, SignedInAs, Staff, StaffMember, WhoFits } from './staff-services.ts';

export interface StaffServiceParts {
	readonly store: Pick<Store, 'accounts' | 'documents'>;
	readonly outbox: Outbox;
	readonly clock: Clock;
	readonly passwords: Passwords;
	readonly tokens: OperatorTokens;
}

/** Passwords that are compared for one name, at 128 MiB each. Who shares a name with more operators says of which account they are. */
const NAMESAKES_MAX = 3;

interface Named extends Omit<SignedInAs, 'generation'> {
	/** `email` or `login` */
	readonly kind: string;
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
		return claims && this.standing(claims);
	}

	async standing({ accountId, operatorId, generation }: SignedInAs): Promise<StaffMember | undefined> {
		const member = await this.find(accountId, operatorId);
		return member?.operator.active === true && member.tokenGeneration === generation ? member : undefined;
	}

	async signIn(accountId: string, login: string, password: string): Promise<{ member: StaffMember; token: string }> {
		const key = loginId(accountId, login);
		const operatorId = (await LOGINS.get(this.#parts.store.documents, key))?.value.operatorId;
		const candidates = operatorId === undefined ? [] : [{ accountId, operatorId }];
		const [member] = await this.#signingIn.run(key, () => this.#whoseFits(candidates, password));
		if (!member) throw new RecadoError('unauthorized');
		return { member, token: this.accessToken(member.operator, member.tokenGeneration) };
	}

	async whoFits(name: string, password: string, accountId?: string): Promise<WhoFits> {
		const named = await this.#named(name, accountId);
		const distinct = [...new Map(named.map((one) => [one.operatorId, one])).values()].slice(0, NAMESAKES_MAX);
		const fitting = await this.#signingIn.run(nameKey(name), () => this.#whoseFits(distinct, password));
		return { operatorIds: distinct.map(({ operatorId }) => operatorId), fitting };
	}

	async hasPassword({ accountId, operatorId }: Omit<SignedInAs, 'generation'>, password: string): Promise<boolean> {
		const fitting = await this.#signingIn.run(operatorId, () => this.#whoseFits([{ accountId, operatorId }], password));
		return fitting.length > 0;
	}

	async byEmail(email: string, accountId?: string): Promise<readonly StaffMember[]> {
		const named = (await this.#named(email, accountId)).filter(({ kind }) => kind === 'email').slice(0, NAMESAKES_MAX);
		const members = await Promise.all(named.map((one) => this.find(one.accountId, one.operatorId)));
		return members.flatMap((member) => (member?.operator.active ? member : []));
	}

	/** Whose login or e-mail this is, oldest operator first; twice, where it is both. */
	async #named(name: string, accountId: string | undefined): Promise<readonly Named[]> {
		const ofAccount = accountId === undefined ? {} : { accountId };
		const filter = { parentId: nameKey(name), order: 'oldest', limit: 2 * NAMESAKES_MAX, ...ofAccount } as const;
		const found = await OPERATOR_NAMES.list(this.#parts.store.documents, filter);
		return found.map(({ id, accountId: of, value }) => ({ operatorId: value.operatorId, accountId: of, kind: id.split('/')[1] ?? '' }));
	}

	/** Of the candidates the active ones with this password. */
	async #whoseFits(candidates: readonly Omit<SignedInAs, 'generation'>[], password: string): Promise<readonly StaffMember[]> {
		const { passwords } = this.#parts;
		const members = (await Promise.all(candidates.map((one) => this.find(one.accountId, one.operatorId)))).flatMap((one) => one ?? []);
		const profiles = await Promise.all(members.map(({ operator }) => this.#profile(operator.id)));
		const hashes = profiles.map(({ passwordHash }) => passwordHash);
		// Costs what comparing costs: how long it takes must not tell which names there are.
		if (hashes.every((hash) => hash === undefined)) await passwords.hash(password);
		// At once, so that a name of several accounts takes hardly longer.
		const fits = await Promise.all(hashes.map((hash) => hash !== undefined && passwords.fits(password, hash)));
		return members.filter(({ operator }, index) => operator.active && fits[index]);
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
