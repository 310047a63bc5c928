/**
 * Phone numbers as WhatsApp knows them. A Brazilian mobile number exists in two spellings, with and without the
 * ninth digit (Anatel, Resolução 553/2010); WhatsApp accounts keep whichever was valid when they were made.
 * Both are one alias, so everything that compares numbers compares `phoneKey(number)`.
 */

/** Country code, area code, and eight digits of which the first is 6 to 9 (mobile) make a Brazilian mobile without its ninth digit. */
const BRAZIL_MOBILE_WITHOUT_NINTH: RegExp = /^55([1-9]\d)([6-9]\d{7})$/;
const BRAZIL_MOBILE_WITH_NINTH: RegExp = /^55([1-9]\d)9([6-9]\d{7})$/;

/** ITU-T E.164 allows 15 digits; below 8 no country has a subscriber number with its country code. */
const PHONE_DIGITS_MIN = 8;
const PHONE_DIGITS_MAX = 15;

/**
 * The digits of a number written by a person or a program: `+55 (44) 99999-9999` becomes `5544999999999`.
 * Answers undefined where what is left cannot be an E.164 number.
 */
export function parsePhone(written: string): string | undefined {
	const digits = written.replace(/[\s().+-]/g, '');
	if (!/^\d+$/.test(digits)) return undefined;
	if (digits.length < PHONE_DIGITS_MIN || digits.length > PHONE_DIGITS_MAX) return undefined;
	return digits;
}

/** The one spelling under which a number is an alias: for Brazilian mobiles the one with the ninth digit. */
export function phoneKey(digits: string): string {
	const without = BRAZIL_MOBILE_WITHOUT_NINTH.exec(digits);
	return without ? `55${without[1]}9${without[2]}` : digits;
}

/** Both spellings of a Brazilian mobile number, the given one first; the number alone for any other. */
export function phoneSpellings(digits: string): readonly string[] {
	const without = BRAZIL_MOBILE_WITHOUT_NINTH.exec(digits);
	if (without) return [digits, `55${without[1]}9${without[2]}`];
	const withNinth = BRAZIL_MOBILE_WITH_NINTH.exec(digits);
	if (withNinth) return [digits, `55${withNinth[1]}${withNinth[2]}`];
	return [digits];
}

/** What a chat can be with. `status`: what one posts for all contacts to see. */
export type AddressKind = 'phone' | 'lid' | 'group' | 'newsletter' | 'broadcast' | 'status';

export interface Address {
	readonly kind: AddressKind;
	/** As chats and dialects write it: digits, `81896604192873@lid`, `120363019502650977-group`, `120363166555745933@newsletter`, `1679655074-broadcast`. */
	readonly value: string;
}

/** Where statuses are posted, as WhatsApp writes it. */
const STATUS_ADDRESS = 'status@broadcast';

/** Of groups that were made before 2021 the id is the maker's number, a hyphen and the time: `5511999999999-1623281429-group`. */
const GROUP: RegExp = /^(\d{5,25}(?:-\d{5,15})?)(?:-group|@g\.us)$/;
const NEWSLETTER: RegExp = /^\d{5,25}@newsletter$/;
const BROADCAST: RegExp = /^(\d{5,25})(?:-broadcast|@broadcast)$/;
const LID: RegExp = /^\d{5,20}@lid$/;

/** Whom a message is for, as a person or a program writes it. Answers undefined where it is none of the forms above. */
export function parseAddress(written: string): Address | undefined {
	const trimmed = written.trim();
	if (trimmed === STATUS_ADDRESS) return { kind: 'status', value: STATUS_ADDRESS };
	const group = GROUP.exec(trimmed);
	if (group) return { kind: 'group', value: `${group[1]}-group` };
	const broadcast = BROADCAST.exec(trimmed);
	if (broadcast) return { kind: 'broadcast', value: `${broadcast[1]}-broadcast` };
	if (NEWSLETTER.test(trimmed)) return { kind: 'newsletter', value: trimmed };
	if (LID.test(trimmed)) return { kind: 'lid', value: trimmed };
	const phone = parsePhone(trimmed);
	return phone === undefined ? undefined : { kind: 'phone', value: phone };
}

/** Whether a chat of this address is with one person, who can be waiting for an answer; the others are with many. */
export function isPerson(address: string): boolean {
	return /^\d+(?:@lid)?$/.test(address);
}

/** Whether it is where contacts post their statuses. */
export function isStatusAddress(address: string): boolean {
	return address === STATUS_ADDRESS;
}
