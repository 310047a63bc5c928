/** Groups of the number. What happens in them arrives as messages of their chats. */
import { type TObject, type TString, Type } from 'typebox';
import type { Instance } from '../../domain/account.ts';
import { listOf, Nothing, ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { foundInstance } from './found.ts';
import { IdParams, notBlank, only, readPhone, strict } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { oneOf, type View } from './views/view.ts';
import { GroupSettingsBody, groupView } from './views/whatsapp.ts';

const tags = ['WhatsApp'];
const GROUPS = `${ROOT}/instances/:id/whatsapp/groups`;
const GroupParams: TObject<{ id: TString; groupId: TString }> = Type.Object({ id: Type.String(), groupId: Type.String() });

/** WhatsApp's own limit of a group. */
const PARTICIPANTS_MAX = 1024;
const PAGE_MAX = 200;
const phones = Type.Array(Type.String(), { minItems: 1, maxItems: PARTICIPANTS_MAX });

export function whatsappGroupRoutes(scope: Scope, deps: RecadoDeps): void {
	listingRoutes(scope, deps);
	groupRoutes(scope, deps);
	memberRoutes(scope, deps);
}

function listingRoutes(scope: Scope, { store, whatsapp }: RecadoDeps): void {
	scope.get(
		GROUPS,
		{
			schema: {
				tags,
				summary: 'List groups',
				params: IdParams,
				querystring: Type.Object(
					{ offset: Type.Integer({ minimum: 0, default: 0 }), limit: Type.Integer({ minimum: 1, maximum: PAGE_MAX, default: 50 }) },
					strict,
				),
				response: replies({ 200: listOf('Group') }),
			},
		},
		async (request) => {
			const groups = await whatsapp.ask(await foundInstance(store, request.params.id), 'groups.list', request.query);
			return { items: groups.map(groupView) };
		},
	);
	scope.post(
		GROUPS,
		{
			schema: {
				tags,
				summary: 'Make a group',
				params: IdParams,
				body: Type.Object({ subject: Type.String(notBlank), phones }),
				response: replies({ 201: ref('Group') }),
			},
		},
		async (request, reply) => {
			const { subject, phones: members } = request.body;
			const instance = await foundInstance(store, request.params.id);
			const group = await whatsapp.ask(instance, 'groups.create', { subject, phones: members.map(readPhone) });
			return reply.code(201).send(groupView(group));
		},
	);
	scope.post(
		`${ROOT}/instances/:id/whatsapp/invitations`,
		{
			schema: {
				tags,
				summary: 'Join a group by its invitation',
				params: IdParams,
				body: Type.Object({ url: Type.String({ minLength: 1 }) }),
				response: replies({ 200: ref('Group') }),
			},
		},
		async (request) => {
			const instance = await foundInstance(store, request.params.id);
			const { url } = request.body;
			await whatsapp.ask(instance, 'groups.join', { url });
			return groupView(await whatsapp.ask(instance, 'groups.invitation', { url }));
		},
	);
}

function groupRoutes(scope: Scope, deps: RecadoDeps): void {
	const { store, whatsapp } = deps;
	scope.get(
		`${GROUPS}/:groupId`,
		{ schema: { tags, summary: 'Show a group', params: GroupParams, response: replies({ 200: ref('Group') }) } },
		async (request) => shown(deps, await foundInstance(store, request.params.id), request.params.groupId),
	);
	scope.patch(
		`${GROUPS}/:groupId`,
		{
			schema: {
				tags,
				summary: 'Change a group',
				params: GroupParams,
				body: Type.Object({
					subject: Type.Optional(Type.String(notBlank)),
					description: Type.Optional(Type.String()),
					photoUrl: Type.Optional(Type.String({ minLength: 1 })),
					settings: Type.Optional(GroupSettingsBody),
				}),
				response: replies({ 200: ref('Group') }),
			},
		},
		async (request) => {
			const { id, groupId } = request.params;
			const instance = await foundInstance(store, id);
			const change = only(request.body, ['subject', 'description', 'photoUrl', 'settings']);
			await whatsapp.ask(instance, 'groups.change', { groupId, change });
			return await shown(deps, instance, groupId);
		},
	);
	scope.delete(
		`${GROUPS}/:groupId`,
		{ schema: { tags, summary: 'Leave a group', params: GroupParams, response: replies({ 204: Nothing }) } },
		async (request, reply) => {
			const { id, groupId } = request.params;
			await whatsapp.ask(await foundInstance(store, id), 'groups.leave', { groupId });
			return reply.code(204).send();
		},
	);
}

function memberRoutes(scope: Scope, { store, whatsapp }: RecadoDeps): void {
	scope.post(
		`${GROUPS}/:groupId/participants`,
		{
			schema: {
				tags,
				summary: 'Add, remove, promote, demote, let in or turn away',
				params: GroupParams,
				body: Type.Object({
					act: oneOf(['add', 'remove', 'promote', 'demote', 'approve', 'reject'], 'What to do'),
					phones,
					autoInvite: Type.Optional(Type.Boolean({ description: 'Invites whoever cannot be added' })),
				}),
				response: replies({
					200: Type.Object({ errors: Type.Array(Type.String()) }, { description: 'A sentence for each number that it did not work with' }),
				}),
			},
		},
		async (request) => {
			const { id, groupId } = request.params;
			const { act, phones: members, autoInvite } = request.body;
			return await whatsapp.ask(await foundInstance(store, id), 'groups.participants', {
				...{ groupId, act, phones: members.map(readPhone) },
				...(autoInvite === undefined ? {} : { autoInvite }),
			});
		},
	);
	scope.post(
		`${GROUPS}/:groupId/invitation`,
		{
			schema: {
				tags,
				summary: 'Make a new invitation; the old one ends',
				params: GroupParams,
				response: replies({ 200: Type.Object({ url: Type.String() }, { description: 'The invitation' }) }),
			},
		},
		async (request) => {
			const { id, groupId } = request.params;
			return await whatsapp.ask(await foundInstance(store, id), 'groups.newInvitation', { groupId });
		},
	);
}

async function shown({ whatsapp }: RecadoDeps, instance: Instance, groupId: string): Promise<View> {
	return groupView(await whatsapp.ask(instance, 'groups.get', { groupId }));
}
