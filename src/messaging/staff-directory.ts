/** Departments, operators and categories of an account: who attends, and how it is filed. */
import type { Account, Category, Department, Operator } from '../domain/account.ts';
import { Serial } from '../domain/serial.ts';
import { RecadoError } from '../errors.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Sealer } from '../ports/secrets.ts';
import type { Change, Store } from '../ports/store.ts';
import { commitChanges } from './commit.ts';
import type { CategoryWish, Idempotency } from './services.ts';

export interface StaffParts {
	readonly store: Pick<Store, 'accounts' | 'ownership'>;
	readonly outbox: Outbox;
	readonly sealer: Sealer;
	readonly clock: Clock;
	readonly ids: Ids;
}

type Named = { readonly id: string; readonly isDefault?: boolean };

export class StaffDirectory {
	readonly #parts: StaffParts;
	readonly #serial = new Serial();

	constructor(parts: StaffParts) {
		this.#parts = parts;
	}

	createDepartment(
		accountId: string,
		wish: { readonly name: string; readonly isDefault?: boolean },
		idempotency?: Idempotency<Department>,
	): Promise<Department> {
		return this.inTurn(accountId, async () => {
			await this.account(accountId);
			const { store, ids, clock } = this.#parts;
			const others = await store.accounts.departments(accountId);
			const isDefault = wish.isDefault ?? others.length === 0;
			const department: Department = { id: ids.next('dep'), accountId, name: wish.name, active: true, isDefault, createdAt: clock.now() };
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
			found(all, id, 'department');
			await commitChanges(this.#parts, [{ kind: 'department.delete', id }, ...newDefault(all, id).map(putDepartment)]);
		});
	}

	async createOperator(accountId: string, wish: { readonly name: string }, idempotency?: Idempotency<Operator>): Promise<Operator> {
		await this.account(accountId);
		const { ids, clock } = this.#parts;
		const operator: Operator = { id: ids.next('opr'), accountId, name: wish.name, active: true, createdAt: clock.now() };
		await commitChanges(this.#parts, [{ kind: 'operator.put', operator }], { idempotency, result: operator });
		return operator;
	}

	updateOperator(accountId: string, id: string, change: Partial<Pick<Operator, 'name' | 'active'>>): Promise<Operator> {
		return this.inTurn(accountId, async () => {
			const operator = { ...found(await this.#parts.store.accounts.operators(accountId), id, 'operator'), ...change };
			await commitChanges(this.#parts, [{ kind: 'operator.put', operator }]);
			return operator;
		});
	}

	deleteOperator(accountId: string, id: string): Promise<void> {
		return this.inTurn(accountId, async () => {
			found(await this.#parts.store.accounts.operators(accountId), id, 'operator');
			await commitChanges(this.#parts, [{ kind: 'operator.delete', id }]);
		});
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

function found<T extends Named>(all: readonly T[], id: string, what: string): T {
	const one = all.find((candidate) => candidate.id === id);
	if (!one) throw new RecadoError('not_there', { details: { what } });
	return one;
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

function putDepartment(department: Department): Change {
	return { kind: 'department.put', department };
}

function putCategory(category: Category): Change {
	return { kind: 'category.put', category };
}
