/** Phone numbers for reading: those of Brazil as they are written there, others as they are. */

const BRAZILIAN = /^55(\d{2})(\d{4,5})(\d{4})$/;

/** @param phone digits only, or the address of a group */
export function shownPhone(phone: string): string {
	const [, area, begin, end] = BRAZILIAN.exec(phone) ?? [];
	if (area !== undefined) return `+55 ${area} ${begin}-${end}`;
	return /^\d+$/.test(phone) ? `+${phone}` : phone;
}
