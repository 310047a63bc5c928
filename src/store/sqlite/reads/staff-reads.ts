/** Reads the staff of an account, oldest first. */
import type { Category, CategoryItem, Department, Operator } from '../../../domain/account.ts';
import { fromJson } from '../../shared/row-values.ts';
import type { Connection } from '../connection.ts';

interface StaffRow {
	readonly id: string;
	readonly account_id: string;
	readonly name: string;
	readonly created_at: number;
}

export function departmentsOf(db: Connection, accountId: string): readonly Department[] {
	const sql = 'SELECT * FROM departments WHERE account_id = ? ORDER BY seq';
	return db.all<StaffRow & { readonly active: number; readonly is_default: number }>(sql, accountId).map((row) => ({
		...toNamed(row),
		active: row.active === 1,
		isDefault: row.is_default === 1,
	}));
}

export function operatorsOf(db: Connection, accountId: string): readonly Operator[] {
	const sql = 'SELECT * FROM operators WHERE account_id = ? ORDER BY seq';
	return db.all<StaffRow & { readonly active: number }>(sql, accountId).map((row) => ({ ...toNamed(row), active: row.active === 1 }));
}

export function categoriesOf(db: Connection, accountId: string): readonly Category[] {
	const sql = 'SELECT * FROM categories WHERE account_id = ? ORDER BY seq';
	return db.all<StaffRow & { readonly color: string; readonly items: string; readonly is_default: number }>(sql, accountId).map((row) => ({
		...toNamed(row),
		color: row.color,
		items: fromJson<readonly CategoryItem[]>(row.items),
		isDefault: row.is_default === 1,
	}));
}

function toNamed(row: StaffRow): { id: string; accountId: string; name: string; createdAt: number } {
	return { id: row.id, accountId: row.account_id, name: row.name, createdAt: row.created_at };
}
