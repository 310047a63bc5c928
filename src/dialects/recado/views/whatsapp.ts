/** What WhatsApp answers, as our API shows it: the channel's own words, times in ISO 8601. */
import { type TObject, type TSchema, Type } from 'typebox';
import type { ChatFlags, Group } from '../../../ports/whatsapp.ts';
import { iso, isoIfKnown, MaybeText, MaybeTime, named, Text, Time, type View } from './view.ts';

export const ProfileSchema: TSchema = named(
	'Profile',
	Type.Object({ phone: Text, name: Text, about: Text, photoUrl: MaybeText, isBusiness: Type.Boolean() }, { additionalProperties: false }),
);

export const AddressBookEntrySchema: TSchema = named(
	'AddressBookEntry',
	Type.Object(
		{
			phone: Text,
			name: Type.String({ description: 'As it stands in the address book; empty where it does not' }),
			firstName: Text,
			notify: Type.String({ description: 'As the person calls themselves' }),
			about: Text,
			photoUrl: MaybeText,
			lid: MaybeText,
			isBlocked: Type.Boolean(),
		},
		{ additionalProperties: false },
	),
);

export const OnWhatsAppSchema: TSchema = named(
	'OnWhatsApp',
	Type.Object(
		{ asked: Text, exists: Type.Boolean(), phone: Type.String({ description: 'As WhatsApp spells it' }), lid: MaybeText },
		{ additionalProperties: false },
	),
);

export const ChatFlagsSchema: TSchema = named(
	'ChatFlags',
	Type.Object(
		{
			phone: Text,
			isArchived: Type.Boolean(),
			isPinned: Type.Boolean(),
			isMuted: Type.Boolean(),
			mutedUntil: Type.Optional(Type.String({ format: 'date-time', description: 'Missing where it is muted for ever' })),
			isMarkedUnread: Type.Boolean(),
			isSpam: Type.Boolean(),
			unread: Type.Integer(),
			expiresInSeconds: Type.Number({ description: 'Messages disappear after this; 0: never' }),
			clearedAt: MaybeTime,
			isDeleted: Type.Boolean(),
			isAnnouncement: Type.Optional(Type.Boolean({ description: "True of the group in which a community's admins announce" })),
		},
		{ additionalProperties: false },
	),
);

export function chatFlagsView({ mutedUntil, clearedAt, ...flags }: ChatFlags): View {
	return {
		...flags,
		isMuted: mutedUntil !== undefined,
		mutedUntil: isoIfKnown(mutedUntil === 0 ? undefined : mutedUntil),
		clearedAt: isoIfKnown(clearedAt),
	};
}

export const GroupSettingsBody: TObject = Type.Partial(
	Type.Object({
		adminOnlyMessage: Type.Boolean(),
		adminOnlySettings: Type.Boolean(),
		requireAdminApproval: Type.Boolean(),
		adminOnlyAddMember: Type.Boolean(),
	}),
);

export const GroupSchema: TSchema = named(
	'Group',
	Type.Object(
		{
			id: Type.String({ description: '`…-group`: where messages for it go' }),
			subject: Text,
			subjectAt: Time,
			subjectBy: Text,
			description: Text,
			photoUrl: MaybeText,
			owner: Text,
			createdAt: Time,
			participants: Type.Array(
				Type.Object({ phone: Text, name: MaybeText, firstName: MaybeText, isAdmin: Type.Boolean(), isSuperAdmin: Type.Boolean() }),
			),
			requests: Type.Array(Text, { description: 'Phones that asked to be let in' }),
			invitationUrl: MaybeText,
			communityId: MaybeText,
			isAnnouncement: Type.Boolean(),
			settings: GroupSettingsBody,
			isMember: Type.Boolean(),
		},
		{ additionalProperties: false },
	),
);

export function groupView({ subjectAt, createdAt, ...group }: Group): View {
	return { ...group, subjectAt: iso(subjectAt), createdAt: iso(createdAt) };
}
