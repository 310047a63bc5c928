/** Who is signed in, and links that sign in, as our API shows them. */
import { type TSchema, Type } from 'typebox';
import type { Session, SessionLink } from '../../../access/services.ts';
import { OPERATOR_ROLES } from '../../../domain/account.ts';
import { TOKEN_SCOPES } from '../../../ports/dialect.ts';
import type { FileBytesMax } from '../deps.ts';
import { iso, MaybeText, named, oneOf, Text, Time, type View } from './view.ts';

export const SessionSchema: TSchema = named(
	'Session',
	Type.Object(
		{
			kind: oneOf(['admin', 'token', 'operator'], 'Of the administrator, of an API token, of an operator'),
			name: Text,
			accountId: Type.Optional(Type.String({ description: 'The account whose things it reaches; all if missing' })),
			operatorId: MaybeText,
			role: Type.Optional(oneOf(OPERATOR_ROLES, 'Of an operator')),
			byPassword: Type.Optional(
				Type.Boolean({ description: 'Of an operator: they signed in by password, and can change it (`PUT /recado/v1/session/password`)' }),
			),
			scopes: Type.Optional(Type.Array(oneOf(TOKEN_SCOPES, 'Of an API token'))),
			csrf: Type.String({ description: 'For the header `X-Recado-CSRF` of requests that change something' }),
			expiresAt: Type.String({ format: 'date-time', description: 'At the latest' }),
			fileBytesMax: Type.Object(
				{ media: Type.Integer({ description: 'Of a picture, video, sound or sticker' }), document: Type.Integer() },
				{ description: 'The largest file that a message takes as a data URI, in bytes before Base64' },
			),
		},
		{ additionalProperties: false },
	),
);

export function sessionView({ credential, csrf, expiresAt, isByPassword }: Session, fileBytesMax: FileBytesMax): View {
	const { kind, id, name, accountId, role, scopes } = credential;
	return {
		...{ kind, name: name ?? id, accountId },
		operatorId: kind === 'operator' ? id : undefined,
		...{ role, byPassword: kind === 'operator' ? isByPassword : undefined, scopes, csrf },
		expiresAt: iso(expiresAt),
		fileBytesMax,
	};
}

export const SessionLinkSchema: TSchema = named(
	'SessionLink',
	Type.Object(
		{
			url: Type.String({ description: 'To be opened in a browser; the code is in its fragment, which no server sees' }),
			code: Type.String({ description: 'Signs in once. Shown once' }),
			expiresAt: Time,
		},
		{ additionalProperties: false },
	),
);

export function sessionLinkView({ code, expiresAt }: SessionLink, publicUrl: string): View {
	return { url: `${publicUrl}/#code=${code}`, code, expiresAt: iso(expiresAt) };
}
