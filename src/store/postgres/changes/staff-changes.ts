/** Writes the staff of the customer service: departments, operators, categories. */
import type { Category, Department, Operator } from '../../../domain/account.ts';
import type { Batch, Sheet } from '../batch.ts';
import { addLocked, deletion, putting, type TableSheet } from './sheets.ts';

const DEPARTMENTS: TableSheet = {
	phase: 'directory',
	table: 'departments',
	columns: { id: 'text', account_id: 'text', name: 'text', active: 'bool', is_default: 'bool', created_at: 'int' },
};
const PUT_DEPARTMENT: Sheet = putting(DEPARTMENTS);
const DELETE_DEPARTMENT: Sheet = deletion(DEPARTMENTS);

export function putDepartment(batch: Batch, { id, accountId, name, active, isDefault, createdAt }: Department): void {
	addLocked(batch, PUT_DEPARTMENT, [id, accountId, name, active, isDefault, createdAt], `departments/${id}`);
}

export function deleteDepartment(batch: Batch, id: string): void {
	addLocked(batch, DELETE_DEPARTMENT, [id], `departments/${id}`);
}

const OPERATORS: TableSheet = {
	phase: 'directory',
	table: 'operators',
	columns: { id: 'text', account_id: 'text', name: 'text', active: 'bool', created_at: 'int' },
};
const PUT_OPERATOR: Sheet = putting(OPERATORS);
const DELETE_OPERATOR: Sheet = deletion(OPERATORS);

export function putOperator(batch: Batch, { id, accountId, name, active, createdAt }: Operator): void {
	addLocked(batch, PUT_OPERATOR, [id, accountId, name, active, createdAt], `operators/${id}`);
}

export function deleteOperator(batch: Batch, id: string): void {
	addLocked(batch, DELETE_OPERATOR, [id], `operators/${id}`);
}

const CATEGORIES: TableSheet = {
	phase: 'directory',
	table: 'categories',
	columns: { id: 'text', account_id: 'text', name: 'text', color: 'text', items: 'text', is_default: 'bool', created_at: 'int' },
};
const PUT_CATEGORY: Sheet = putting(CATEGORIES);
const DELETE_CATEGORY: Sheet = deletion(CATEGORIES);

export function putCategory(batch: Batch, { id, accountId, name, color, items, isDefault, createdAt }: Category): void {
	const cells = [id, accountId, name, color, JSON.stringify(items), isDefault, createdAt];
	addLocked(batch, PUT_CATEGORY, cells, `categories/${id}`);
}

export function deleteCategory(batch: Batch, id: string): void {
	addLocked(batch, DELETE_CATEGORY, [id], `categories/${id}`);
}
