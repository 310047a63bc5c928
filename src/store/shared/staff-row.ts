/** Rows of `departments`, `operators` and `categories`, and what they are. */
import type { Category, CategoryItem, Department, Operator } from '../../domain/account.ts';
import { type Flag, fromJson, isSet } from './row-values.ts';

interface NamedRow {
	readonly id: string;
	readonly account_id: string;
	readonly name: string;
	readonly created_at: number;
}

export interface DepartmentRow extends NamedRow {
	readonly active: Flag;
	readonly is_default: Flag;
}

export function toDepartment(row: DepartmentRow): Department {
	return { ...toNamed(row), active: isSet(row.active), isDefault: isSet(row.is_default) };
}

export interface OperatorRow extends NamedRow {
	readonly active: Flag;
}

export function toOperator(row: OperatorRow): Operator {
	return { ...toNamed(row), active: isSet(row.active) };
}

export interface CategoryRow extends NamedRow {
	readonly color: string;
	readonly items: string;
	readonly is_default: Flag;
}

export function toCategory(row: CategoryRow): Category {
	return {
		...toNamed(row),
		color: row.color,
		items: fromJson<readonly CategoryItem[]>(row.items),
		isDefault: isSet(row.is_default),
	};
}

function toNamed(row: NamedRow): { id: string; accountId: string; name: string; createdAt: number } {
	return { id: row.id, accountId: row.account_id, name: row.name, createdAt: row.created_at };
}
