/** Reads the staff of an account, oldest first. */
import type { Category, Department, Operator } from '../../../domain/account.ts';
import { type CategoryRow, type DepartmentRow, type OperatorRow, toCategory, toDepartment, toOperator } from '../../shared/staff-row.ts';
import type { Queries } from '../database.ts';
import { type Statement, statement } from '../statement.ts';

const DEPARTMENTS: Statement = statement('departments', 'SELECT * FROM departments WHERE account_id = $1 ORDER BY seq');
const OPERATORS: Statement = statement('operators', 'SELECT * FROM operators WHERE account_id = $1 ORDER BY seq');
const CATEGORIES: Statement = statement('categories', 'SELECT * FROM categories WHERE account_id = $1 ORDER BY seq');

export async function departmentsOf(db: Queries, accountId: string): Promise<readonly Department[]> {
	return (await db.query<DepartmentRow>(DEPARTMENTS, [accountId])).map(toDepartment);
}

export async function operatorsOf(db: Queries, accountId: string): Promise<readonly Operator[]> {
	return (await db.query<OperatorRow>(OPERATORS, [accountId])).map(toOperator);
}

export async function categoriesOf(db: Queries, accountId: string): Promise<readonly Category[]> {
	return (await db.query<CategoryRow>(CATEGORIES, [accountId])).map(toCategory);
}
