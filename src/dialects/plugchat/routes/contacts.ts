/** The address book of the instance, and who is on WhatsApp at all. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { RecadoError } from '../../../errors.ts';
import { contactDetails, contactRow } from '../../callbacks/contact-views.ts';
import { OptionalPageQuery, pageOf } from '../../callbacks/page.ts';
import { instanceOf } from '../authentication.ts';
import type { PlugchatDeps } from '../deps.ts';

const PhoneQuery = Type.Object({ phone: Type.String({ minLength: 1 }) });

interface PhonePath {
	Params: { phone: string };
}
interface PhoneAsked {
	Querystring: Static<typeof PhoneQuery>;
}

export function contactRoutes(scope: FastifyInstance, { whatsapp, directory }: PlugchatDeps): void {
	scope.get<{ Querystring: Static<typeof OptionalPageQuery> }>(
		'/api/whatsapp/contacts',
		{ schema: { querystring: OptionalPageQuery } },
		async (request) => {
			const instance = await instanceOf(request, directory);
			return (await whatsapp.ask(instance, 'contacts.list', pageOf(request.query))).map(contactRow);
		},
	);

	for (const path of ['/api/whatsapp/contacts/:phone', '/api/whatsapp/contact/:phone']) {
		scope.get<PhonePath>(path, async (request) => {
			const { phone } = request.params;
			const entry = await whatsapp.ask(await instanceOf(request, directory), 'contacts.get', { phone });
			if (entry === null) throw new RecadoError('not_there', { details: { what: 'contact' } });
			return contactDetails(entry);
		});
	}

	const exist = async (request: Parameters<typeof instanceOf>[0], phone: string): Promise<readonly object[]> => {
		const found = await whatsapp.ask(await instanceOf(request, directory), 'contacts.exist', { phones: [phone] });
		return found.map(({ exists }) => ({ exists }));
	};
	scope.get<PhonePath>('/api/whatsapp/phone-exists/:phone', (request) => exist(request, request.params.phone));
	// As the page's example has it, which leaves the number out of the path.
	scope.get<PhoneAsked>('/api/whatsapp/phone-exists', { schema: { querystring: PhoneQuery } }, (request) =>
		exist(request, request.query.phone),
	);

	scope.get<PhoneAsked>('/api/whatsapp/profile-picture', { schema: { querystring: PhoneQuery } }, async (request) => {
		const entry = await whatsapp.ask(await instanceOf(request, directory), 'contacts.get', { phone: request.query.phone });
		return [{ link: entry?.photoUrl ?? null }];
	});
}
