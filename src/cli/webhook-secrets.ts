/**
 * The signing secrets of the webhooks that come to the local receiver, by path, looked up when they are needed. The receiver is there
 * before the gateway, which may at once deliver what an earlier start left: such webhooks wait until there is somebody to ask.
 */
import type { WebhookSecret } from '../app.ts';

type Ask = () => readonly WebhookSecret[];

export class WebhookSecrets {
	readonly #opened: PromiseWithResolvers<Ask> = Promise.withResolvers();

	/** From now on there is somebody to ask. */
	open(ask: Ask): void {
		this.#opened.resolve(ask);
	}

	async of(path: string): Promise<readonly string[]> {
		const ask = await this.#opened.promise;
		return ask().flatMap(({ url, secret }) => (new URL(url).pathname === path ? [secret] : []));
	}
}
