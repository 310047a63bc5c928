/** What is written down about a chat and its contact: notes, and the contact's card with generic fields. */
import { Type } from 'typebox';
import { Nothing, pageOf, ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { AskerQuery, askerOf, askerProperties } from './desk-input.ts';
import { MemberParams, notBlank, only, pageOfQuery, pageProperties, strict } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { contactCardView, noteView } from './views/desk.ts';

const CHAT = `${ROOT}/accounts/:id/chats/:memberId`;
const NOTE_LENGTH_MAX = 10_000;
const NAME_LENGTH_MAX = 200;
const VALUE_LENGTH_MAX = 4_000;
const FieldParams = Type.Object({
	id: Type.String(),
	memberId: Type.String(),
	name: Type.String({ ...notBlank, maxLength: NAME_LENGTH_MAX }),
});
const Value = Type.Optional(Type.String({ maxLength: VALUE_LENGTH_MAX }));

export function chatNoteRoutes(scope: Scope, deps: RecadoDeps): void {
	noteRoutes(scope, deps);
	cardRoutes(scope, deps);
	fieldRoutes(scope, deps);
}

function noteRoutes(scope: Scope, { serviceDesk: { notes } }: RecadoDeps): void {
	const tags = ['Notes'];
	scope.post(
		`${CHAT}/notes`,
		{
			schema: {
				tags,
				summary: 'Note something about a chat',
				description: 'The customer never sees it.',
				params: MemberParams,
				body: Type.Object({ text: Type.String({ minLength: 1, maxLength: NOTE_LENGTH_MAX }), ...askerProperties }),
				response: replies({ 201: ref('Note') }),
			},
		},
		async ({ params, body, credential }, reply) =>
			reply.code(201).send(noteView(await notes.add(askerOf(credential, params.id, body), params.memberId, body.text))),
	);
	scope.get(
		`${CHAT}/notes`,
		{
			schema: {
				tags,
				summary: 'List the notes about a chat, newest first',
				params: MemberParams,
				querystring: Type.Object({ ...askerProperties, ...pageProperties }, strict),
				response: replies({ 200: pageOf('Note') }),
			},
		},
		async ({ params, query, credential }) => {
			const page = await notes.list(askerOf(credential, params.id, query), params.memberId, pageOfQuery(query));
			return { items: page.items.map(noteView), next: page.next };
		},
	);
	scope.delete(
		`${CHAT}/notes/:noteId`,
		{
			schema: {
				tags,
				summary: 'Delete a note',
				params: Type.Object({ id: Type.String(), memberId: Type.String(), noteId: Type.String() }),
				querystring: AskerQuery,
				response: replies({ 204: Nothing }),
			},
		},
		async ({ params, query, credential }, reply) => {
			await notes.delete(askerOf(credential, params.id, query), params.memberId, params.noteId);
			return reply.code(204).send();
		},
	);
}

function cardRoutes(scope: Scope, { serviceDesk: { desk, fields } }: RecadoDeps): void {
	const tags = ['Contact cards'];
	scope.get(
		`${CHAT}/card`,
		{
			schema: {
				tags,
				summary: "Show what is kept of a chat's contact",
				params: MemberParams,
				response: replies({ 200: ref('ContactCard') }),
			},
		},
		async ({ params: { id, memberId }, credential }) => {
			await desk.chat(askerOf(credential, id), memberId);
			return contactCardView(await fields.card(id, memberId));
		},
	);
	scope.patch(
		`${CHAT}/card`,
		{
			schema: {
				tags,
				summary: "Change what is kept of a chat's contact",
				params: MemberParams,
				body: Type.Object({ email: Value, city: Value, observation: Value }),
				response: replies({ 200: ref('ContactCard') }),
			},
		},
		async ({ params: { id, memberId }, body, credential }) => {
			await desk.chat(askerOf(credential, id), memberId);
			return contactCardView(await fields.update(id, memberId, only(body, ['email', 'city', 'observation'])));
		},
	);
}

function fieldRoutes(scope: Scope, { serviceDesk: { desk, fields } }: RecadoDeps): void {
	const tags = ['Contact cards'];
	scope.put(
		`${CHAT}/card/fields/:name`,
		{
			schema: {
				tags,
				summary: 'Create or change a generic field',
				params: FieldParams,
				body: Type.Object({ value: Type.String({ maxLength: VALUE_LENGTH_MAX }) }),
				response: replies({ 200: ref('ContactCard') }),
			},
		},
		async ({ params: { id, memberId, name }, body, credential }) => {
			await desk.chat(askerOf(credential, id), memberId);
			return contactCardView(await fields.setField(id, memberId, { name, value: body.value }));
		},
	);
	scope.delete(
		`${CHAT}/card/fields/:name`,
		{ schema: { tags, summary: 'Delete a generic field', params: FieldParams, response: replies({ 200: ref('ContactCard') }) } },
		async ({ params: { id, memberId, name }, credential }) => {
			await desk.chat(askerOf(credential, id), memberId);
			return contactCardView(await fields.deleteField(id, memberId, name));
		},
	);
}
