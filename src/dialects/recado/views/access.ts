/** API tokens, entries of the audit log and contacts, as our API shows them. */
import { type TSchema, Type } from 'typebox';
import type { ApiToken, AuditEntry } from '../../../access/services.ts';
import { TOKEN_SCOPES } from '../../../ports/dialect.ts';
import type { AboutContact } from '../../../ports/personal-data.ts';
import { instanceIdOf } from './chat.ts';
import { iso, isoIfKnown, MaybeText, MaybeTime, named, oneOf, Text, Time, type View } from './view.ts';

const tokenProperties = {
	id: Type.String({ description: '`tok_…`' }),
	name: Text,
	accountId: MaybeText,
	partnerId: MaybeText,
	scopes: Type.Array(oneOf(TOKEN_SCOPES, 'What it is for')),
	requestsPerSecond: Type.Optional(Type.Integer()),
	createdAt: Time,
	createdBy: Type.String({ description: '`admin`, or the id of a token' }),
	expiresAt: MaybeTime,
	revokedAt: MaybeTime,
	lastUsedAt: Type.Optional(Type.String({ format: 'date-time', description: 'To the minute' })),
};

export const ApiTokenSchema: TSchema = named('ApiToken', Type.Object(tokenProperties, { additionalProperties: false }));

export const ApiTokenCreatedSchema: TSchema = named(
	'ApiTokenCreated',
	Type.Object(
		{ ...tokenProperties, token: Type.String({ description: '`rct_…`, to be sent as bearer. Shown once' }) },
		{ additionalProperties: false },
	),
);

export function apiTokenView(token: ApiToken): View {
	const { id, name, accountId, partnerId, scopes, requestsPerSecond, createdBy } = token;
	return {
		...{ id, name, accountId, partnerId, scopes, requestsPerSecond },
		createdAt: iso(token.createdAt),
		createdBy,
		expiresAt: isoIfKnown(token.expiresAt),
		revokedAt: isoIfKnown(token.revokedAt),
		lastUsedAt: isoIfKnown(token.lastUsedAt),
	};
}

const AnySettings = Type.Optional(Type.Unknown({ description: 'Settings, where the route tells them' }));

export const AuditEntrySchema: TSchema = named(
	'AuditEntry',
	Type.Object(
		{
			id: Type.String({ description: '`aud_…`' }),
			at: Time,
			accountId: MaybeText,
			by: Type.Object({
				kind: oneOf(
					['admin', 'token', 'account', 'instance', 'application', 'operator', 'unknown'],
					'The credential; `unknown`: who failed to sign in',
				),
				id: Text,
				name: MaybeText,
			}),
			method: Text,
			route: Text,
			dialect: Text,
			ids: Type.Record(Type.String(), Type.String(), { description: 'Ids of ours that the path named' }),
			status: Type.Integer(),
			errorCode: Type.Optional(Type.String({ description: 'Where it was refused' })),
			requestId: Type.String({ description: 'As `X-Request-Id` said' }),
			changed: Type.Optional(Type.Array(Type.String(), { description: 'Names of what the body gave' })),
			before: AnySettings,
			after: AnySettings,
		},
		{ additionalProperties: false },
	),
);

export function auditEntryView({ at, ...entry }: AuditEntry): View {
	return { ...entry, at: iso(at) };
}

export const AuditRouteSchema: TSchema = named(
	'AuditRoute',
	Type.Object(
		{ method: Type.String({ description: '`PATCH`' }), route: Type.String({ description: '`/recado/v1/webhooks/:id`' }) },
		{ additionalProperties: false },
	),
);

export const ContactSchema: TSchema = named(
	'Contact',
	Type.Object(
		{
			id: Type.String({ description: '`ctc_…`' }),
			accountId: Text,
			name: Type.String({ description: 'Empty once it was erased' }),
			photoUrl: MaybeText,
			lid: MaybeText,
			aliases: Type.Array(Type.Object({ kind: oneOf(['phone', 'lid', 'user-id', 'address'], 'What it is'), value: Text })),
			chats: Type.Array(Type.Object({ id: Text, instanceId: Text, phone: Text })),
		},
		{ additionalProperties: false },
	),
);

export function contactView({ contact, aliases, chats }: AboutContact): View {
	const { id, accountId, name, photoUrl, lid } = contact;
	return {
		...{ id, accountId, name, photoUrl, lid, aliases },
		chats: chats.map((chat) => ({ id: chat.id, instanceId: instanceIdOf(chat), phone: chat.phone })),
	};
}
