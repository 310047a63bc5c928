/** What WhatsApp answers where it does not do what it was asked. */
import { RecadoError } from '../../errors.ts';

export function refused(reason: string): RecadoError {
	return new RecadoError('whatsapp_refused', { details: { reason } });
}

export function notThere(what: 'group' | 'community' | 'chat' | 'contact' | 'product' | 'newsletter'): RecadoError {
	return new RecadoError('not_there', { details: { what } });
}

/** A text that WhatsApp takes: neither empty, where it must not be, nor too long. */
export function checkedText(what: string, text: string, limits: { readonly min: 0 | 1; readonly max: number }): string {
	const length = [...text.trim()].length;
	if (length < limits.min) throw refused(`${what} is empty`);
	if (length > limits.max) throw refused(`${what} is longer than ${limits.max} characters`);
	return text;
}

/** Photos are fetched by WhatsApp, so they must be links. */
export function checkedPhoto(url: string): string {
	if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) throw refused('a photo must be an http or https URL');
	return url;
}
