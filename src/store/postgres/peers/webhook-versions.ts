/** Which webhooks changed, for whoever missed the news: each change has a number, and a heartbeat answers the highest. */
import { type Statement, statement } from '../statement.ts';
import type { Wire } from './wire.ts';

const CHANGED: Statement = statement(
	'peers_changed_webhooks',
	'SELECT webhook_id, version FROM webhook_versions WHERE version > $1 ORDER BY version',
);

interface ChangedRow {
	readonly webhook_id: string;
	readonly version: number;
}

export class WebhookVersions {
	readonly #wire: Pick<Wire, 'query'>;
	readonly #changed: (webhookId: string) => void;
	#seen: number | undefined;

	constructor(wire: Pick<Wire, 'query'>, changed: (webhookId: string) => void) {
		this.#wire = wire;
		this.#changed = changed;
	}

	/** Tells each that changed since the latest look. The first one tells none: whoever starts reads them all, after that. */
	async look(latest: number): Promise<void> {
		this.#seen ??= latest;
		if (latest <= this.#seen) return;
		const rows = await this.#wire.query<ChangedRow>(CHANGED, [this.#seen]);
		for (const { webhook_id, version } of rows) {
			this.#seen = Math.max(this.#seen, version);
			this.#changed(webhook_id);
		}
	}
}
