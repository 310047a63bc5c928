/**
 * Tries one operation on the running gateway, as documented and wrong in each thing that the documents name, and says what is not as it should be.
 * The tests fail with these sentences and the coverage counts who has none, so the two cannot disagree.
 */
import type { Json } from '../support/contract.ts';
import type { Answer } from '../support/gateway.ts';
import { ARRANGEMENTS } from './arrangements/all.ts';
import type { Arranged } from './arrangements/arrangement.ts';
import { addressOf } from './house.ts';
import { hasBody, isJsonObject, type Operation, othersAt, successesOf } from './operations.ts';
import { type Plan, planOf, plansOfWrongType, plansWithout, type WrongPlan } from './plan.ts';
import { lenientOf, mistypedOf, optionalOf } from './quirks.ts';
import type { Scene } from './scene.ts';
import { shapeFaults } from './shapes.ts';
import type { World } from './world.ts';

/** No operation has this method. */
const WRONG_METHOD = 'PATCH';

/** What is not as documented, one sentence each; none where the operation is answered as documented. */
export async function examine(world: World, operation: Operation): Promise<readonly string[]> {
	const missing = await routeFaults(world, operation);
	if (missing.length > 0) return missing;
	const scene = await world.scene(operation);
	try {
		const arranged: Arranged = (await ARRANGEMENTS[operation.system][operation.id]?.(scene)) ?? {};
		const plan = planOf(operation, arranged, world.places);
		return [
			...(await credentialFaults(world, scene, plan)),
			...(await refusalFaults(scene, plan, arranged)),
			...(await wrongFaults(scene, plan)),
			...(await rightFaults(scene, plan, arranged)),
		];
	} catch (error) {
		return [`cannot be tried: ${error instanceof Error ? error.message : String(error)}`];
	}
}

/** What the gateway does not do yet: 501 in the form of the system, to whoever has credentials. */
export async function answersNotThere(world: World, operation: Operation): Promise<readonly string[]> {
	const scene = await world.scene(operation);
	// As in the example: one of them is told from an ordinary message by whom it is for.
	const { example } = operation.body;
	const answer = await sent(scene, planOf(operation, example === null ? {} : { body: example }, world.places));
	return errorFaults(operation, 'is answered', answer, [501]);
}

/** Wrong method: 405 with the right one in `Allow`, on each spelling of the path; 404 is what is not there at all. */
async function routeFaults(world: World, { method, path, pathVariants = [] }: Operation): Promise<readonly string[]> {
	const found = await Promise.all(
		[path, ...pathVariants.filter((variant) => parametersOf(variant) === parametersOf(path))].map(async (spelling) => {
			const { status, headers } = await world.send({ method: WRONG_METHOD, path: addressOf(spelling, { path: {}, query: {} }) });
			if (status === 404) return [`${method} ${spelling} is not there`];
			const allowed = String(headers['allow'] ?? '').split(', ');
			if (status !== 405) return [`${WRONG_METHOD} ${spelling} is answered ${status}, not 405`];
			return allowed.includes(method) ? [] : [`${method} ${spelling} is not there, only ${allowed.join(', ')}`];
		}),
	);
	return found.flat();
}

/** Some pages print a path without the parameter that their text puts into it; there is nothing to call there. */
function parametersOf(path: string): string {
	return (path.match(/\{\w+\}/g) ?? []).join();
}

/** Missing and wrong credentials: 401 in the form of the system. */
async function credentialFaults(world: World, scene: Scene, plan: Plan): Promise<readonly string[]> {
	const { operation } = scene;
	const { authorization: _none, ...headers } = plan.headers;
	const request = await scene.requestOf({ ...plan, headers });
	const { authorization, ...anonymous } = { authorization: undefined, ...request.headers };
	const tries: (readonly [string, typeof request])[] = [];
	if (authorization !== undefined) {
		tries.push(['without credentials', { ...request, headers: anonymous }]);
		tries.push(['with wrong credentials', { ...request, headers: { ...anonymous, authorization: 'Bearer wrong' } }]);
	} else {
		tries.push(['with a wrong token', await scene.requestOf({ ...plan, path: { ...plan.path, token: 'wrong' } })]);
		const { instance } = await world.accountWithClientToken();
		const path = { ...plan.path, instanceId: instance.id, token: instance.token };
		tries.push(['without its Client-Token', await scene.requestOf({ ...plan, path })]);
	}
	const answers = await Promise.all(tries.map(async ([what, wrong]) => [what, await world.send(wrong)] as const));
	return answers.flatMap(([what, answer]) => errorFaults(operation, what, answer, [401]));
}

/** What the documents answer in words of their own. */
async function refusalFaults(scene: Scene, plan: Plan, { refusals = [] }: Arranged): Promise<readonly string[]> {
	const found: string[] = [];
	for (const { what, change, status, body = {} } of refusals) {
		const answer = await sent(scene, change(plan));
		const isSaid = Object.entries(body).every(([key, value]) => answer.body[key] === value);
		if (answer.status !== status || !isSaid) found.push(`${what}: ${told(answer)}, documented as ${status} ${JSON.stringify(body)}`);
	}
	return found;
}

/** Wrong content type, each required member missing, each member of another type. */
async function wrongFaults(scene: Scene, plan: Plan): Promise<readonly string[]> {
	const { operation } = scene;
	const lenient = lenientOf(operation);
	const found: string[] = [];
	if (hasBody(operation) && plan.body !== undefined) {
		const { body, ...request } = await scene.requestOf(plan);
		const headers = { ...request.headers, 'content-type': 'text/plain' };
		const answer = await scene.world.send({ ...request, headers, raw: JSON.stringify(body) });
		found.push(...errorFaults(operation, 'as text/plain', answer, [415]));
	}
	const wrong: readonly WrongPlan[] = [
		...plansWithout(operation, plan, { lenient, others: othersAt(operation) }),
		...plansOfWrongType(operation, plan, lenient),
	];
	for (const { what, names, plan: wrongPlan } of wrong) {
		const answer = await sent(scene, wrongPlan);
		const faults = errorFaults(operation, what, answer, [400, 422]);
		found.push(...faults);
		const said = JSON.stringify(answer.body);
		if (faults.length === 0 && !names.some((name) => said.includes(name))) {
			found.push(`${what}: the error does not name ${names.join(' or ')}: ${told(answer)}`);
		}
	}
	return found;
}

/** As documented: the status, the shape, and what it did. */
async function rightFaults(scene: Scene, plan: Plan, { effect }: Arranged): Promise<readonly string[]> {
	const { operation } = scene;
	const answer = await sent(scene, plan);
	const statuses = successesOf(operation);
	if (!statuses.includes(answer.status)) return [`is answered ${told(answer)}, documented as ${statuses.join(' or ')}`];
	const documented = operation.responses[answer.status] ?? {};
	const shape =
		answer.status === 204 ? [] : shapeFaults(answer.body, documented, { optional: optionalOf(operation), mistyped: mistypedOf(operation) });
	return [...shape, ...((await effect?.(answer)) ?? [])];
}

async function sent(scene: Scene, plan: Plan): Promise<Answer> {
	return scene.world.send(await scene.requestOf(plan));
}

/** Of an error: its status, and a sentence at the key where the system puts it. */
function errorFaults(operation: Operation, what: string, answer: Answer, statuses: readonly number[]): readonly string[] {
	if (!statuses.includes(answer.status)) return [`${what}: ${told(answer)}, not ${statuses.join(' or ')}`];
	const key = errorKeyOf(operation, answer.status);
	const body: Json = answer.body;
	return isJsonObject(body) && typeof body[key] === 'string' ? [] : [`${what}: no "${key}" in ${told(answer)}`];
}

/** As the documented errors of each spell it. */
function errorKeyOf({ system, group }: Operation, status: number): string {
	if (system === 'plugchat-partner') return 'reason';
	if (system !== 'instant-message') return 'error';
	return group === 'medias' && status !== 401 ? 'error' : 'message';
}

const TOLD_LENGTH_MAX = 200;

function told({ status, body }: Answer): string {
	return `${status} ${JSON.stringify(body)}`.slice(0, TOLD_LENGTH_MAX);
}
