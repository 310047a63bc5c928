/** `send-contact(s)`: names and numbers become contacts with the vCard that WhatsApp shows (RFC 2426, with WhatsApp's `waid`). */
import { parsePhone } from '../../domain/phone.ts';
import { RecadoError } from '../../errors.ts';
import type { ContentOf } from './content-of.ts';
import { given } from './given.ts';

export interface ContactFields {
	readonly contactName: string;
	readonly contactPhone: string;
	readonly contactBusinessDescription?: string;
}

export function contactCard(fields: ContactFields): ContentOf<'contact'> {
	const phone = phoneOf(fields.contactPhone, 'contactPhone');
	return { kind: 'contact', ...card(fields.contactName, [phone], fields.contactBusinessDescription) };
}

export interface ContactWish {
	readonly name: string;
	readonly phones: readonly string[];
	readonly businessDescription?: string;
}

/** One of `send-contacts`; `index`: its place among them, for errors. */
export function contactOf({ name, phones, businessDescription }: ContactWish, index: number): Omit<ContentOf<'contact'>, 'kind'> {
	const read = phones.map((phone, at) => phoneOf(phone, `contacts[${index}].phones[${at}]`));
	return card(name, read, businessDescription);
}

function card(name: string, phones: readonly string[], description: string | undefined): Omit<ContentOf<'contact'>, 'kind'> {
	return {
		name,
		phones,
		vCard: [
			'BEGIN:VCARD',
			'VERSION:3.0',
			`N:;${escaped(name)};;;`,
			`FN:${escaped(name)}`,
			...phones.map((phone) => `TEL;type=CELL;type=VOICE;waid=${phone}:+${phone}`),
			...(description === undefined ? [] : [`X-WA-BIZ-DESCRIPTION:${escaped(description)}`]),
			'END:VCARD',
		].join('\n'),
		...given({ description }),
	};
}

function phoneOf(written: string, path: string): string {
	const phone = parsePhone(written);
	if (phone !== undefined) return phone;
	throw new RecadoError('invalid_request', {
		faults: [{ path, en: 'must be digits with country code', pt: 'deve ter só dígitos, com o código do país' }],
	});
}

/** A line break or a separator in a name must not become another line or field of the card. */
function escaped(text: string): string {
	return text.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');
}
