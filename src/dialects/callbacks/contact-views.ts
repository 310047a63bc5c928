/** People as both dialects show them: rows of the address book, the one that was asked for, whether a number is on WhatsApp. */
import type { AddressBookEntry } from '../../ports/whatsapp.ts';

/** `name` and `short` are as in our address book, `notify` is what the person calls themselves. */
export function contactRow(entry: AddressBookEntry): object {
	return { name: entry.name, short: entry.firstName, notify: entry.notify, vname: entry.name, phone: entry.phone };
}

/** Without `about`, which one of the dialects adds. */
export function contactDetails(entry: AddressBookEntry): Readonly<Record<string, unknown>> {
	return { name: entry.name, phone: entry.phone, notify: entry.notify, short: entry.firstName, imgUrl: entry.photoUrl ?? '' };
}
