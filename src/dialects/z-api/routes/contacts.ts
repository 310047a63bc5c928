/** The address book of the instance, and who is on WhatsApp at all. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { parsePhone } from '../../../domain/phone.ts';
import { RecadoError } from '../../../errors.ts';
import { contactDetails, contactRow } from '../../callbacks/contact-views.ts';
import { given } from '../../callbacks/given.ts';
import { PageQuery, pageOf } from '../../callbacks/page.ts';
import { INSTANCE_PATH, instanceOf } from '../authentication.ts';
import type { ZApiDeps } from '../deps.ts';

/** Documented. */
const BATCH_MAX = 50_000;
/** Documented nowhere: one request is one round through the address book. */
const CONTACTS_MAX = 1_000;

const AddBody = Type.Array(
	Type.Object({ firstName: Type.String({ minLength: 1 }), lastName: Type.Optional(Type.String()), phone: Type.String() }),
	{ minItems: 1, maxItems: CONTACTS_MAX },
);
const RemoveBody = Type.Array(Type.String(), { minItems: 1, maxItems: CONTACTS_MAX });
const BatchBody = Type.Object({ phones: Type.Array(Type.String(), { minItems: 1, maxItems: BATCH_MAX }) });
/** Typed an integer in the table and sent as a string in the example. */
const phoneOrNumber = Type.Union([Type.String({ minLength: 1 }), Type.Integer({ minimum: 1 })]);
const BlockBody = Type.Object({ phone: phoneOrNumber, action: Type.Union([Type.Literal('block'), Type.Literal('unblock')]) });
const PhoneQuery = Type.Object({ phone: Type.String({ minLength: 1 }) });

interface PhonePath {
	Params: { phone: string };
}

export function contactRoutes(scope: FastifyInstance, deps: ZApiDeps): void {
	lookingRoutes(scope, deps);
	changingRoutes(scope, deps);
}

function lookingRoutes(scope: FastifyInstance, { whatsapp }: ZApiDeps): void {
	scope.get<{ Querystring: Static<typeof PageQuery> }>(
		`${INSTANCE_PATH}/contacts`,
		{ schema: { querystring: PageQuery } },
		async (request) => (await whatsapp.ask(instanceOf(request), 'contacts.list', pageOf(request.query))).map(contactRow),
	);

	scope.get<PhonePath>(`${INSTANCE_PATH}/contacts/:phone`, async (request) => {
		const { phone } = request.params;
		const entry = await whatsapp.ask(instanceOf(request), 'contacts.get', { phone });
		if (entry === null) throw new RecadoError('not_there', { details: { what: 'contact' } });
		return { ...contactDetails(entry), about: entry.about };
	});

	scope.get<PhonePath>(`${INSTANCE_PATH}/phone-exists/:phone`, async (request) => {
		const found = await whatsapp.ask(instanceOf(request), 'contacts.exist', { phones: [request.params.phone] });
		return found.map(({ exists, phone, lid }) => ({ exists, phone, lid: lid ?? null }));
	});

	scope.post<{ Body: Static<typeof BatchBody> }>(
		`${INSTANCE_PATH}/phone-exists-batch`,
		{ schema: { body: BatchBody } },
		async (request) => {
			const found = await whatsapp.ask(instanceOf(request), 'contacts.exist', { phones: request.body.phones });
			return found.map(({ asked, exists, phone, lid }) => ({ exists, inputPhone: asked, outputPhone: phone, lid: lid ?? null }));
		},
	);

	scope.get<{ Querystring: Static<typeof PhoneQuery> }>(
		`${INSTANCE_PATH}/profile-picture`,
		{ schema: { querystring: PhoneQuery } },
		async (request) => {
			const entry = await whatsapp.ask(instanceOf(request), 'contacts.get', { phone: request.query.phone });
			return [{ link: entry?.photoUrl ?? null }];
		},
	);
}

function changingRoutes(scope: FastifyInstance, { whatsapp }: ZApiDeps): void {
	scope.post<{ Body: Static<typeof AddBody> }>(`${INSTANCE_PATH}/contacts/add`, { schema: { body: AddBody } }, async (request) => {
		const contacts = request.body.map(({ firstName, lastName, phone }) => ({ firstName, phone, ...given({ lastName }) }));
		return resultOf(await whatsapp.ask(instanceOf(request), 'contacts.add', { contacts }));
	});

	scope.delete<{ Body: Static<typeof RemoveBody> }>(`${INSTANCE_PATH}/contacts/remove`, { schema: { body: RemoveBody } }, async (request) =>
		resultOf(await whatsapp.ask(instanceOf(request), 'contacts.remove', { phones: request.body })),
	);

	scope.post<{ Body: Static<typeof BlockBody> }>(
		`${INSTANCE_PATH}/contacts/modify-blocked`,
		{ schema: { body: BlockBody } },
		async (request) => {
			const { phone, action } = request.body;
			await whatsapp.ask(instanceOf(request), 'contacts.block', { phone: phoneOf(String(phone)), isBlocked: action === 'block' });
			return { value: true };
		},
	);

	scope.post<PhonePath>(`${INSTANCE_PATH}/contacts/:phone/report`, { config: { isBodyOptional: true } }, async (request) => {
		await whatsapp.ask(instanceOf(request), 'contacts.report', { phone: phoneOf(request.params.phone) });
		return { success: true };
	});
}

/** Throws invalid_phone. */
function phoneOf(written: string): string {
	const phone = parsePhone(written);
	if (phone === undefined) throw new RecadoError('invalid_phone');
	return phone;
}

function resultOf({ errors }: { readonly errors: readonly string[] }): object {
	return { success: errors.length === 0, errors };
}
