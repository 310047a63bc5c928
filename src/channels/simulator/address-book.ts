/** The address book of the instance, and what it knows of people besides: who is blocked, who was reported, who wrote. */
import type { AddressBookEntry, Answered, Asked, Nothing, Page } from '../../ports/whatsapp.ts';
import { lidOf } from './people.ts';
import { checkedText, refused } from './refused.ts';
import type { Deed, Society } from './society.ts';
import type { BookRecord } from './society-records.ts';

/** People with a record: what is held in memory. One more is refused. */
const PEOPLE_MAX = 50_000;

const NAME_CHARS_MAX = 100;

const STRANGER: BookRecord = { isInBook: false, isBlocked: false, isSpam: false };

export function listContacts(society: Society, { offset, limit }: Page): readonly AddressBookEntry[] {
	const phones = new Set<string>();
	for (const [phone, { isInBook }] of society.book.entries()) if (isInBook) phones.add(phone);
	for (const [phone, { hasWritten }] of society.phones.known()) if (hasWritten) phones.add(phone);
	return [...phones]
		.map((phone) => entryOf(society, phone))
		.sort((one, other) => shownName(one).localeCompare(shownName(other), 'pt') || (one.phone < other.phone ? -1 : 1))
		.slice(offset, offset + limit);
}

export function showContact(society: Society, phone: string): AddressBookEntry | null {
	const key = society.keyOf(phone);
	return isPhone(key) && society.isOnWhatsApp(key) ? entryOf(society, key) : null;
}

export function addContacts(deed: Deed, { contacts }: Asked<'contacts.add'>): Answered<'contacts.add'> {
	const { society } = deed;
	const errors: string[] = [];
	for (const { phone, firstName, lastName } of contacts) {
		const key = society.keyOf(phone);
		if (!isPhone(key) || !society.isOnWhatsApp(key)) {
			errors.push(`${phone} cannot be added: not on WhatsApp`);
			continue;
		}
		checkedText('the first name', firstName, { min: 1, max: NAME_CHARS_MAX });
		const { firstName: _, lastName: __, ...known } = society.book.get(key) ?? STRANGER;
		note(society, key, { ...known, isInBook: true, firstName, ...(lastName !== undefined && lastName !== '' && { lastName }) });
	}
	return { errors };
}

export function removeContacts(deed: Deed, { phones }: Asked<'contacts.remove'>): Answered<'contacts.remove'> {
	const { society } = deed;
	const errors: string[] = [];
	for (const phone of phones) {
		const key = society.keyOf(phone);
		const known = society.book.get(key);
		if (known?.isInBook !== true) errors.push(`${phone} is not in the address book`);
		else note(society, key, { isInBook: false, isBlocked: known.isBlocked, isSpam: known.isSpam });
	}
	return { errors };
}

export function existOnWhatsApp(society: Society, { phones }: Asked<'contacts.exist'>): Answered<'contacts.exist'> {
	return phones.map((asked) => {
		const key = society.keyOf(asked);
		if (!isPhone(key) || !society.isOnWhatsApp(key)) return { asked, exists: false, phone: asked };
		return {
			asked,
			exists: true,
			phone: key === society.keyOf(society.own.phone) ? society.own.phone : society.phones.spelling(asked),
			lid: lidOf(key),
		};
	});
}

export function blockContact(deed: Deed, { phone, isBlocked }: Asked<'contacts.block'>): Nothing {
	const key = personOf(deed.society, phone);
	note(deed.society, key, { ...(deed.society.book.get(key) ?? STRANGER), isBlocked });
	return {};
}

export function reportContact(deed: Deed, { phone }: Asked<'contacts.report'>): Nothing {
	const key = personOf(deed.society, phone);
	note(deed.society, key, { ...(deed.society.book.get(key) ?? STRANGER), isSpam: true });
	return {};
}

export function isBlocked(society: Society, phone: string): boolean {
	return society.book.get(phone)?.isBlocked === true;
}

/** Who sees the statuses of the instance. */
export function contactsOf(society: Society): readonly string[] {
	return [...society.book.entries()].flatMap(([phone, { isInBook, isBlocked }]) => (isInBook && !isBlocked ? phone : []));
}

function note(society: Society, phone: string, record: BookRecord): void {
	const isNew = society.book.get(phone) === undefined;
	if (isNew && society.book.size >= PEOPLE_MAX) throw refused(`the address book has ${PEOPLE_MAX} people, as many as there can be`);
	if (record.isInBook || record.isBlocked || record.isSpam) society.book.set(phone, record);
	else society.book.delete(phone);
}

function personOf(society: Society, phone: string): string {
	const key = society.keyOf(phone);
	if (!isPhone(key) || !society.isOnWhatsApp(key)) throw refused(`${phone} is not on WhatsApp`);
	return key;
}

function entryOf(society: Society, phone: string): AddressBookEntry {
	const { firstName = '', lastName, isBlocked } = society.book.get(phone) ?? STRANGER;
	const { about, photoUrl } = society.phones.profile(phone);
	return {
		phone: society.spelling(phone),
		name: lastName === undefined ? firstName : `${firstName} ${lastName}`,
		firstName,
		notify: society.nameOf(phone),
		about,
		...(photoUrl !== undefined && { photoUrl }),
		lid: lidOf(phone),
		isBlocked,
	};
}

function shownName({ name, notify }: AddressBookEntry): string {
	return name === '' ? notify : name;
}

function isPhone(key: string): boolean {
	return /^\d+$/.test(key);
}
