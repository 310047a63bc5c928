/** What has to be there before an operation is called, what its request says beyond the example, and what must be true after it. */
import type { Json } from '../../support/contract.ts';
import type { Answer } from '../../support/gateway.ts';
import type { Plan, PlanWish } from '../plan.ts';
import type { Scene, SentMessage } from '../scene.ts';

export interface Arranged extends PlanWish {
	/** What is wrong with what the call did, read back by another one. */
	readonly effect?: (answer: Answer) => Promise<readonly string[]>;
	/** Wrong requests that the documents answer in words of their own. */
	readonly refusals?: readonly Refusal[];
}

export interface Refusal {
	readonly what: string;
	readonly change: (plan: Plan) => Plan;
	readonly status: number;
	/** Members that the answer has to have. */
	readonly body?: Readonly<Record<string, Json>>;
}

export type Arrange = (scene: Scene) => Promise<Arranged> | Arranged;

/** By the id of the operation. One that is not in its table needs nothing, and nothing of it can be read back. */
export type Arrangements = Readonly<Record<string, Arrange>>;

export function same(what: string, actual: unknown, expected: unknown): readonly string[] {
	const [said, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
	return said === wanted ? [] : [`effect: ${what} is ${said}, not ${wanted}`];
}

export function holds(what: string, isTrue: boolean): readonly string[] {
	return isTrue ? [] : [`effect: ${what} is not so`];
}

/** The call sends a message of this kind: it is in the history, and it leaves. */
export function sends(kind: string, wish: (scene: Scene) => Promise<PlanWish> | PlanWish = () => ({})): Arrange {
	return async (scene) => ({
		...(await wish(scene)),
		effect: async ({ body }) => [
			...same('the kind of the message', (await scene.message(body.messageId))?.content.kind, kind),
			...(await leaves(scene, body.messageId)),
		],
	});
}

/** A request about a message that we sent before. */
export function uponSent(wish: (sent: SentMessage, scene: Scene) => PlanWish): (scene: Scene) => Promise<PlanWish> {
	return async (scene) => wish(await scene.sent(), scene);
}

async function leaves(scene: Scene, messageId: string): Promise<readonly string[]> {
	return scene.eventually('the message leaves the queue', async () => {
		const status = (await scene.message(messageId))?.status;
		return status !== undefined && status !== 'queued' && status !== 'failed';
	});
}
