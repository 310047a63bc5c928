/** The files of `webhooks/`, and what they say of the payload that they document. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contract, JsonObject } from '../../support/contract.ts';

const ROOT = join(import.meta.dirname, '../webhooks');

export interface WebhookContract extends Contract {
	readonly system: string;
	readonly event: string;
	/** What tells this payload from others: values by dotted path, `key` a path that is there, `variantKey` another one. Undefined where nothing does. */
	readonly discriminator?: Readonly<Record<string, string | boolean>>;
	/** `PUT <url> <body>` and words. */
	readonly registeredBy: readonly string[];
}

/** `system/event.json`, in their order. */
export function contractFiles(): readonly string[] {
	return readdirSync(ROOT, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.flatMap(({ name }) => readdirSync(join(ROOT, name)).map((file) => `${name}/${file}`))
		.sort();
}

export function readContract(file: string): WebhookContract {
	return JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
}

export interface Registration {
	readonly path: string;
	readonly body: JsonObject;
}

/**
 * The documented call that registers it. The documents write the URL as `url`, a path that goes on from the one before as `...`, and the hosts of their own.
 * `ownToo`: the one that asks for own messages, where there is one.
 */
export function registrationOf({ registeredBy, event }: WebhookContract, url: string, ownToo: boolean): Registration {
	const calls = registeredBy.flatMap((line) => {
		const [, path, body] = /^PUT (?:https:\/\/[^/]+)?(\S+) (\{.*\})/.exec(line) ?? [];
		return path === undefined || body === undefined ? [] : [{ path, body, isOfOwn: line.includes('own messages') }];
	});
	const found = (ownToo ? calls.find(({ isOfOwn }) => isOfOwn) : undefined) ?? calls[0];
	if (!found) throw new Error(`no call registers ${event}`);
	return {
		path: found.path.replace('...', '/instances/{instanceId}/token/{token}'),
		body: JSON.parse(found.body.replace(/\burl\b/g, JSON.stringify(url))),
	};
}
