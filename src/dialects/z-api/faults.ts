/** What is wrong with a request beyond what its schema says. All throw invalid_request, which names the member. */
import { parsePhone } from '../../domain/phone.ts';
import { RecadoError } from '../../errors.ts';

/** `path`: of the member, as in the body: `contacts[0].phones[1]`. */
export function fault(path: string, en: string, pt: string): RecadoError {
	return new RecadoError('invalid_request', { faults: [{ path, en, pt }] });
}

export function missing(path: string): never {
	throw fault(path, 'is required', 'é obrigatório');
}

/** The digits of a number that is not whom the message is for: of those it is `invalid_phone` that is documented. */
export function phoneAt(path: string, written: string): string {
	const phone = parsePhone(written);
	if (phone === undefined) throw fault(path, 'must be digits with country code', 'deve ter só dígitos, com o código do país');
	return phone;
}
