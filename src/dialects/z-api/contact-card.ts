/** `send-contact`: a name and a number become a contact with the vCard that WhatsApp shows (RFC 2426, with WhatsApp's `waid`). */
import { parsePhone } from '../../domain/phone.ts';
import { RecadoError } from '../../errors.ts';
import type { ContentOf } from '../callbacks/contents.ts';
import { given } from '../callbacks/given.ts';

export interface ContactFields {
	readonly contactName: string;
	readonly contactPhone: string;
	readonly contactBusinessDescription?: string;
}

export function contactCard(fields: ContactFields): ContentOf<'contact'> {
	const phone = parsePhone(fields.contactPhone);
	if (phone === undefined) {
		throw new RecadoError('invalid_request', {
			faults: [{ path: 'contactPhone', en: 'must be digits with country code', pt: 'deve ter só dígitos, com o código do país' }],
		});
	}
	const description = fields.contactBusinessDescription;
	return {
		kind: 'contact',
		name: fields.contactName,
		phones: [phone],
		vCard: [
			'BEGIN:VCARD',
			'VERSION:3.0',
			`N:;${escaped(fields.contactName)};;;`,
			`FN:${escaped(fields.contactName)}`,
			`TEL;type=CELL;type=VOICE;waid=${phone}:+${phone}`,
			...(description === undefined ? [] : [`X-WA-BIZ-DESCRIPTION:${escaped(description)}`]),
			'END:VCARD',
		].join('\n'),
		...given({ description }),
	};
}

/** A line break or a separator in a name must not become another line or field of the card. */
function escaped(text: string): string {
	return text.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');
}
