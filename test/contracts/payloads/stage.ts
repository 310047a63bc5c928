/** Where payloads are brought about: one gateway with its simulator and one receiver, which also has media and plays the customer's own API. */
import type { Json, JsonObject } from '../../support/contract.ts';
import { type Gateway, json, startGateway } from '../../support/gateway.ts';
import { answerMedium } from '../../support/media-server.ts';
import { Actor } from './actor.ts';
import { isMeant, payloadFaults } from './comparing.ts';
import { readContract, type WebhookContract } from './contract-file.ts';

/** What comes comes within milliseconds; the rest is for a machine with other work. */
const WAIT_MS = 30_000;

/** A body of a button's API: shown to the operator. */
const BUTTON_ANSWER = JSON.stringify({ modal: 'Pedido 42' });

export class Stage implements AsyncDisposable {
	readonly #gateway: Gateway;

	private constructor(gateway: Gateway) {
		this.#gateway = gateway;
	}

	static async open(): Promise<Stage> {
		const gateway = await startGateway({
			treat: (request) => {
				if (request.method === 'GET') return answerMedium(request);
				if (!request.path.includes('custom-button')) return 200;
				return { kind: 'answer', status: 200, headers: { 'content-type': 'application/json' }, body: BUTTON_ANSWER };
			},
		});
		return new Stage(gateway);
	}

	/** An account of its own for each file, whose webhooks arrive at a path of their own. */
	async actor(file: string): Promise<Actor> {
		return new Actor({ gateway: this.#gateway, account: await this.#gateway.account(), contract: readContract(file), path: `/${file}` });
	}

	/** What is wrong with what arrived for the file: nothing as soon as one is as documented. */
	async faults(file: string): Promise<readonly string[]> {
		const contract = readContract(file);
		try {
			await this.#gateway.receiver.waitFor(() => this.#bestFaults(file, contract).length === 0, file, WAIT_MS);
			return [];
		} catch {
			return this.#bestFaults(file, contract);
		}
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#gateway[Symbol.asyncDispose]();
	}

	/** Of those that can be meant the one that is least wrong. */
	#bestFaults(file: string, contract: WebhookContract): readonly string[] {
		const arrived: readonly JsonObject[] = this.#gateway.receiver.requests.filter(({ path }) => path === `/${file}`).map(json);
		const [best] = arrived
			.filter((body) => isMeant(body, contract))
			.map((body) => payloadFaults(body, contract))
			.sort((a, b) => a.length - b.length);
		return best ?? [`no such payload arrived, but ${arrived.length === 0 ? 'nothing' : arrived.map(inShort).join(', ')}`];
	}
}

function inShort(body: JsonObject): string {
	const words: readonly (Json | undefined)[] = [body['type'], body['notification'], body['status']];
	const told = words.filter((word) => typeof word === 'string').join(' ');
	return told === '' ? Object.keys(body).join('+') : told;
}
