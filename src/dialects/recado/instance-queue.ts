/** What an instance still has to send, and what its channel can do. */
import { type TSchema, Type } from 'typebox';
import type { Instance } from '../../domain/account.ts';
import type { ChannelCapabilities } from '../../ports/channel.ts';
import { Nothing, ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { foundInstance } from './found.ts';
import { IdParams, strict } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { messageView } from './views/message.ts';
import { iso, named, oneOf, Text, type View } from './views/view.ts';

const tags = ['Instances'];
const QUEUE = `${ROOT}/instances/:id/queue`;
const SHOWN_DEFAULT = 20;
const SHOWN_MAX = 200;

const Pacing = Type.Object({ minMs: Type.Integer(), maxMs: Type.Integer() }, { description: 'The random pause between two sends' });

export const InstanceQueueSchema: TSchema = named(
	'InstanceQueue',
	Type.Object(
		{
			length: Type.Integer({ description: 'Messages that wait to be sent' }),
			state: oneOf(['connected', 'disconnected'], 'Of the session: while it is disconnected nothing goes'),
			pacing: Pacing,
			nextDueAt: Type.Optional(
				Type.String({
					format: 'date-time',
					description: 'Since when, or from when on, the first may go. In the past: it waits for the pause or for the session',
				}),
			),
			oldestAt: Type.Optional(Type.String({ format: 'date-time', description: 'When the oldest of those looked at was accepted' })),
			items: Type.Array(Type.Unsafe({ $ref: 'Message#' }), { description: 'The first of them, in the order in which they may go' }),
		},
		{ additionalProperties: false },
	),
);

export const InstanceChannelSchema: TSchema = named(
	'InstanceChannel',
	Type.Object(
		{
			channel: oneOf(['simulator', 'cloud-api', 'whatsapp-web'], 'The engine behind the instance'),
			kinds: Type.Array(Text, { description: 'The kinds of messages that it can send' }),
			calls: Type.Array(Text, { description: 'What else of WhatsApp it can do: groups, contacts, profile, …' }),
			hasQrCode: Type.Boolean({ description: 'A phone is paired by a QR code' }),
			keepsOurId: Type.Boolean({ description: 'Our id travels with a message: sending it twice is sending it once' }),
			defaultPacing: Pacing,
		},
		{ additionalProperties: false },
	),
);

export function instanceQueueRoutes(scope: Scope, deps: RecadoDeps): void {
	const { whatsapp, store } = deps;
	scope.get(
		`${ROOT}/instances/:id/channel`,
		{
			schema: {
				tags,
				summary: 'What the channel of an instance can and cannot do',
				params: IdParams,
				response: replies({ 200: ref('InstanceChannel') }),
			},
		},
		async (request) => {
			const instance = await foundInstance(store, request.params.id);
			return channelView(instance, whatsapp.capabilities(instance));
		},
	);
	scope.get(
		QUEUE,
		{
			schema: {
				tags,
				summary: 'What an instance still has to send',
				params: IdParams,
				querystring: Type.Object(
					{ limit: Type.Integer({ minimum: 0, maximum: SHOWN_MAX, default: SHOWN_DEFAULT, description: 'How many of it are shown' }) },
					strict,
				),
				response: replies({ 200: ref('InstanceQueue') }),
			},
		},
		async (request) => queueView(deps, await foundInstance(store, request.params.id), request.query.limit),
	);
	takingOutRoutes(scope, deps);
}

function takingOutRoutes(scope: Scope, { messaging, store }: RecadoDeps): void {
	scope.delete(
		QUEUE,
		{
			schema: {
				tags,
				summary: 'Empty the queue of an instance',
				description: 'What is on its way is sent all the same.',
				params: IdParams,
				response: replies({ 200: Type.Object({ deleted: Type.Integer() }, { description: 'How many went' }) }),
			},
		},
		async (request) => ({ deleted: await messaging.emptyQueue(await foundInstance(store, request.params.id)) }),
	);
	scope.delete(
		`${QUEUE}/:messageId`,
		{
			schema: {
				tags,
				summary: 'Take a message out of the queue',
				params: Type.Object({ id: Type.String(), messageId: Type.String() }),
				response: replies({ 204: Nothing }),
			},
		},
		async (request, reply) => {
			await messaging.dequeue(await foundInstance(store, request.params.id), request.params.messageId);
			return reply.code(204).send();
		},
	);
}

async function queueView({ store }: RecadoDeps, { id, state, pacing }: Instance, limit: number): Promise<View> {
	const [length, found] = await Promise.all([store.messages.queueCount(id), store.messages.queue(id, Math.max(1, limit))]);
	const [first] = found;
	return {
		...{ length, state, pacing },
		nextDueAt: first && iso(first.dueAt ?? first.createdAt),
		oldestAt: first && iso(Math.min(...found.map(({ createdAt }) => createdAt))),
		items: found.slice(0, limit).map(messageView),
	};
}

function channelView({ channel }: Instance, { kinds, calls, hasQrCode, keepsOurId, defaultPacing }: ChannelCapabilities): View {
	return { channel, kinds: [...kinds], calls: [...calls], hasQrCode, keepsOurId, defaultPacing };
}
