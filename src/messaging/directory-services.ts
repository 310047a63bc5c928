/**
 * What messaging offers to the dialects of accounts and what belongs to them: instances, applications with their templates, departments, operators,
 * categories. The rest of what it offers is in `services.ts`, with the same promises.
 */
import type {
	Account,
	Application,
	Category,
	ChannelKind,
	Department,
	Instance,
	Operator,
	OperatorRole,
	Pacing,
} from '../domain/account.ts';
import type { Template, TemplateComponent, TemplateStatus } from '../domain/template.ts';
import type { Change } from '../ports/changes.ts';
import type { Idempotency } from './services.ts';

export interface Directory {
	/** @param also what becomes true with it, in the same commit. */
	createAccount(
		name: string,
		idempotency?: Idempotency<AccountCreated>,
		also?: (account: Account) => readonly Change[],
	): Promise<AccountCreated>;
	/** Throws not_there (what: account). */
	renameAccount(accountId: string, name: string): Promise<Account>;
	setClientTokenEnforced(accountId: string, enforced: boolean): Promise<Account>;
	/** New tokens; the old ones end at once. */
	rotateAccountTokens(accountId: string): Promise<AccountCreated>;
	createInstance(accountId: string, wish: InstanceWish, idempotency?: Idempotency<InstanceCreated>): Promise<InstanceCreated>;
	updateInstance(id: string, change: { readonly name?: string; readonly pacing?: Pacing }): Promise<Instance>;
	/** Also makes the application's webhook, in the Instant Message dialect. Throws webhook_not_https, webhook_address_refused, not_there. */
	createApplication(accountId: string, wish: ApplicationWish, idempotency?: Idempotency<ApplicationCreated>): Promise<ApplicationCreated>;
	/**
	 * @param change.webhook the address of a new webhook, for one whose webhook was deleted; of a webhook that is there the address is its own affair
	 * Throws not_there, webhook_not_https, webhook_address_refused.
	 */
	updateApplication(id: string, change: { readonly name?: string; readonly webhook?: string }): Promise<Application>;
	/** With its templates; its JWT ends at once. Its webhook is not touched. Throws not_there. */
	deleteApplication(id: string): Promise<void>;
	/** A new JWT; the old one ends at once. */
	rotateApplicationToken(id: string): Promise<ApplicationCreated>;

	/** Throw not_there (what: account) for an unknown account, not_there for an unknown id. */
	createDepartment(
		accountId: string,
		wish: { readonly name: string; readonly active?: boolean; readonly isDefault?: boolean },
		idempotency?: Idempotency<Department>,
	): Promise<Department>;
	updateDepartment(
		accountId: string,
		id: string,
		change: { readonly name?: string; readonly active?: boolean; readonly isDefault?: boolean },
	): Promise<Department>;
	/** What is in it is the default department's from then on. */
	deleteDepartment(accountId: string, id: string): Promise<void>;
	/** Also throw department_missing, exists (the login is another one's). */
	createOperator(accountId: string, wish: OperatorWish, idempotency?: Idempotency<Operator>): Promise<Operator>;
	/**
	 * @param also what becomes true with it, in the same commit; it is told the generation of their access tokens from then on.
	 */
	updateOperator(
		accountId: string,
		id: string,
		change: OperatorChange,
		also?: (tokenGeneration: number) => Promise<readonly Change[]>,
	): Promise<Operator>;
	deleteOperator(accountId: string, id: string): Promise<void>;
	/** Their access tokens end. */
	signOutOperator(accountId: string, id: string): Promise<void>;
	createCategory(accountId: string, wish: CategoryWish, idempotency?: Idempotency<Category>): Promise<Category>;
	updateCategory(accountId: string, id: string, change: Partial<CategoryWish>): Promise<Category>;
	deleteCategory(accountId: string, id: string): Promise<void>;

	/** Undefined where the credential fits nothing. */
	accountByToken(token: string): Promise<Account | undefined>;
	instanceByToken(instanceId: string, token: string): Promise<Instance | undefined>;
	hasClientToken(account: Account, clientToken: string): boolean;
	applicationByToken(jwt: string): Promise<{ readonly application: Application; readonly instance: Instance } | undefined>;
	/** The account's oldest instance, which its Plugchat token acts on. Throws no_instance. */
	firstInstance(accountId: string): Promise<Instance>;
}

export interface AccountCreated {
	readonly account: Account;
	readonly token: string;
	readonly clientToken: string;
}

export interface InstanceWish {
	readonly name: string;
	readonly channel: ChannelKind;
	readonly phone: string;
	readonly pacing?: Pacing;
}

export interface InstanceCreated {
	readonly instance: Instance;
	readonly token: string;
}

export interface ApplicationWish {
	readonly name: string;
	readonly instanceId: string;
	readonly webhook: string;
}

export interface ApplicationCreated {
	readonly application: Application;
	readonly token: string;
}

export interface OperatorWish {
	readonly name: string;
	/** Default: true. */
	readonly active?: boolean;
	/** Default: agent. */
	readonly role?: OperatorRole;
	readonly email?: string;
	/** Unique in the account, in whatever case. */
	readonly login?: string;
	readonly password?: string;
	/** Default: none. */
	readonly departmentIds?: readonly string[];
	/** How many attendances they take at once where those are dealt out; undefined: as many as come. */
	readonly attendancesMax?: number;
}

type Clearable = 'email' | 'login' | 'attendancesMax';

/** What is missing stays as it is; null takes it away. */
export type OperatorChange = Partial<Omit<OperatorWish, Clearable>> & { readonly [K in Clearable]?: OperatorWish[K] | null };

export interface CategoryWish {
	readonly name: string;
	readonly color: string;
	readonly items?: readonly { readonly id?: string; readonly name: string }[];
	readonly isDefault?: boolean;
}

export interface TemplateWish {
	readonly name: string;
	readonly language: string;
	readonly category: string;
	readonly status: TemplateStatus;
	readonly components: readonly TemplateComponent[];
}

/** The templates of applications, by name. */
export interface Templates {
	/** Throws not_there (what: application), invalid_request where WhatsApp would not take its components, exists, templates_full. */
	create(applicationId: string, wish: TemplateWish, idempotency?: Idempotency<Template>): Promise<Template>;
	/** Changes what is given. Throws not_there (what: template), invalid_request. */
	update(applicationId: string, name: string, change: Partial<Omit<TemplateWish, 'name'>>): Promise<Template>;
	/** Throws not_there (what: template). */
	delete(applicationId: string, name: string): Promise<void>;
	find(applicationId: string, name: string): Promise<Template | undefined>;
	/** All of them, in the order of their names. */
	all(applicationId: string): Promise<readonly Template[]>;
}
