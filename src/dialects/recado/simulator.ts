/** The simulated world: what a customer's phone writes, how phones behave, the connection cut and opened. */
import { createHash } from 'node:crypto';
import { type TObject, type TString, Type } from 'typebox';
import type { Instance } from '../../domain/account.ts';
import { ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { foundInstance } from './found.ts';
import { nameText, only, readPhone } from './inputs.ts';
import { whatsappIdOf } from './message-ids.ts';
import { ROOT, type Scope } from './scope.ts';
import { readShared, simulated } from './simulated.ts';
import { readWritten, WrittenBody } from './simulated-content.ts';
import { simulatorActRoutes } from './simulator-acts.ts';
import { instanceView } from './views/account.ts';
import { oneOf } from './views/view.ts';

const tags = ['Simulator'];
const Params: TObject<{ instanceId: TString }> = Type.Object({ instanceId: Type.String() });
const PhoneParams: TObject<{ instanceId: TString; phone: TString }> = Type.Object({ instanceId: Type.String(), phone: Type.String() });

/** A day: longer waits are better tested with `null`. */
const WAIT_MAX_MS = 86_400_000;

export function simulatorRoutes(scope: Scope, deps: RecadoDeps): void {
	writingRoute(scope, deps);
	connectionRoutes(scope, deps);
	behaviourRoutes(scope, deps);
	simulatorActRoutes(scope, deps);
	scope.post(
		`${ROOT}/simulator/:instanceId/presence`,
		{
			schema: {
				tags,
				summary: 'A customer is seen typing, recording, coming or going',
				params: Params,
				body: Type.Object({
					from: Type.String({ description: "The customer's number" }),
					status: oneOf(['available', 'unavailable', 'composing', 'recording', 'paused'], 'What is seen'),
				}),
				response: replies({ 202: ref('Accepted') }),
			},
		},
		async (request, reply) => {
			const instance = await simulated(deps, request.params.instanceId);
			await deps.simulator.presence(instance, readPhone(request.body.from), request.body.status);
			return reply.code(202).send({ accepted: true });
		},
	);
}

function writingRoute(scope: Scope, deps: RecadoDeps): void {
	scope.post(
		`${ROOT}/simulator/:instanceId/messages`,
		{
			schema: {
				tags,
				summary: 'A phone writes to the instance, or into a group',
				description: 'With the same `Idempotency-Key` it writes once.',
				params: Params,
				body: Type.Intersect([
					Type.Object({
						from: Type.String({ description: "The customer's number" }),
						name: Type.Optional(nameText('Of the customer; of the newsletter, where it is written in one')),
						replyTo: Type.Optional(Type.String({ description: 'The message that it answers, by its id or its WhatsApp id' })),
						fromMe: Type.Optional(Type.Boolean({ description: "Written on the instance's own phone, to `from`" })),
						group: Type.Optional(
							Type.String({
								minLength: 1,
								description:
									'Written there instead: into a group (`…-group`), in a newsletter (`…@newsletter`), with `fromMe` to a broadcast list (`…-broadcast`)',
							}),
						),
					}),
					WrittenBody,
				]),
				response: replies({ 202: ref('Written') }),
			},
		},
		async (request, reply) => {
			const { from, name, replyTo, fromMe, group } = request.body;
			const instance = await simulated(deps, request.params.instanceId);
			const phone = readPhone(from);
			const written = await readWritten(deps.store, instance, request.body);
			const answered = replyTo === undefined ? written.replyTo : await whatsappIdOf(deps.store, instance, replyTo);
			const { whatsappId } = await deps.simulator.write(instance, {
				from: phone,
				content: written.content,
				...(name === undefined ? {} : { name }),
				...(answered === undefined ? {} : { replyTo: answered }),
				...(fromMe === undefined ? {} : { fromMe }),
				...(group === undefined ? {} : { address: readShared('group', group) }),
				...(request.idempotent ? { whatsappId: idOfKey(instance, request.idempotent.key) } : {}),
			});
			return reply.code(202).send({ messageId: whatsappId });
		},
	);
}

/** In the manner of WhatsApp's ids. The inbox takes an id once, so the same key again changes nothing, in whatever process. */
function idOfKey(instance: Instance, key: string): string {
	return `3EB0${createHash('sha256').update(`${instance.id} ${key}`).digest('hex').slice(0, 18).toUpperCase()}`;
}

function connectionRoutes(scope: Scope, deps: RecadoDeps): void {
	const shown = async (id: string) => instanceView(await foundInstance(deps.store, id), await deps.store.messages.queueCount(id));
	scope.post(
		`${ROOT}/simulator/:instanceId/disconnect`,
		{
			config: { isBodyOptional: true },
			schema: {
				tags,
				summary: 'The connection is lost, as when the phone is switched off',
				params: Params,
				body: Type.Union([Type.Object({ reason: Type.Optional(nameText('What webhooks are told')) }), Type.Null()]),
				response: replies({ 200: ref('Instance') }),
			},
		},
		async (request) => {
			await deps.simulator.loseConnection(await simulated(deps, request.params.instanceId), request.body?.reason);
			return await shown(request.params.instanceId);
		},
	);
	scope.post(
		`${ROOT}/simulator/:instanceId/connect`,
		{ schema: { tags, summary: 'The connection is there again', params: Params, response: replies({ 200: ref('Instance') }) } },
		async (request) => {
			await deps.instances.connect(await simulated(deps, request.params.instanceId));
			return await shown(request.params.instanceId);
		},
	);
}

const BEHAVIOUR = [
	'onWhatsApp',
	'receivesAfterMs',
	'readsAfterMs',
	'repliesWith',
	'answersInGroups',
	'mayBeAdded',
	'hidesNumber',
	'name',
] as const;

function behaviourRoutes(scope: Scope, deps: RecadoDeps): void {
	const wait = (description: string) =>
		Type.Optional(Type.Union([Type.Integer({ minimum: 0, maximum: WAIT_MAX_MS }), Type.Null()], { description }));
	scope.put(
		`${ROOT}/simulator/:instanceId/contacts/:phone`,
		{
			schema: {
				tags,
				summary: 'Set how a phone behaves',
				description: 'What is left out stays as it is.',
				params: PhoneParams,
				body: Type.Object({
					onWhatsApp: Type.Optional(Type.Boolean()),
					receivesAfterMs: wait('From being sent to being received; null: the phone is off'),
					readsAfterMs: wait('From being received to being read; null: never'),
					repliesWith: Type.Optional(
						Type.Union([Type.String({ maxLength: 4096 }), Type.Null()], { description: 'What it answers after reading; null: nothing' }),
					),
					answersInGroups: Type.Optional(Type.Boolean({ description: 'Whether it answers in groups, too' })),
					mayBeAdded: Type.Optional(Type.Boolean({ description: 'False: nobody puts its owner into a group' })),
					hidesNumber: Type.Optional(Type.Boolean({ description: 'Chats that begin with it are known by its LID' })),
					name: Type.Optional(nameText('Of the customer')),
				}),
				response: replies({ 200: ref('PhoneBehaviour') }),
			},
		},
		async (request) => {
			const instance = await simulated(deps, request.params.instanceId);
			const change = only(request.body, BEHAVIOUR);
			return await deps.simulator.setBehaviour(instance, readPhone(request.params.phone), change);
		},
	);
	scope.get(
		`${ROOT}/simulator/:instanceId/contacts/:phone`,
		{ schema: { tags, summary: 'Show how a phone behaves', params: PhoneParams, response: replies({ 200: ref('PhoneBehaviour') }) } },
		async (request) => {
			const instance = await simulated(deps, request.params.instanceId);
			return await deps.simulator.behaviour(instance, readPhone(request.params.phone));
		},
	);
}
