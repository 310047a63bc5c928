/** Accounts with what belongs to them: instances, applications, and whoever works there. */
import type { Account, Application, Category, Department, Instance, Operator } from '../domain/account.ts';
import type { Page, PageRequest } from './pages.ts';

export interface AccountReads {
	account(id: string): Promise<Account | undefined>;
	accountByTokenHash(hash: string): Promise<Account | undefined>;
	/**
	 * Oldest first. With a name: those that have it as a part of theirs, in whatever case; LOOKED_AT_MAX are looked at, so that a page may have fewer than were asked
	 * for, even none, and a next one.
	 */
	accounts(page: PageRequest, name?: string): Promise<Page<Account>>;
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
