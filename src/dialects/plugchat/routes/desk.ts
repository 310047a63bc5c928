/** What the service desk shows and keeps: chats that wait, fields of contacts, an attendance by its number, operators. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { RecadoError } from '../../../errors.ts';
import type { Ticket } from '../../../service-desk/services.ts';
import { pageOf } from '../../callbacks/page.ts';
import { type Authenticated, accountOf, instanceOf, reaches } from '../authentication.ts';
import type { PlugchatDeps } from '../deps.ts';
import { ticketBody } from '../payloads/ticket.ts';
import { pendingRow } from '../views/chat.ts';

/** Documented nowhere. */
const PENDING_MAX = 1_000;

/** The table counts from 1, an example from 0: either is the first page. */
const PendingQuery = Type.Object({
	page: Type.Optional(Type.Integer({ minimum: 0 })),
	pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: PENDING_MAX })),
});
const FieldBody = Type.Object({
	phone: Type.String(),
	label: Type.String({ minLength: 1 }),
	value: Type.Optional(Type.String({ description: 'Empty where it is missing' })),
});
const AccountQuery = Type.Object({ id: Type.String({ minLength: 1, description: 'Of the account' }) });

export function deskRoutes(scope: FastifyInstance, deps: PlugchatDeps): void {
	chatRoutes(scope, deps);
	ticketRoutes(scope, deps);
	scope.get<{ Querystring: Static<typeof AccountQuery> }>(
		'/api/account/get-operators-online',
		{ schema: { querystring: AccountQuery } },
		async (request) => {
			const { id } = accountOf(request);
			if (request.query.id !== id) throw new RecadoError('not_there', { details: { what: 'account' } });
			const members = await deps.serviceDesk.staff.list(id);
			// Who is offline is told too, as documented.
			return {
				data: members.map(({ operator, state, stateChangedAt }) => ({
					id: operator.id,
					lastChanged: stateChangedAt,
					name: operator.name,
					state,
				})),
			};
		},
	);
}

function chatRoutes(scope: FastifyInstance, { chats, whatsapp, directory, serviceDesk }: PlugchatDeps): void {
	scope.get<{ Querystring: Static<typeof PendingQuery> }>(
		'/api/chat/get-pending-chats',
		{ schema: { querystring: PendingQuery } },
		async (request) => {
			const instance = await instanceOf(request, directory);
			const { page = 1 } = request.query;
			const { items: views } = await chats.waitingOf(instance.id, pageOf({ ...request.query, page: Math.max(page, 1) }));
			const flags = await whatsapp.ask(instance, 'chats.flags', { phones: views.map(({ chat }) => chat.phone) });
			return views.map((view, index) => pendingRow(view, flags[index]));
		},
	);

	scope.post<{ Body: Static<typeof FieldBody> }>(
		'/api/integrations/create-generic-field',
		{ schema: { body: FieldBody } },
		async (request) => {
			const { phone, label: name, value = '' } = request.body;
			await serviceDesk.fields.setFieldByPhone((await instanceOf(request, directory)).id, phone, { name, value });
			return { success: true };
		},
	);
}

function ticketRoutes(scope: FastifyInstance, { serviceDesk, accounts }: PlugchatDeps): void {
	const ticketOf = async (request: Authenticated & Pick<FastifyRequest, 'headers'>): Promise<Ticket> => {
		const written = String(request.headers['ticket'] ?? '').trim();
		const isNumber = /^\d{1,15}$/.test(written);
		const ticket = isNumber ? await serviceDesk.tickets.byNumber(accountOf(request).id, Number(written)) : undefined;
		if (!ticket || !reaches(request, ticket.attendance.instanceId))
			throw new RecadoError('ticket_invalid', { details: { ticket: written } });
		return ticket;
	};

	scope.get('/api/integrations/get-attendence-by-task', async (request) => {
		const ticket = await ticketOf(request);
		const instance = await accounts.instance(ticket.attendance.instanceId);
		if (!instance) throw new RecadoError('not_there', { details: { what: 'instance' } });
		return ticketBody(ticket, instance);
	});

	// Its page asks for the header too, which tells the list nothing: it may be missing, but not be wrong.
	scope.get('/api/operator/get-all', async (request) => {
		const { id } = accountOf(request);
		if (request.headers['ticket'] !== undefined) await ticketOf(request);
		const members = await serviceDesk.staff.list(id);
		return members.map(({ operator, departments, login }) => ({
			createdAt: operator.createdAt,
			departaments: departments.map((department) => department.id),
			name: operator.name,
			active: operator.active,
			id: operator.id,
			login: login ?? '',
		}));
	});
}
