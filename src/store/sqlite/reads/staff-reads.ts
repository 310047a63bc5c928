/** Reads the staff of an account, oldest first. */
import type { Category, Department, Operator } from '../../../domain/account.ts';
import { type CategoryRow, type DepartmentRow, type OperatorRow, toCategory, toDepartment, toOperator } from '../../shared/staff-row.ts';
import type { Connection } from '../connection.ts';

export function departmentsOf(db: Connection, accountId: string): readonly Department[] {
	return db.all<DepartmentRow>('SELECT * FROM departments WHERE account_id = ? ORDER BY seq', accountId).map(toDepartment);
}

export function operatorsOf(db: Connection, accountId: string): readonly Operator[] {
	return db.all<OperatorRow>('SELECT * FROM operators WHERE account_id = ? ORDER BY seq', accountId).map(toOperator);
}

export function categoriesOf(db: Connection, accountId: string): readonly Category[] {
	return db.all<CategoryRow>('SELECT * FROM categories WHERE account_id = ? ORDER BY seq', accountId).map(toCategory);
}
