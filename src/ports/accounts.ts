/** Accounts with what belongs to them: instances, applications, and whoever works there. */
import type { Account, Application, Category, Department, Instance, Operator } from '../domain/account.ts';
import type { Page, PageRequest } from './pages.ts';

export interface AccountReads {
	account(id: string): Promise<Account | undefined>;
	accountByTokenHash(hash: string): Promise<Account | undefined>;
	accounts(page: PageRequest): Promise<Page<Account>>;
	instance(id: string): Promise<Instance | undefined>;
	/** Oldest first. */
	instancesOf(accountId: string): Promise<readonly Instance[]>;
	allInstances(): Promise<readonly Instance[]>;
	application(id: string): Promise<Application | undefined>;
	applicationsOf(accountId: string): Promise<readonly Application[]>;
	/** All three oldest first. */
	departments(accountId: string): Promise<readonly Department[]>;
	operators(accountId: string): Promise<readonly Operator[]>;
	categories(accountId: string): Promise<readonly Category[]>;
}
