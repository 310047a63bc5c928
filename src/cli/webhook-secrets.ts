/**
 * The signing secrets of the webhooks that come to the local receiver, by path, asked for when they are needed. The receiver is there
 * before the gateway, which may at once deliver what an earlier start left: such webhooks wait until the secrets can be asked for.
 */
import { type Asking, secretsByPath } from './dev-demo.ts';

/** A secret that was changed through the API is known here after this time. */
const KNOWN_FOR_MS = 2_000;

export class WebhookSecrets {
	readonly #opened: PromiseWithResolvers<Asking> = Promise.withResolvers();
	#askedAt = 0;
	#answer: Promise<ReadonlyMap<string, readonly string[]>> = Promise.resolve(new Map());

	/** From now on there is somebody to ask. */
	open(client: Asking): void {
		this.#opened.resolve(client);
	}

	async of(path: string): Promise<readonly string[]> {
		const client = await this.#opened.promise;
		if (Date.now() - this.#askedAt > KNOWN_FOR_MS) {
			this.#askedAt = Date.now();
			const before = this.#answer;
			// While it stops the gateway does not answer any more; what is known still holds.
			this.#answer = secretsByPath(client).catch(() => before);
		}
		return (await this.#answer).get(path) ?? [];
	}
}
