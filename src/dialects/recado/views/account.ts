/** Accounts and what belongs to them, as our API shows them. Tokens are shown by what creates or rotates them, and never again. */
import { type TSchema, Type } from 'typebox';
import type { Account, Application, Category, Department, Instance, Operator } from '../../../domain/account.ts';
import type { AccountCreated, ApplicationCreated, InstanceCreated } from '../../../messaging/directory-services.ts';
import { iso, MaybeText, named, oneOf, Text, Time, type View } from './view.ts';

const accountProperties = { id: Type.String({ description: '`acc_…`' }), name: Text, clientTokenEnforced: Type.Boolean(), createdAt: Time };

export const AccountSchema: TSchema = named('Account', Type.Object(accountProperties, { additionalProperties: false }));

export const AccountCreatedSchema: TSchema = named(
	'AccountCreated',
	Type.Object(
		{
			...accountProperties,
			token: Type.String({ description: 'The Plugchat token. Acts on the first instance. Shown once' }),
			clientToken: Type.String({ description: 'The Z-API Client-Token. Shown once' }),
		},
		{ additionalProperties: false },
	),
);

export function accountView(account: Account): View {
	return { id: account.id, name: account.name, clientTokenEnforced: account.clientTokenEnforced, createdAt: iso(account.createdAt) };
}

export function accountCreatedView(created: AccountCreated): View {
	return { ...accountView(created.account), token: created.token, clientToken: created.clientToken };
}

const instanceProperties = {
	id: Type.String({ description: '`ins_…`' }),
	accountId: Text,
	name: Text,
	channel: oneOf(['simulator', 'cloud-api', 'whatsapp-web'], 'The engine behind it'),
	phone: Type.String({ description: 'Digits only' }),
	state: oneOf(['connected', 'disconnected'], 'While it is disconnected its queue is kept'),
	pacing: Type.Object({ minMs: Type.Integer(), maxMs: Type.Integer() }, { description: 'The random pause between two sends' }),
	createdAt: Time,
};

export const InstanceSchema: TSchema = named(
	'Instance',
	Type.Object(
		{ ...instanceProperties, queueLength: Type.Integer({ description: 'Messages that wait to be sent' }) },
		{ additionalProperties: false },
	),
);

export const InstanceCreatedSchema: TSchema = named(
	'InstanceCreated',
	Type.Object(
		{ ...instanceProperties, token: Type.String({ description: 'The token in Z-API paths. Shown once' }) },
		{ additionalProperties: false },
	),
);

export function instanceView(instance: Instance, queueLength: number): View {
	return { ...bareInstanceView(instance), queueLength };
}

export function instanceCreatedView(created: InstanceCreated): View {
	return { ...bareInstanceView(created.instance), token: created.token };
}

function bareInstanceView(instance: Instance): View {
	const { id, accountId, name, channel, phone, state, pacing } = instance;
	return { id, accountId, name, channel, phone, state, pacing, createdAt: iso(instance.createdAt) };
}

const applicationProperties = {
	appId: Type.String({ description: '`app_…`' }),
	accountId: Text,
	instanceId: Text,
	name: Text,
	webhook: Type.Optional(Type.String({ description: 'Where its responses and statuses go; missing if its webhook was deleted' })),
	webhookId: Text,
	createdAt: Time,
};

export const ApplicationSchema: TSchema = named('Application', Type.Object(applicationProperties, { additionalProperties: false }));

export const ApplicationCreatedSchema: TSchema = named(
	'ApplicationCreated',
	Type.Object(
		{ ...applicationProperties, token: Type.String({ description: 'The JWT of the Instant Message API. Shown once' }) },
		{ additionalProperties: false },
	),
);

/** `webhook` is the URL that the application's webhook has now. */
export function applicationView(application: Application, webhook: string | undefined): View {
	const { id, accountId, instanceId, name, webhookId } = application;
	return { appId: id, accountId, instanceId, name, webhook, webhookId, createdAt: iso(application.createdAt) };
}

export function applicationCreatedView(created: ApplicationCreated, webhook: string | undefined): View {
	return { ...applicationView(created.application, webhook), token: created.token };
}

const staffProperties = { id: Text, accountId: Text, name: Text, createdAt: Time };

export const DepartmentSchema: TSchema = named(
	'Department',
	Type.Object(
		{
			...staffProperties,
			active: Type.Boolean(),
			isDefault: Type.Boolean({ description: 'Chats fall back to it when an attendance is finished with `autoTransfer`' }),
		},
		{ additionalProperties: false },
	),
);

export function departmentView(department: Department): View {
	const { id, accountId, name, active, isDefault } = department;
	return { id, accountId, name, active, isDefault, createdAt: iso(department.createdAt) };
}

export const OperatorSchema: TSchema = named(
	'Operator',
	Type.Object({ ...staffProperties, active: Type.Boolean() }, { additionalProperties: false }),
);

export function operatorView(operator: Operator): View {
	const { id, accountId, name, active } = operator;
	return { id, accountId, name, active, createdAt: iso(operator.createdAt) };
}

export const CategorySchema: TSchema = named(
	'Category',
	Type.Object(
		{
			...staffProperties,
			color: Text,
			items: Type.Array(Type.Object({ id: Text, name: Text })),
			isDefault: Type.Boolean({ description: 'Used for attendances that are finished without one' }),
		},
		{ additionalProperties: false },
	),
);

export function categoryView(category: Category): View {
	const { id, accountId, name, color, items, isDefault } = category;
	return { id, accountId, name, color, items, isDefault, createdAt: iso(category.createdAt) };
}

export const QrCodeSchema: TSchema = named(
	'QrCode',
	Type.Object(
		{ value: MaybeText },
		{ additionalProperties: false, description: 'What to show for pairing; no value where none is needed' },
	),
);

export const InstanceSettingsSchema: TSchema = named(
	'InstanceSettings',
	Type.Object(
		{
			autoReadMessage: Type.Boolean(),
			autoReadStatus: Type.Boolean(),
			callRejectAuto: Type.Boolean(),
			callRejectMessage: Type.String({ description: 'Empty: calls are not answered' }),
			refusesWhileDisconnected: Type.Boolean(),
		},
		{ additionalProperties: false },
	),
);
