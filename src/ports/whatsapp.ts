/**
 * What a person does on WhatsApp besides sending: looks into the address book, runs groups, changes the profile. Each is a call that the channel of
 * an instance answers at once. Questions and answers are JSON values, so that a process can ask the one that owns the instance.
 * Phones are digits, groups `<digits>-group`, communities digits; times are epoch milliseconds; photos are https URLs.
 */

export interface WhatsAppCalls {
	'profile.get': Call<Nothing, Profile>;
	/** What is given; the rest stays. */
	'profile.set': Call<{ readonly name?: string; readonly about?: string; readonly photoUrl?: string }, Nothing>;

	/** The address book and everybody who ever wrote, by name. `offset` counts from 0. */
	'contacts.list': Call<Page, readonly AddressBookEntry[]>;
	/** Null: nobody of that number is on WhatsApp. */
	'contacts.get': Call<{ readonly phone: string }, AddressBookEntry | null>;
	/** `errors`: one sentence each, of numbers that are not on WhatsApp; the others are added. */
	'contacts.add': Call<{ readonly contacts: readonly AddressBookWish[] }, { readonly errors: readonly string[] }>;
	'contacts.remove': Call<{ readonly phones: readonly string[] }, { readonly errors: readonly string[] }>;
	/** Whether there is an account of each number, and how WhatsApp spells it. In the order asked. */
	'contacts.exist': Call<{ readonly phones: readonly string[] }, readonly OnWhatsApp[]>;
	/** What a blocked phone writes does not arrive. */
	'contacts.block': Call<{ readonly phone: string; readonly isBlocked: boolean }, Nothing>;
	'contacts.report': Call<{ readonly phone: string }, Nothing>;

	/** In the order asked; of a chat that WhatsApp knows nothing about, what is usual. */
	'chats.flags': Call<{ readonly phones: readonly string[] }, readonly ChatFlags[]>;
	'chats.change': Call<{ readonly phone: string; readonly change: ChatChange }, Nothing>;
	/** What messages of the instance customers have read is known by their status; this tells WhatsApp that we read theirs. */
	'chats.read': Call<{ readonly phone: string; readonly whatsappIds: readonly string[] }, Nothing>;

	/** Whoever cannot be added is sent the invitation where `autoInvite`. */
	'groups.create': Call<{ readonly subject: string; readonly phones: readonly string[]; readonly autoInvite?: boolean }, Group>;
	'groups.list': Call<Page, readonly Group[]>;
	'groups.get': Call<{ readonly groupId: string }, Group>;
	'groups.change': Call<{ readonly groupId: string; readonly change: GroupChange }, Nothing>;
	/** `errors`: numbers that could not be added (not on WhatsApp, or by their privacy); invited instead where `autoInvite`. */
	'groups.participants': Call<
		{ readonly groupId: string; readonly act: ParticipantAct; readonly phones: readonly string[]; readonly autoInvite?: boolean },
		{ readonly errors: readonly string[] }
	>;
	'groups.leave': Call<{ readonly groupId: string }, Nothing>;
	/** A new link; the old one ends. Also of a community. */
	'groups.newInvitation': Call<{ readonly groupId: string }, { readonly url: string }>;
	/** What a link leads to. */
	'groups.invitation': Call<{ readonly url: string }, Group>;
	'groups.join': Call<{ readonly url: string }, Nothing>;

	'communities.create': Call<{ readonly name: string; readonly description?: string }, Community>;
	'communities.list': Call<Page, readonly Community[]>;
	'communities.get': Call<{ readonly communityId: string }, Community>;
	'communities.change': Call<{ readonly communityId: string; readonly change: CommunityChange }, Nothing>;
	'communities.participants': Call<
		{
			readonly communityId: string;
			readonly act: Extract<ParticipantAct, 'add' | 'remove' | 'promote' | 'demote'>;
			readonly phones: readonly string[];
			readonly autoInvite?: boolean;
		},
		{ readonly errors: readonly string[] }
	>;
	'communities.link': Call<{ readonly communityId: string; readonly groupIds: readonly string[]; readonly isLinked: boolean }, Nothing>;
	'communities.newInvitation': Call<{ readonly communityId: string }, { readonly url: string }>;
	'communities.deactivate': Call<{ readonly communityId: string }, Nothing>;

	'privacy.set': Call<PrivacyChange, Nothing>;
	/** Whom a setting leaves out. */
	'privacy.disallowed': Call<{ readonly setting: PrivacyList }, { readonly phones: readonly string[] }>;

	/** Rings a phone; its webhook, where the phone does not take it, is a notice. */
	'calls.ring': Call<{ readonly phone: string; readonly seconds: number; readonly audioUrl?: string }, { readonly callId: string }>;
	'calls.token': Call<Nothing, { readonly token: string }>;
	'calls.sip': Call<{ readonly isRenewed: boolean }, SipAccess>;
	/** A code to pair a phone without a camera; null while connected. */
	'session.phoneCode': Call<{ readonly phone: string }, { readonly code: string } | null>;
	'session.device': Call<Nothing, Device>;

	'products.list': Call<
		{ readonly phone?: string; readonly cursor?: string },
		{ readonly products: readonly Product[]; readonly nextCursor?: string }
	>;
	'products.get': Call<{ readonly productId: string; readonly phone?: string }, Product | null>;
	/** Without `productId` a new one. */
	'products.put': Call<ProductWish, Product>;
	'products.delete': Call<{ readonly productId: string }, Nothing>;
}

export type WhatsAppCallName = keyof WhatsAppCalls;
export type Asked<N extends WhatsAppCallName> = WhatsAppCalls[N]['asked'];
export type Answered<N extends WhatsAppCallName> = WhatsAppCalls[N]['answered'];

export const WHATSAPP_CALLS: readonly WhatsAppCallName[] = [
	'profile.get',
	'profile.set',
	'contacts.list',
	'contacts.get',
	'contacts.add',
	'contacts.remove',
	'contacts.exist',
	'contacts.block',
	'contacts.report',
	'chats.flags',
	'chats.change',
	'chats.read',
	'groups.create',
	'groups.list',
	'groups.get',
	'groups.change',
	'groups.participants',
	'groups.leave',
	'groups.newInvitation',
	'groups.invitation',
	'groups.join',
	'communities.create',
	'communities.list',
	'communities.get',
	'communities.change',
	'communities.participants',
	'communities.link',
	'communities.newInvitation',
	'communities.deactivate',
	'privacy.set',
	'privacy.disallowed',
	'calls.ring',
	'calls.token',
	'calls.sip',
	'session.phoneCode',
	'session.device',
	'products.list',
	'products.get',
	'products.put',
	'products.delete',
];

interface Call<Asked, Answered> {
	readonly asked: Asked;
	readonly answered: Answered;
}

export type Nothing = Readonly<Record<string, never>>;

export interface Page {
	readonly offset: number;
	readonly limit: number;
}

export interface Profile {
	readonly phone: string;
	readonly name: string;
	readonly about: string;
	readonly photoUrl?: string;
	readonly isBusiness: boolean;
}

export interface AddressBookWish {
	readonly phone: string;
	readonly firstName: string;
	readonly lastName?: string;
}

export interface AddressBookEntry {
	readonly phone: string;
	/** As it stands in our address book; '' where it does not. */
	readonly name: string;
	readonly firstName: string;
	/** As the person calls themselves. */
	readonly notify: string;
	readonly about: string;
	readonly photoUrl?: string;
	readonly lid?: string;
	readonly isBlocked: boolean;
}

export interface OnWhatsApp {
	readonly asked: string;
	readonly exists: boolean;
	/** As WhatsApp spells it; as asked where it does not exist. */
	readonly phone: string;
	readonly lid?: string;
}

export interface ChatFlags {
	readonly phone: string;
	readonly isArchived: boolean;
	readonly isPinned: boolean;
	/** Muted until then; 0: for ever; undefined: not muted. */
	readonly mutedUntil?: number;
	readonly isMarkedUnread: boolean;
	readonly isSpam: boolean;
	/** Messages that nobody read on our side. */
	readonly unread: number;
	/** Messages disappear after this; 0: never. */
	readonly expiresInSeconds: number;
	/** Nothing before this is shown. */
	readonly clearedAt?: number;
	readonly isDeleted: boolean;
	/** The group in which a community's admins announce. */
	readonly isAnnouncement?: boolean;
}

export type ChatChange =
	| { readonly kind: 'read' | 'unread' | 'archive' | 'unarchive' | 'pin' | 'unpin' | 'mute' | 'unmute' | 'clear' | 'delete' }
	| { readonly kind: 'expire'; readonly seconds: number };

export interface Group {
	/** `120363019502650977-group` */
	readonly id: string;
	readonly subject: string;
	readonly subjectAt: number;
	readonly subjectBy: string;
	readonly description: string;
	readonly photoUrl?: string;
	readonly owner: string;
	readonly createdAt: number;
	readonly participants: readonly GroupParticipant[];
	/** Phones that asked to be let in. */
	readonly requests: readonly string[];
	/** Undefined where we are no admin, or no member. */
	readonly invitationUrl?: string;
	readonly communityId?: string;
	/** The group in which a community's admins announce. */
	readonly isAnnouncement: boolean;
	readonly settings: GroupSettings;
	/** Whether the instance's own phone is in it. */
	readonly isMember: boolean;
}

export interface GroupParticipant {
	readonly phone: string;
	readonly name?: string;
	readonly firstName?: string;
	readonly isAdmin: boolean;
	/** Who made the group. */
	readonly isSuperAdmin: boolean;
}

export interface GroupSettings {
	readonly adminOnlyMessage: boolean;
	readonly adminOnlySettings: boolean;
	readonly requireAdminApproval: boolean;
	readonly adminOnlyAddMember: boolean;
}

export interface GroupChange {
	readonly subject?: string;
	readonly description?: string;
	readonly photoUrl?: string;
	readonly settings?: Partial<GroupSettings>;
}

export type ParticipantAct = 'add' | 'remove' | 'promote' | 'demote' | 'approve' | 'reject';

export interface Community {
	readonly id: string;
	readonly name: string;
	readonly description: string;
	readonly photoUrl?: string;
	readonly groups: readonly { readonly id: string; readonly subject: string; readonly isAnnouncement: boolean }[];
	readonly invitationUrl: string;
	readonly whoCanAddGroups: 'admins' | 'all';
}

export interface CommunityChange {
	readonly name?: string;
	readonly description?: string;
	readonly photoUrl?: string;
	readonly whoCanAddGroups?: Community['whoCanAddGroups'];
}

export type PrivacyList = 'lastSeen' | 'photo' | 'description' | 'groupAdd';
export type PrivacyAudience = 'all' | 'contacts' | 'contactsExcept' | 'none';

export type PrivacyChange =
	| {
			readonly setting: PrivacyList;
			readonly audience: PrivacyAudience;
			/** Of `contactsExcept`: who is added to, and taken from, those left out. */
			readonly except?: readonly { readonly phone: string; readonly isLeftOut: boolean }[];
	  }
	| { readonly setting: 'online'; readonly audience: 'all' | 'sameAsLastSeen' }
	| { readonly setting: 'readReceipts'; readonly isOn: boolean }
	/** New chats' messages disappear after this; 0: never. */
	| { readonly setting: 'messagesDuration'; readonly seconds: number };

export interface SipAccess {
	readonly host: string;
	readonly user: string;
	readonly token: string;
	readonly isActive: boolean;
}

export interface Device {
	readonly sessionName: string;
	readonly model: string;
	readonly originalDevice: 'iphone' | 'smba' | 'android' | 'smbi';
	readonly sessionId: number;
}

export interface Product {
	readonly id: string;
	readonly name: string;
	readonly description: string;
	/** In the currency's unit. */
	readonly price: number;
	/** While it is on sale. */
	readonly salePrice?: number;
	readonly currency: string;
	readonly imageUrls: readonly string[];
	readonly retailerId: string;
	readonly url: string;
	readonly isHidden: boolean;
	readonly availability: 'in stock' | 'out of stock';
}

export type ProductWish = Partial<Omit<Product, 'id'>> & { readonly productId?: string; readonly name: string };
