/**
 * The people around an instance, and what they have together with it: the address book, chats, groups, communities, newsletters, the shop. All that
 * changes it is a *deed*: it happens at once, in memory, and is durable as a whole together with what the gateway is told of it, or it did not happen.
 */
import type { MessageContent } from '../../domain/content.ts';
import { parseAddress, phoneKey } from '../../domain/phone.ts';
import type { ChannelStateChange, InboundParty } from '../../ports/channel.ts';
import { drawnHex } from './drawn.ts';
import { inventedName } from './people.ts';
import type { Phones } from './phones.ts';
import type { Kept } from './records.ts';
import { Shelf } from './shelf.ts';
import * as records from './society-records.ts';
import { Unread } from './unread.ts';

/** A message that a deed leaves in a chat, for the gateway to hear. */
export interface Told {
	/** The key of the chat it is in. */
	readonly address: string;
	readonly whatsappId: string;
	readonly fromMe: boolean;
	readonly content: MessageContent;
}

const USUAL_OWN: records.OwnRecord = {
	phone: '',
	made: 0,
	sipRenewals: 0,
	privacy: { lists: {}, online: 'all', readReceipts: true, messagesDurationSeconds: 0 },
};

export class Society {
	readonly seed: number | string;
	readonly instanceId: string;
	readonly phones: Phones;
	readonly unread: Unread;
	readonly book: Shelf<records.BookRecord>;
	readonly chats: Shelf<records.ChatRecord>;
	readonly groups: Shelf<records.GroupRecord>;
	readonly communities: Shelf<records.CommunityRecord>;
	readonly newsletters: Shelf<records.NewsletterRecord>;
	readonly products: Shelf<records.ProductRecord>;
	readonly #own: Shelf<records.OwnRecord>;

	constructor({ seed, instanceId, phones, kept }: { seed: number | string; instanceId: string; phones: Phones; kept: Kept }) {
		this.seed = seed;
		this.instanceId = instanceId;
		this.phones = phones;
		this.unread = new Unread(kept.under(records.UNREAD_PREFIX));
		const shelf = <T>(prefix: string): Shelf<T> => new Shelf<T>(prefix, kept.under<T>(prefix));
		this.#own = shelf(records.OWN_PREFIX);
		this.book = shelf(records.BOOK_PREFIX);
		this.chats = shelf(records.CHAT_PREFIX);
		this.groups = shelf(records.GROUP_PREFIX);
		this.communities = shelf(records.COMMUNITY_PREFIX);
		this.newsletters = shelf(records.NEWSLETTER_PREFIX);
		this.products = shelf(records.PRODUCT_PREFIX);
	}

	get own(): records.OwnRecord {
		return this.#own.get('') ?? USUAL_OWN;
	}

	/** The instance's own phone, as a key. */
	get self(): string {
		return phoneKey(this.own.phone);
	}

	changeOwn(change: Partial<records.OwnRecord>): void {
		this.#own.set('', { ...this.own, ...change });
	}

	/** The key of whom a caller means: a phone's `phoneKey`, or an address. */
	keyOf(written: string): string {
		const address = parseAddress(written);
		if (address?.kind === 'lid') return this.phones.ofLid(address.value) ?? address.value;
		return phoneKey(address?.value ?? written);
	}

	spelling(phone: string): string {
		return phone === this.self ? this.own.phone : this.phones.spelling(phone);
	}

	/** As the person calls themselves. */
	nameOf(phone: string): string {
		return phone === this.self ? (this.own.name ?? inventedName(phone)) : this.phones.nameOf(phone);
	}

	photoOf(phone: string): string | undefined {
		return phone === this.self ? this.own.photoUrl : this.phones.profile(phone).photoUrl;
	}

	isOnWhatsApp(phone: string): boolean {
		return phone === this.self || this.phones.part(phone, 'onWhatsApp');
	}

	/** Who a chat is with. */
	party(address: string): InboundParty {
		if (/^\d+$/.test(address)) return address === this.self ? this.#ownParty() : this.phones.party(address);
		const group = this.groups.get(address);
		const name = group?.subject ?? this.newsletters.get(address)?.name;
		return {
			aliases: [{ kind: 'address', value: address }],
			phone: address,
			...(name !== undefined && { name }),
			...(group?.photoUrl !== undefined && { photoUrl: group.photoUrl }),
		};
	}

	/** Who of a group wrote, as a message shows it. */
	participant(phone: string): { readonly phone: string; readonly name: string; readonly lid: string; readonly photoUrl?: string } {
		const photoUrl = this.photoOf(phone);
		return {
			phone: this.spelling(phone),
			name: this.nameOf(phone),
			lid: this.phones.lidOf(phone),
			...(photoUrl !== undefined && { photoUrl }),
		};
	}

	changes(): readonly ChannelStateChange[] {
		return this.#shelves().flatMap((shelf) => shelf.changes());
	}

	keep(): void {
		for (const shelf of this.#shelves()) shelf.keep();
	}

	undo(): void {
		for (const shelf of this.#shelves()) shelf.undo();
	}

	#ownParty(): InboundParty {
		const { self } = this;
		const { photoUrl } = this.own;
		const lid = this.phones.lidOf(self);
		const aliases = [
			{ kind: 'phone' as const, value: self },
			{ kind: 'lid' as const, value: lid },
		];
		return { aliases, phone: this.own.phone, name: this.nameOf(self), lid, ...(photoUrl !== undefined && { photoUrl }) };
	}

	#shelves(): readonly Shelf<unknown>[] {
		const { book, chats, groups, communities, newsletters, products } = this;
		return [this.#own, book, chats, groups, communities, newsletters, products] as readonly Shelf<unknown>[];
	}
}

/** One act under way. */
export class Deed {
	readonly society: Society;
	readonly at: number;
	readonly told: Told[] = [];
	/** Phones of which something new is to be written down. */
	readonly phones: Set<string> = new Set();
	/** What happens once all of it is durable. */
	readonly afterwards: (() => void)[] = [];

	constructor(society: Society, at: number) {
		this.society = society;
		this.at = at;
	}

	/** A number that was never drawn with on this network, with what makes the network differ from others: for ids. */
	drawnFor(what: string): readonly (number | string)[] {
		const { society } = this;
		const made = society.own.made + 1;
		society.changeOwn({ made });
		return [society.seed, society.instanceId, what, made];
	}

	tell(address: string, content: MessageContent, options: { readonly fromMe?: boolean; readonly whatsappId?: string } = {}): string {
		const whatsappId = options.whatsappId ?? `3EB0${drawnHex(18, ...this.drawnFor('message'))}`;
		this.told.push({ address, whatsappId, fromMe: options.fromMe ?? false, content });
		return whatsappId;
	}
}
