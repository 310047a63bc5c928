/** Reads the staff of an account, oldest first. */
import type { Category, CategoryItem, Department, Operator } from '../../../domain/account.ts';
import { fromJson } from '../../shared/row-values.ts';
import type { Queries } from '../database.ts';
import { type Statement, statement } from '../statement.ts';

const DEPARTMENTS: Statement = statement('departments', 'SELECT * FROM departments WHERE account_id = $1 ORDER BY seq');
const OPERATORS: Statement = statement('operators', 'SELECT * FROM operators WHERE account_id = $1 ORDER BY seq');
const CATEGORIES: Statement = statement('categories', 'SELECT * FROM categories WHERE account_id = $1 ORDER BY seq');

interface StaffRow {
	readonly id: string;
	readonly account_id: string;
	readonly name: string;
	readonly created_at: number;
}

interface DepartmentRow extends StaffRow {
	readonly active: boolean;
	readonly is_default: boolean;
}

interface OperatorRow extends StaffRow {
	readonly active: boolean;
}

interface CategoryRow extends StaffRow {
	readonly color: string;
	readonly items: string;
	readonly is_default: boolean;
}

export async function departmentsOf(db: Queries, accountId: string): Promise<readonly Department[]> {
	const rows = await db.query<DepartmentRow>(DEPARTMENTS, [accountId]);
	return rows.map((row) => ({ ...toNamed(row), active: row.active, isDefault: row.is_default }));
}

export async function operatorsOf(db: Queries, accountId: string): Promise<readonly Operator[]> {
	const rows = await db.query<OperatorRow>(OPERATORS, [accountId]);
	return rows.map((row) => ({ ...toNamed(row), active: row.active }));
}

export async function categoriesOf(db: Queries, accountId: string): Promise<readonly Category[]> {
	const rows = await db.query<CategoryRow>(CATEGORIES, [accountId]);
	return rows.map((row) => ({
		...toNamed(row),
		color: row.color,
		items: fromJson<readonly CategoryItem[]>(row.items),
		isDefault: row.is_default,
	}));
}

function toNamed(row: StaffRow): { id: string; accountId: string; name: string; createdAt: number } {
	return { id: row.id, accountId: row.account_id, name: row.name, createdAt: row.created_at };
}
