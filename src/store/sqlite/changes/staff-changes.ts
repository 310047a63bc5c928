/** Writes the staff of the customer service: departments, operators, categories. */
import type { Category, Department, Operator } from '../../../domain/account.ts';
import { toFlag } from '../../shared/row-values.ts';
import type { Connection } from '../connection.ts';

const PUT_DEPARTMENT = `
	INSERT INTO departments (id, account_id, name, active, is_default, created_at) VALUES (?, ?, ?, ?, ?, ?)
	ON CONFLICT (id) DO UPDATE SET account_id = excluded.account_id, name = excluded.name, active = excluded.active,
		is_default = excluded.is_default, created_at = excluded.created_at`;
const PUT_OPERATOR = `
	INSERT INTO operators (id, account_id, name, active, created_at) VALUES (?, ?, ?, ?, ?)
	ON CONFLICT (id) DO UPDATE SET account_id = excluded.account_id, name = excluded.name, active = excluded.active,
		created_at = excluded.created_at`;
const PUT_CATEGORY = `
	INSERT INTO categories (id, account_id, name, color, items, is_default, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT (id) DO UPDATE SET account_id = excluded.account_id, name = excluded.name, color = excluded.color, items = excluded.items,
		is_default = excluded.is_default, created_at = excluded.created_at`;

export function putDepartment(db: Connection, department: Department): void {
	const { id, accountId, name, active, isDefault, createdAt } = department;
	db.run(PUT_DEPARTMENT, id, accountId, name, toFlag(active), toFlag(isDefault), createdAt);
}

export function putOperator(db: Connection, operator: Operator): void {
	const { id, accountId, name, active, createdAt } = operator;
	db.run(PUT_OPERATOR, id, accountId, name, toFlag(active), createdAt);
}

export function putCategory(db: Connection, category: Category): void {
	const { id, accountId, name, color, items, isDefault, createdAt } = category;
	db.run(PUT_CATEGORY, id, accountId, name, color, JSON.stringify(items), toFlag(isDefault), createdAt);
}

export function deleteDepartment(db: Connection, id: string): void {
	db.run('DELETE FROM departments WHERE id = ?', id);
}

export function deleteOperator(db: Connection, id: string): void {
	db.run('DELETE FROM operators WHERE id = ?', id);
}

export function deleteCategory(db: Connection, id: string): void {
	db.run('DELETE FROM categories WHERE id = ?', id);
}
