/**
 * What the simulator keeps of the society around an instance, besides `records.ts`, by key. A phone in keys and records is its `phoneKey`.
 * `own` the instance itself; `book/<phone>` what the instance knows of a person; `chat/<address>` flags of a chat; `unread/<address>` what is
 * unread in it; `group/<address>`, `community/<id>`, `newsletter/<address>`, `product/<id>` what their names say.
 */
import type { GroupSettings, PrivacyAudience, PrivacyList, Product } from '../../ports/whatsapp.ts';

export const OWN_PREFIX = 'own';
export const BOOK_PREFIX = 'book/';
export const CHAT_PREFIX = 'chat/';
export const UNREAD_PREFIX = 'unread/';
export const GROUP_PREFIX = 'group/';
export const COMMUNITY_PREFIX = 'community/';
export const NEWSLETTER_PREFIX = 'newsletter/';
export const PRODUCT_PREFIX = 'product/';

export interface OwnRecord {
	/** As it is written; '' until the instance was connected for the first time. */
	readonly phone: string;
	readonly name?: string;
	readonly about?: string;
	readonly photoUrl?: string;
	/** Counts what was ever made on this network: each gets an id of its own. */
	readonly made: number;
	readonly sipRenewals: number;
	readonly privacy: PrivacyRecord;
}

export interface PrivacyRecord {
	readonly lists: Readonly<Partial<Record<PrivacyList, { readonly audience: PrivacyAudience; readonly except: readonly string[] }>>>;
	readonly online: 'all' | 'sameAsLastSeen';
	readonly readReceipts: boolean;
	/** Of chats that begin from now on. */
	readonly messagesDurationSeconds: number;
}

export interface BookRecord {
	readonly firstName?: string;
	readonly lastName?: string;
	readonly isInBook: boolean;
	readonly isBlocked: boolean;
	readonly isSpam: boolean;
}

export interface ChatRecord {
	readonly isArchived: boolean;
	readonly isPinned: boolean;
	readonly mutedUntil?: number;
	readonly isMarkedUnread: boolean;
	readonly expiresInSeconds: number;
	readonly clearedAt?: number;
	/** It is there again with the next message. */
	readonly deletedAt?: number;
}

export interface UnreadRecord {
	/** The newest ones that are unread, oldest first. */
	readonly ids: readonly string[];
	/** How many older ones are unread besides. */
	readonly more: number;
	/** When something was last said in the chat. */
	readonly lastAt: number;
}

export interface MemberRecord {
	readonly phone: string;
	readonly isAdmin: boolean;
	readonly isSuperAdmin: boolean;
	readonly joinedAt: number;
}

export interface GroupRecord {
	readonly subject: string;
	readonly subjectAt: number;
	readonly subjectBy: string;
	readonly description: string;
	readonly photoUrl?: string;
	readonly owner: string;
	readonly createdAt: number;
	readonly members: readonly MemberRecord[];
	/** Who left or was removed, the newest last, as many as are remembered: they see what was written while they were in. */
	readonly former: readonly { readonly phone: string; readonly joinedAt: number; readonly leftAt: number }[];
	readonly requests: readonly { readonly phone: string; readonly askedBy: string }[];
	/** Of the link that is valid now. */
	readonly invitation: string;
	readonly communityId?: string;
	readonly isAnnouncement: boolean;
	readonly settings: GroupSettings;
}

export interface CommunityRecord {
	readonly name: string;
	readonly description: string;
	readonly photoUrl?: string;
	/** The group that announces; its members are the community's. */
	readonly announcementId: string;
	readonly whoCanAddGroups: 'admins' | 'all';
}

export interface NewsletterRecord {
	readonly name: string;
	/** What the instance is there. */
	readonly role: 'SUBSCRIBER' | 'ADMIN';
}

export type ProductRecord = Omit<Product, 'id'>;
