/** Instances: connected phone numbers. */
import { Type } from 'typebox';
import type { Instance, Pacing } from '../../domain/account.ts';
import type { InstanceCreated } from '../../messaging/directory-services.ts';
import { createOnce, listOf, ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { foundAccount, foundInstance } from './found.ts';
import { faulty, IdParams, nameText } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { instanceCreatedView, instanceView } from './views/account.ts';
import { oneOf, type View } from './views/view.ts';

const tags = ['Instances'];

const PACING_MAX_MS = 600_000;
const PacingBody = Type.Optional(
	Type.Object(
		{ minMs: Type.Integer({ minimum: 0, maximum: PACING_MAX_MS }), maxMs: Type.Integer({ minimum: 0, maximum: PACING_MAX_MS }) },
		{ description: 'The random pause between two sends' },
	),
);

export function instanceRoutes(scope: Scope, deps: RecadoDeps): void {
	const { directory, store } = deps;
	scope.post(
		`${ROOT}/accounts/:id/instances`,
		{
			schema: {
				tags,
				summary: 'Create an instance',
				description: 'On the simulator it is connected at once.',
				params: IdParams,
				body: Type.Object({
					name: nameText('For people'),
					channel: oneOf(['simulator', 'cloud-api', 'whatsapp-web'], 'The engine behind it'),
					phone: Type.String({ description: 'Its number, with country code' }),
					pacing: PacingBody,
				}),
				response: replies({ 201: ref('InstanceCreated') }),
			},
		},
		async (request, reply) => {
			const { name, channel, phone, pacing } = request.body;
			const wish = { name, channel, phone, ...(pacing === undefined ? {} : { pacing: checked(pacing) }) };
			const { status, body } = await createOnce(
				request,
				(created: InstanceCreated) => ({ status: 201, body: instanceCreatedView(created) }),
				(idempotency) => directory.createInstance(request.params.id, wish, idempotency),
			);
			return reply.code(status).send(body);
		},
	);
	scope.get(
		`${ROOT}/accounts/:id/instances`,
		{
			config: { operators: 'all' },
			schema: { tags, summary: 'List the instances of an account', params: IdParams, response: replies({ 200: listOf('Instance') }) },
		},
		async (request) => {
			const account = await foundAccount(store, request.params.id);
			return await listed(deps, await store.accounts.instancesOf(account.id));
		},
	);
	scope.get(
		`${ROOT}/instances`,
		{ schema: { tags, summary: 'List all instances', response: replies({ 200: listOf('Instance') }) } },
		async () => listed(deps, await store.accounts.allInstances()),
	);
	scope.get(
		`${ROOT}/instances/:id`,
		{ schema: { tags, summary: 'Show an instance', params: IdParams, response: replies({ 200: ref('Instance') }) } },
		async (request) => shown(deps, await foundInstance(store, request.params.id)),
	);
	scope.patch(
		`${ROOT}/instances/:id`,
		{
			schema: {
				tags,
				summary: 'Change name or pacing',
				params: IdParams,
				body: Type.Object({ name: Type.Optional(nameText('For people')), pacing: PacingBody }),
				response: replies({ 200: ref('Instance') }),
			},
		},
		async (request) => {
			const { name, pacing } = request.body;
			const change = { ...(name === undefined ? {} : { name }), ...(pacing === undefined ? {} : { pacing: checked(pacing) }) };
			return await shown(deps, await directory.updateInstance(request.params.id, change));
		},
	);
	sessionRoutes(scope, deps);
}

function sessionRoutes(scope: Scope, deps: RecadoDeps): void {
	const { instances, store } = deps;
	const acts = {
		connect: 'Open the session',
		disconnect: 'Close the session; the queue is kept',
		restart: 'Close and open the session',
	} as const;
	for (const act of ['connect', 'disconnect', 'restart'] as const) {
		scope.post(
			`${ROOT}/instances/:id/${act}`,
			{ schema: { tags, summary: acts[act], params: IdParams, response: replies({ 200: ref('Instance') }) } },
			async (request) => {
				await instances[act](await foundInstance(store, request.params.id));
				return await shown(deps, await foundInstance(store, request.params.id));
			},
		);
	}
	scope.get(
		`${ROOT}/instances/:id/qr-code`,
		{ schema: { tags, summary: 'What to show for pairing a phone', params: IdParams, response: replies({ 200: ref('QrCode') }) } },
		async (request) => ({ value: await instances.qrCode(await foundInstance(store, request.params.id)) }),
	);
	scope.post(
		`${ROOT}/instances/:id/extension-session`,
		{
			schema: {
				tags,
				summary: 'Open the session with the code that the partner API of Plugchat gave for the browser extension',
				params: IdParams,
				body: Type.Object({ code: Type.String({ minLength: 1, examples: ['AB12CD'] }) }),
				response: replies({ 200: ref('Instance') }),
			},
		},
		async (request) => {
			await deps.extensionCodes.redeem(await foundInstance(store, request.params.id), request.body.code);
			return await shown(deps, await foundInstance(store, request.params.id));
		},
	);
}

async function shown({ store }: RecadoDeps, instance: Instance): Promise<View> {
	return instanceView(instance, await store.messages.queueCount(instance.id));
}

async function listed(deps: RecadoDeps, instances: readonly Instance[]): Promise<View> {
	return { items: await Promise.all(instances.map((instance) => shown(deps, instance))) };
}

function checked(pacing: Pacing): Pacing {
	if (pacing.minMs <= pacing.maxMs) return pacing;
	throw faulty({ path: 'pacing.maxMs', en: 'must be at least minMs', pt: 'deve ser no mínimo minMs' });
}
