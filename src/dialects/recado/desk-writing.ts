/** What an operator does in a chat: takes it, writes to the customer, says that they have read. Who does not attend it only reads. */
import { Type } from 'typebox';
import type { Message } from '../../domain/message.ts';
import { RecadoError } from '../../errors.ts';
import { createOnce, ref, replies } from './answering.ts';
import { ContentBody } from './content-input.ts';
import type { RecadoDeps } from './deps.ts';
import { askerOf, askerProperties } from './desk-input.ts';
import { foundInstance } from './found.ts';
import { MemberParams } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { readSend, sendObject } from './send-input.ts';
import { attendanceView } from './views/attendance.ts';
import { messageView } from './views/message.ts';

const tags = ['Desk'];
const CHAT = `${ROOT}/accounts/:id/chats/:memberId`;

export function deskWritingRoutes(scope: Scope, deps: RecadoDeps): void {
	takingRoute(scope, deps);
	sendingRoute(scope, deps);
	readingRoute(scope, deps);
}

function takingRoute(scope: Scope, { serviceDesk: { desk } }: RecadoDeps): void {
	scope.post(
		`${CHAT}/take`,
		{
			config: { scope: 'attendances:manage' },
			schema: {
				tags,
				summary: 'Take a chat',
				description:
					'Begins an attendance with the operator, or gives them the open one that is without. Who attends it already is answered it as it is.',
				params: MemberParams,
				body: Type.Object(askerProperties),
				response: replies({ 200: ref('Attendance', 'Begun, or gone on with') }),
			},
		},
		async ({ params, body, credential }) => {
			const { accountId, operatorId } = askerOf(credential, params.id, body);
			if (operatorId === undefined) throw new RecadoError('operator_missing', { details: { id: '' } });
			return attendanceView(await desk.take({ accountId, operatorId }, params.memberId));
		},
	);
}

function sendingRoute(scope: Scope, { serviceDesk: { desk }, store, messaging }: RecadoDeps): void {
	scope.post(
		`${CHAT}/messages`,
		{
			schema: {
				tags,
				summary: 'Write into a chat',
				description: 'An operator writes where they attend. Answered once it is queued durably.',
				params: MemberParams,
				body: Type.Intersect([sendObject(askerProperties), ContentBody]),
				response: replies({ 202: ref('Message') }),
			},
		},
		async (request, reply) => {
			const { params, body: wish, credential } = request;
			const { chat } = await desk.attendedChat(askerOf(credential, params.id, wish), params.memberId);
			const command = await readSend(store, await foundInstance(store, chat.instanceId), chat.phone, wish);
			const { status, body } = await createOnce(
				request,
				(message: Message) => ({ status: 202, body: messageView(message) }),
				(idempotency) => messaging.send({ ...command, ...(idempotency === undefined ? {} : { idempotency }) }),
			);
			return reply.code(status).send(body);
		},
	);
}

function readingRoute(scope: Scope, { serviceDesk: { desk }, store, reading }: RecadoDeps): void {
	scope.post(
		`${CHAT}/read`,
		{
			schema: {
				tags,
				summary: 'Mark all of a chat as read, as an operator',
				description: 'The customer sees it: an operator does so where they attend.',
				params: MemberParams,
				body: Type.Object(askerProperties),
				response: replies({
					200: Type.Object({ read: Type.Integer({ description: 'How many messages' }) }, { description: 'What was read' }),
				}),
			},
		},
		async ({ params, body, credential }) => {
			const { chat } = await desk.attendedChat(askerOf(credential, params.id, body), params.memberId);
			return { read: await reading.readChat(await foundInstance(store, chat.instanceId), chat.phone) };
		},
	);
}
