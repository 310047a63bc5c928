/** Contacts, and what the law gives them a right to: to be told all that is kept about them, and to have it erased. */
import { Readable } from 'node:stream';
import { Type } from 'typebox';
import { phoneKey } from '../../domain/phone.ts';
import { listOf, ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { foundAccount } from './found.ts';
import { IdParams, readPhone, strict } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { contactView } from './views/access.ts';
import { jobView } from './views/job.ts';

const tags = ['Personal data'];

export function contactRoutes(scope: Scope, deps: RecadoDeps): void {
	const { access, store } = deps;
	scope.get(
		`${ROOT}/accounts/:id/contacts`,
		{
			schema: {
				tags,
				summary: 'Find the contact with a phone number',
				params: IdParams,
				querystring: Type.Object({ phone: Type.String({ description: 'In either spelling; nobody: an empty list' }) }, strict),
				response: replies({ 200: listOf('Contact') }),
			},
		},
		async (request) => {
			const account = await foundAccount(store, request.params.id);
			const alias = { kind: 'phone', value: phoneKey(readPhone(request.query.phone)) } as const;
			const contact = await store.chats.findContact(account.id, [alias]);
			return { items: contact ? [contactView(await access.personalData.contact(contact.id))] : [] };
		},
	);
	scope.get(
		`${ROOT}/contacts/:id`,
		{ schema: { tags, summary: 'Show a contact', params: IdParams, response: replies({ 200: ref('Contact') }) } },
		async (request) => contactView(await access.personalData.contact(request.params.id)),
	);
	personalDataRoutes(scope, deps);
	scope.delete(
		`${ROOT}/accounts/:id/uploads`,
		{
			schema: {
				tags,
				summary: 'Delete media that were uploaded and belong to no message',
				description: 'Those of the last hour stay: they may be on their way into a message.',
				params: IdParams,
				response: replies({ 200: Type.Object({ deleted: Type.Integer({ description: 'Links' }) }, { description: 'Done' }) }),
			},
		},
		async (request) => ({ deleted: await access.personalData.deleteUploads(request.params.id) }),
	);
}

function personalDataRoutes(scope: Scope, { access: { personalData } }: RecadoDeps): void {
	scope.get(
		`${ROOT}/contacts/:id/personal-data`,
		{
			schema: {
				tags,
				summary: 'Export all that is kept about a contact',
				description:
					'One JSON text, made while it is read: the contact, its chats with their messages, attendances, events and deliveries.',
				params: IdParams,
				response: replies({ 200: Type.Object({}, { additionalProperties: true, description: 'As docs/personal-data.md tells' }) }),
			},
		},
		async (request, reply) => {
			// Where there is none, that is the answer: later the status has gone out.
			await personalData.contact(request.params.id);
			return reply.type('application/json; charset=utf-8').send(Readable.from(personalData.export(request.params.id)));
		},
	);
	scope.delete(
		`${ROOT}/contacts/:id/personal-data`,
		{
			schema: {
				tags,
				summary: 'Erase what is kept about a contact',
				description:
					'By a job, to be watched under `/jobs/{id}`. Refused while an attendance is open, a message is queued or a delivery is on its way. Asking again is harmless.',
				params: IdParams,
				response: replies({ 202: ref('Job') }),
			},
		},
		async (request, reply) => reply.code(202).send(jobView(await personalData.erase(request.params.id))),
	);
}
