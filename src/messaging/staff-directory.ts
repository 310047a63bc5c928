/** Departments, operators and categories of an account: who attends, and how it is filed. */
import type { Account, Category, Department, Operator } from '../domain/account.ts';
import { Serial } from '../domain/serial.ts';
import type { Thing } from '../error-words.ts';
import { type Fault, RecadoError } from '../errors.ts';
import type { Change } from '../ports/changes.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Passwords, Sealer } from '../ports/secrets.ts';
import type { Store } from '../ports/store.ts';
import { commitChanges } from './commit.ts';
import type { CategoryWish, OperatorChange, OperatorWish } from './directory-services.ts';
import {
	DELETED_DEPARTMENTS,
	LOGINS,
	loginId,
	nameKey,
	OPERATOR_NAMES,
	type OperatorProfile,
	PRESENCES,
	PROFILES,
	profileOf,
	USUAL_PROFILE,
} from './operator-profiles.ts';
import type { Idempotency } from './services.ts';

export interface StaffParts {
	readonly store: Pick<Store, 'accounts' | 'ownership' | 'documents'>;
	readonly outbox: Outbox;
	readonly passwords: Passwords;
	readonly sealer: Sealer;
	readonly clock: Clock;
	readonly ids: Ids;
}

const LOGIN_TAKEN: Fault = { path: 'login', en: 'is taken by another operator', pt: 'já é de outro operador' };

type Named = { readonly id: string; readonly isDefault?: boolean };

export class StaffDirectory {
	readonly #parts: StaffParts;
	readonly #serial = new Serial();

	constructor(parts: StaffParts) {
		this.#parts = parts;
	}

	createDepartment(
		accountId: string,
		wish: { readonly name: string; readonly active?: boolean; readonly isDefault?: boolean },
		idempotency?: Idempotency<Department>,
	): Promise<Department> {
		return this.inTurn(accountId, async () => {
			await this.account(accountId);
			const { store, ids, clock } = this.#parts;
			const others = await store.accounts.departments(accountId);
			const isDefault = wish.isDefault ?? others.length === 0;
			const { name, active = true } = wish;
			const department: Department = { id: ids.next('dep'), accountId, name, active, isDefault, createdAt: clock.now() };
			await commitChanges(this.#parts, [...noLongerDefault(others, department).map(putDepartment), putDepartment(department)], {
				idempotency,
				result: department,
			});
			return department;
		});
	}

	updateDepartment(accountId: string, id: string, change: Partial<Pick<Department, 'name' | 'active' | 'isDefault'>>): Promise<Department> {
		return this.inTurn(accountId, async () => {
			const all = await this.#parts.store.accounts.departments(accountId);
			const department = { ...found(all, id, 'department'), ...change };
			await commitChanges(this.#parts, [...noLongerDefault(all, department).map(putDepartment), putDepartment(department)]);
			return department;
		});
	}

	deleteDepartment(accountId: string, id: string): Promise<void> {
		return this.inTurn(accountId, async () => {
			const all = await this.#parts.store.accounts.departments(accountId);
			const { name } = found(all, id, 'department');
			const note = DELETED_DEPARTMENTS.put({ id, accountId, at: this.#parts.clock.now(), value: { name } });
			await commitChanges(this.#parts, [{ kind: 'department.delete', id }, note, ...newDefault(all, id).map(putDepartment)]);
		});
	}

	createOperator(accountId: string, wish: OperatorWish, idempotency?: Idempotency<Operator>): Promise<Operator> {
		return this.inTurn(accountId, async () => {
			await this.account(accountId);
			const { ids, clock } = this.#parts;
			const { name, active = true } = wish;
			const operator: Operator = { id: ids.next('opr'), accountId, name, active, createdAt: clock.now() };
			const changes = await this.#profileChanges(operator, undefined, wish);
			await commitChanges(this.#parts, [{ kind: 'operator.put', operator }, ...changes], { idempotency, result: operator });
			return operator;
		});
	}

	updateOperator(
		accountId: string,
		id: string,
		change: OperatorChange,
		also?: (tokenGeneration: number) => Promise<readonly Change[]>,
	): Promise<Operator> {
		return this.inTurn(accountId, async () => {
			const { store } = this.#parts;
			const known = found(await store.accounts.operators(accountId), id, 'operator');
			const operator: Operator = { ...known, name: change.name ?? known.name, active: change.active ?? known.active };
			const profile = await profileOf(store.documents, id);
			const changes = await this.#profileChanges(operator, profile, change);
			// Who may not work is not there.
			if (known.active && !operator.active) changes.push(PRESENCES.delete(id));
			const others = (await also?.(generationAfter(profile, change))) ?? [];
			await commitChanges(this.#parts, [{ kind: 'operator.put', operator }, ...changes, ...others]);
			return operator;
		});
	}

	deleteOperator(accountId: string, id: string): Promise<void> {
		return this.inTurn(accountId, async () => {
			const { store } = this.#parts;
			found(await store.accounts.operators(accountId), id, 'operator');
			const login = (await PROFILES.get(store.documents, id))?.value.login;
			await commitChanges(this.#parts, [
				{ kind: 'operator.delete', id },
				PROFILES.delete(id),
				PRESENCES.delete(id),
				...NAMES.map((kind) => OPERATOR_NAMES.delete(`${id}/${kind}`)),
				...(login === undefined ? [] : [LOGINS.delete(loginId(accountId, login))]),
			]);
		});
	}

	signOutOperator(accountId: string, id: string): Promise<void> {
		return this.inTurn(accountId, async () => {
			const { store } = this.#parts;
			const { createdAt } = found(await store.accounts.operators(accountId), id, 'operator');
			const known = await profileOf(store.documents, id);
			const value = { ...known, tokenGeneration: nextGeneration(known) };
			await commitChanges(this.#parts, [PROFILES.put({ id, accountId, at: createdAt, value })]);
		});
	}

	/** @param known undefined of who is being made. */
	async #profileChanges(operator: Operator, known: OperatorProfile | undefined, wish: OperatorChange): Promise<Change[]> {
		const { store, passwords } = this.#parts;
		const { id, accountId, createdAt } = operator;
		const departments = await store.accounts.departments(accountId);
		for (const departmentId of wish.departmentIds ?? []) {
			if (!departments.some((one) => one.id === departmentId))
				throw new RecadoError('department_missing', { details: { id: departmentId } });
		}
		const { role, departmentIds, password } = wish;
		const { email, login, attendancesMax, ...rest } = known ?? USUAL_PROFILE;
		const profile: OperatorProfile = {
			...rest,
			...changed('email', email, wish.email),
			...changed('login', login, wish.login),
			...changed('attendancesMax', attendancesMax, wish.attendancesMax),
			...(role === undefined ? {} : { role }),
			...(departmentIds === undefined ? {} : { departmentIds: [...new Set(departmentIds)] }),
			...(password === undefined ? {} : { passwordHash: await passwords.hash(password) }),
			...(known === undefined ? {} : { tokenGeneration: generationAfter(known, wish) }),
		};
		const put = PROFILES.put({ id, accountId, at: createdAt, value: profile });
		return [put, ...nameChanges(operator, known, profile), ...(await this.#loginChanges(operator, login, wish.login))];
	}

	/** Throws exists. */
	async #loginChanges(
		{ id, accountId, createdAt }: Operator,
		old: string | undefined,
		login: string | null | undefined,
	): Promise<Change[]> {
		if (login === undefined || login === old) return [];
		if (login === null) return old === undefined ? [] : [LOGINS.delete(loginId(accountId, old))];
		const key = loginId(accountId, login);
		const taken = await LOGINS.get(this.#parts.store.documents, key);
		if (taken && taken.value.operatorId !== id) throw new RecadoError('exists', { faults: [LOGIN_TAKEN] });
		const freed = old === undefined || loginId(accountId, old) === key ? [] : [LOGINS.delete(loginId(accountId, old))];
		return [...freed, LOGINS.put({ id: key, accountId, parentId: id, at: createdAt, value: { operatorId: id } }, taken?.version ?? 0)];
	}

	createCategory(accountId: string, wish: CategoryWish, idempotency?: Idempotency<Category>): Promise<Category> {
		return this.inTurn(accountId, async () => {
			await this.account(accountId);
			const { store, ids, clock } = this.#parts;
			const others = await store.accounts.categories(accountId);
			const category: Category = {
				id: ids.next('cat'),
				accountId,
				name: wish.name,
				color: wish.color,
				items: this.#items(wish.items),
				isDefault: wish.isDefault ?? others.length === 0,
				createdAt: clock.now(),
			};
			await commitChanges(this.#parts, [...noLongerDefault(others, category).map(putCategory), putCategory(category)], {
				idempotency,
				result: category,
			});
			return category;
		});
	}

	updateCategory(accountId: string, id: string, change: Partial<CategoryWish>): Promise<Category> {
		return this.inTurn(accountId, async () => {
			const all = await this.#parts.store.accounts.categories(accountId);
			const { items, ...rest } = change;
			const category = { ...found(all, id, 'category'), ...rest, ...(items === undefined ? {} : { items: this.#items(items) }) };
			await commitChanges(this.#parts, [...noLongerDefault(all, category).map(putCategory), putCategory(category)]);
			return category;
		});
	}

	deleteCategory(accountId: string, id: string): Promise<void> {
		return this.inTurn(accountId, async () => {
			const all = await this.#parts.store.accounts.categories(accountId);
			found(all, id, 'category');
			await commitChanges(this.#parts, [{ kind: 'category.delete', id }, ...newDefault(all, id).map(putCategory)]);
		});
	}

	/**
	 * Changes of an account and its staff are made one after the other: each writes a whole record, some look at all of them. Among processes the
	 * account is owned for as long as one takes. Throws conflict where another process is changing it at this moment.
	 */
	protected inTurn<T>(accountId: string, work: () => Promise<T>): Promise<T> {
		const { ownership } = this.#parts.store;
		return this.#serial.run(accountId, async () => {
			if (!(await ownership.claim(accountId))) throw new RecadoError('conflict');
			try {
				return await work();
			} finally {
				// What was done stays done: where this fails, the account stays ours until the next change, or until the lease ends.
				await ownership.release(accountId).catch(() => undefined);
			}
		});
	}

	/** Throws not_there. */
	protected async account(id: string): Promise<Account> {
		const account = await this.#parts.store.accounts.account(id);
		if (!account) throw new RecadoError('not_there', { details: { what: 'account' } });
		return account;
	}

	/** Items keep the ids they are given; new ones get theirs. */
	#items(items: CategoryWish['items']): Category['items'] {
		return (items ?? []).map((item) => ({ id: item.id ?? this.#parts.ids.next('itm'), name: item.name }));
	}
}

function found<T extends Named>(all: readonly T[], id: string, what: Thing): T {
	const one = all.find((candidate) => candidate.id === id);
	if (!one) throw new RecadoError('not_there', { details: { what } });
	return one;
}

/** A part of a record: what is given, what was there where nothing is, and nothing where that is null. */
function changed<K extends string, V>(name: K, before: V | undefined, given: V | null | undefined): { readonly [P in K]?: V } {
	const value = given === undefined ? before : given;
	return value === undefined || value === null ? {} : ({ [name]: value } as { readonly [P in K]: V });
}

/** What an operator signs in with, wherever. */
const NAMES = ['email', 'login'] as const;

function nameChanges({ id, accountId, createdAt }: Operator, known: OperatorProfile | undefined, now: OperatorProfile): Change[] {
	return NAMES.flatMap((kind): Change[] => {
		const name = nameKey(now[kind] ?? '');
		if (name === nameKey(known?.[kind] ?? '')) return [];
		const place = `${id}/${kind}`;
		if (name === '') return [OPERATOR_NAMES.delete(place)];
		return [OPERATOR_NAMES.put({ id: place, accountId, parentId: name, at: createdAt, value: { operatorId: id } })];
	});
}

/** There is one default an account: the others stop being it. */
function noLongerDefault<T extends Named>(all: readonly T[], chosen: T): T[] {
	if (chosen.isDefault !== true) return [];
	return all.filter((one) => one.id !== chosen.id && one.isDefault === true).map((one) => ({ ...one, isDefault: false }));
}

/** Where the default goes, the oldest of the others takes its place. */
function newDefault<T extends Named>(all: readonly T[], deletedId: string): T[] {
	if (all.find((one) => one.id === deletedId)?.isDefault !== true) return [];
	return all
		.filter((one) => one.id !== deletedId)
		.slice(0, 1)
		.map((one) => ({ ...one, isDefault: true }));
}

/** Tokens of before end with another password, and where their operator may not work any more. */
function generationAfter(known: OperatorProfile, { password, active }: OperatorChange): number {
	return password !== undefined || active === false ? nextGeneration(known) : (known.tokenGeneration ?? 0);
}

/** Ends the tokens of those before. */
function nextGeneration({ tokenGeneration = 0 }: OperatorProfile): number {
	return tokenGeneration + 1;
}

function putDepartment(department: Department): Change {
	return { kind: 'department.put', department };
}

function putCategory(category: Category): Change {
	return { kind: 'category.put', category };
}
