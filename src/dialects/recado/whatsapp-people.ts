/** WhatsApp as a person uses it: the profile of the number, the address book, and how chats are shown. */
import { type TObject, type TString, Type } from 'typebox';
import type { ChatChange } from '../../ports/whatsapp.ts';
import { listOf, Nothing, ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { found, foundInstance } from './found.ts';
import { faulty, IdParams, notBlank, only, readPhone, strict } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { oneOf } from './views/view.ts';
import { chatFlagsView } from './views/whatsapp.ts';

const tags = ['WhatsApp'];
const ON = `${ROOT}/instances/:id/whatsapp`;
const PhoneParams: TObject<{ id: TString; phone: TString }> = Type.Object({ id: Type.String(), phone: Type.String() });

const BATCH_MAX = 1000;
const PAGE_MAX = 200;
const LIST_QUERY = Type.Object(
	{ offset: Type.Integer({ minimum: 0, default: 0 }), limit: Type.Integer({ minimum: 1, maximum: PAGE_MAX, default: 50 }) },
	strict,
);

export function whatsappPeopleRoutes(scope: Scope, deps: RecadoDeps): void {
	profileRoutes(scope, deps);
	contactRoutes(scope, deps);
	addressBookRoutes(scope, deps);
	chatRoutes(scope, deps);
}

function profileRoutes(scope: Scope, { store, whatsapp }: RecadoDeps): void {
	scope.get(
		`${ON}/profile`,
		{ schema: { tags, summary: "Show the number's profile", params: IdParams, response: replies({ 200: ref('Profile') }) } },
		async (request) => whatsapp.ask(await foundInstance(store, request.params.id), 'profile.get', {}),
	);
	scope.patch(
		`${ON}/profile`,
		{
			schema: {
				tags,
				summary: "Change the number's profile",
				params: IdParams,
				body: Type.Object({
					name: Type.Optional(Type.String(notBlank)),
					about: Type.Optional(Type.String()),
					photoUrl: Type.Optional(Type.String({ minLength: 1 })),
				}),
				response: replies({ 200: ref('Profile') }),
			},
		},
		async (request) => {
			const instance = await foundInstance(store, request.params.id);
			await whatsapp.ask(instance, 'profile.set', only(request.body, ['name', 'about', 'photoUrl']));
			return await whatsapp.ask(instance, 'profile.get', {});
		},
	);
}

function contactRoutes(scope: Scope, { store, whatsapp }: RecadoDeps): void {
	scope.get(
		`${ON}/contacts/:phone`,
		{
			schema: { tags, summary: 'Show somebody on WhatsApp', params: PhoneParams, response: replies({ 200: ref('AddressBookEntry') }) },
		},
		async (request) => {
			const instance = await foundInstance(store, request.params.id);
			return found('contact', (await whatsapp.ask(instance, 'contacts.get', { phone: readPhone(request.params.phone) })) ?? undefined);
		},
	);
	scope.post(
		`${ON}/exists`,
		{
			schema: {
				tags,
				summary: 'Ask which numbers are on WhatsApp',
				params: IdParams,
				body: Type.Object({ phones: Type.Array(Type.String(), { minItems: 1, maxItems: BATCH_MAX }) }),
				response: replies({ 200: listOf('OnWhatsApp') }),
			},
		},
		async (request) => {
			const instance = await foundInstance(store, request.params.id);
			return { items: await whatsapp.ask(instance, 'contacts.exist', { phones: request.body.phones.map(readPhone) }) };
		},
	);
	scope.put(
		`${ON}/contacts/:phone/block`,
		{
			schema: {
				tags,
				summary: 'Block a phone, or let it write again',
				params: PhoneParams,
				body: Type.Object({ isBlocked: Type.Boolean() }),
				response: replies({ 204: Nothing }),
			},
		},
		async (request, reply) => {
			const instance = await foundInstance(store, request.params.id);
			await whatsapp.ask(instance, 'contacts.block', { phone: readPhone(request.params.phone), isBlocked: request.body.isBlocked });
			return reply.code(204).send();
		},
	);
}

function addressBookRoutes(scope: Scope, { store, whatsapp }: RecadoDeps): void {
	scope.get(
		`${ON}/contacts`,
		{
			schema: {
				tags,
				summary: 'List the address book and everybody who ever wrote, by name',
				params: IdParams,
				querystring: LIST_QUERY,
				response: replies({ 200: listOf('AddressBookEntry') }),
			},
		},
		async (request) => ({ items: await whatsapp.ask(await foundInstance(store, request.params.id), 'contacts.list', request.query) }),
	);
	scope.post(
		`${ON}/contacts`,
		{
			schema: {
				tags,
				summary: 'Put people into the address book',
				params: IdParams,
				body: Type.Object({
					contacts: Type.Array(
						Type.Object({ phone: Type.String(), firstName: Type.String(notBlank), lastName: Type.Optional(Type.String()) }),
						{ minItems: 1, maxItems: BATCH_MAX },
					),
				}),
				response: replies({
					200: Type.Object({ errors: Type.Array(Type.String()) }, { description: 'A sentence for each that is not on WhatsApp' }),
				}),
			},
		},
		async (request) => {
			const contacts = request.body.contacts.map((one) => ({
				...only(one, ['firstName', 'lastName']),
				firstName: one.firstName,
				phone: readPhone(one.phone),
			}));
			return await whatsapp.ask(await foundInstance(store, request.params.id), 'contacts.add', { contacts });
		},
	);
	scope.delete(
		`${ON}/contacts/:phone`,
		{ schema: { tags, summary: 'Take somebody out of the address book', params: PhoneParams, response: replies({ 204: Nothing }) } },
		async (request, reply) => {
			const instance = await foundInstance(store, request.params.id);
			const { errors } = await whatsapp.ask(instance, 'contacts.remove', { phones: [readPhone(request.params.phone)] });
			if (errors.length > 0) found('contact', undefined);
			return reply.code(204).send();
		},
	);
}

const CHANGES = ['read', 'unread', 'archive', 'unarchive', 'pin', 'unpin', 'mute', 'unmute', 'clear', 'delete', 'expire'] as const;

function chatRoutes(scope: Scope, { store, whatsapp, reading }: RecadoDeps): void {
	const shown = async (id: string, phone: string) => {
		const [flags] = await whatsapp.ask(await foundInstance(store, id), 'chats.flags', { phones: [phone] });
		return chatFlagsView(found('chat', flags));
	};
	scope.get(
		`${ON}/chats/:phone`,
		{ schema: { tags, summary: 'Show how a chat is shown', params: PhoneParams, response: replies({ 200: ref('ChatFlags') }) } },
		async (request) => shown(request.params.id, request.params.phone),
	);
	scope.post(
		`${ON}/chats/:phone`,
		{
			schema: {
				tags,
				summary: 'Archive, pin, mute, clear or delete a chat, mark it as read or unread, let its messages disappear',
				params: PhoneParams,
				body: Type.Object({
					change: oneOf(CHANGES, 'What to do'),
					seconds: Type.Optional(Type.Integer({ minimum: 0, description: 'Of `expire`: messages disappear after this; 0: never' })),
				}),
				response: replies({ 200: ref('ChatFlags') }),
			},
		},
		async (request) => {
			const { id, phone } = request.params;
			const instance = await foundInstance(store, id);
			const change = changeOf(request.body);
			// What is read gets its status here, too.
			if (change.kind === 'read') await reading.readChat(instance, phone);
			else await whatsapp.ask(instance, 'chats.change', { phone, change });
			return await shown(id, phone);
		},
	);
}

function changeOf({ change, seconds }: { readonly change: (typeof CHANGES)[number]; readonly seconds?: number }): ChatChange {
	if (change !== 'expire') return { kind: change };
	if (seconds === undefined) throw faulty({ path: 'seconds', en: 'is required', pt: 'é obrigatório' });
	return { kind: 'expire', seconds };
}
