/** Accounts with what belongs to them. */
import type { Account } from '../../../../src/domain/account.ts';
import type { Template } from '../../../../src/domain/template.ts';
import { RecadoError } from '../../../../src/errors.ts';
import type { Directory, Templates } from '../../../../src/messaging/directory-services.ts';
import { type Keep, known, type Note } from './asked.ts';
import { account, application, category, cloud, department, instance, operator, template } from './records.ts';

export function fakeDirectory(note: Note, keep: Keep): Directory {
	const ofAccount = (id: string): Account => known('account', id, [account]);
	return {
		createAccount: (name, idempotency) =>
			keep({ account: { ...account, id: 'acc_2', name }, token: 't-1', clientToken: 'c-1' }, idempotency),
		renameAccount: async (id, name) => ({ ...ofAccount(id), name }),
		setClientTokenEnforced: async (id, enforced) => ({ ...ofAccount(id), clientTokenEnforced: enforced }),
		rotateAccountTokens: async (id) => ({ account: ofAccount(id), token: 't-2', clientToken: 'c-2' }),
		createInstance: async (accountId, wish, idempotency) => {
			ofAccount(accountId);
			return await keep({ instance: { ...instance, ...wish, id: 'ins_9' }, token: 'it-1' }, idempotency);
		},
		updateInstance: async (id, change) => ({ ...known('instance', id, [instance, cloud]), ...change }),
		createApplication: async (accountId, wish, idempotency) => {
			ofAccount(accountId);
			if (!wish.webhook.startsWith('https:')) throw new RecadoError('webhook_not_https', { details: { url: wish.webhook } });
			return await keep({ application: { ...application, name: wish.name, id: 'app_9' }, token: 'jwt-1' }, idempotency);
		},
		updateApplication: async (id, { name = application.name }) => ({ ...known('application', id, [application]), name }),
		deleteApplication: async (id) => void known('application', id, [application]),
		rotateApplicationToken: async (id) => ({ application: known('application', id, [application]), token: 'jwt-2' }),
		createDepartment: async (accountId, wish, idempotency) => {
			note('createDepartment', accountId, wish);
			return await keep({ ...department, ...wish, accountId: ofAccount(accountId).id, id: 'dep_9' }, idempotency);
		},
		updateDepartment: async (accountId, id, change) => {
			note('updateDepartment', accountId, id, change);
			return { ...known('department', id, [department]), ...change };
		},
		deleteDepartment: async (_accountId, id) => void known('department', id, [department]),
		createOperator: async (accountId, wish, idempotency) =>
			await keep({ ...operator, ...wish, accountId: ofAccount(accountId).id, id: 'opr_9' }, idempotency),
		updateOperator: async (_accountId, id, change) => ({ ...known('operator', id, [operator]), ...change }),
		deleteOperator: async (_accountId, id) => void known('operator', id, [operator]),
		signOutOperator: async (_accountId, id) => void known('operator', id, [operator]),
		createCategory: async (accountId, wish, idempotency) => {
			note('createCategory', accountId, wish);
			const items = (wish.items ?? []).map((item, index) => ({ id: item.id ?? `itm_${index}`, name: item.name }));
			return await keep(
				{ ...category, name: wish.name, color: wish.color, accountId: ofAccount(accountId).id, id: 'cat_9', items },
				idempotency,
			);
		},
		updateCategory: async (_accountId, id, change) => ({ ...known('category', id, [category]), name: change.name ?? category.name }),
		deleteCategory: async (_accountId, id) => void known('category', id, [category]),
		accountByToken: () => Promise.resolve(undefined),
		instanceByToken: () => Promise.resolve(undefined),
		hasClientToken: () => false,
		applicationByToken: () => Promise.resolve(undefined),
		firstInstance: () => Promise.resolve(instance),
	};
}

export function fakeTemplates(keep: Keep): Templates {
	const of = (applicationId: string): Template => ({ ...template, applicationId: known('application', applicationId, [application]).id });
	const found = (applicationId: string, name: string): Template => {
		if (applicationId !== template.applicationId || name !== template.name)
			throw new RecadoError('not_there', { details: { what: 'template' } });
		return template;
	};
	return {
		create: async (applicationId, wish, idempotency) => await keep({ ...of(applicationId), ...wish }, idempotency),
		update: async (applicationId, name, change) => ({ ...found(applicationId, name), ...change }),
		delete: async (applicationId, name) => void found(applicationId, name),
		find: async (applicationId, name) => (applicationId === template.applicationId && name === template.name ? template : undefined),
		all: async () => [template],
	};
}
