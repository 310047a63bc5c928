/** Whether a payload is the documented one, and what is wrong with it: keys and types as `differences` has them, and the words that tell it from others. */
import { differences, type Json, type JsonObject } from '../../support/contract.ts';
import { isJsonObject } from '../operations.ts';
import type { WebhookContract } from './contract-file.ts';

/** Members whose documented value is no example but what the payload says. */
const WORDS: readonly string[] = [
	'type',
	'status',
	'notification',
	'linkMode',
	'requestMethod',
	'isStatusReply',
	'waitingMessage',
	'isEdit',
	'isGroup',
	'isNewsletter',
	'broadcast',
	'disconnected',
	'connected',
	'attendance.status',
	'event.type',
	'event.status',
	'message.mediaType',
	'message.status',
];

export function payloadFaults(payload: JsonObject, contract: WebhookContract): readonly string[] {
	return [...differences(payload, contract), ...wordFaults(payload, contract)];
}

/** Whether a body can be meant as this payload. */
export function isMeant(payload: JsonObject, { discriminator = {} }: WebhookContract): boolean {
	return Object.entries(discriminator).every(([name, value]) =>
		name === 'key' || name === 'variantKey' ? at(payload, String(value)) !== undefined : at(payload, name) === value,
	);
}

/** One word, or several with bars between where the documents print the alternatives. */
function wordFaults(payload: JsonObject, { example }: WebhookContract): readonly string[] {
	return WORDS.flatMap((path) => {
		const documented = at(example, path);
		if (documented === undefined || isJsonObject(documented)) return [];
		const words: readonly Json[] = typeof documented === 'string' ? documented.split(' | ') : [documented];
		const actual = at(payload, path);
		return words.some((word) => word === actual)
			? []
			: [`${path} is ${JSON.stringify(actual)}, documented as ${JSON.stringify(documented)}`];
	});
}

function at(value: Json, path: string): Json | undefined {
	return path
		.split('.')
		.reduce<Json | undefined>((inner, key) => (inner !== undefined && isJsonObject(inner) ? inner[key] : undefined), value);
}
