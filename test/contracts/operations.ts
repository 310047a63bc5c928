/** The operations of the contract files, and which of them this gateway answers: what the tests and the coverage are made from. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json, JsonObject } from '../support/contract.ts';

/** In the order of the coverage table. */
export const SYSTEMS = ['plugchat', 'plugchat-partner', 'instant-message', 'z-api'] as const;
export type System = (typeof SYSTEMS)[number];

/** Groups of Z-API that answer 501: `src/dialects/z-api/not-there.ts` lists their operations. */
const GROUPS_NOT_THERE: ReadonlySet<string> = new Set(['business', 'newsletter', 'mobile', 'metaai']);

export interface Operation {
	readonly system: System;
	readonly id: string;
	readonly group: string;
	readonly method: string;
	/** With `{name}` for its parameters. */
	readonly path: string;
	/** Other spellings of the path in the same documents. */
	readonly pathVariants?: readonly string[];
	readonly headers: Readonly<Record<string, string>>;
	readonly pathParams: Parameters;
	readonly query: { readonly required: Parameters; readonly optional: Parameters };
	readonly body: {
		readonly required: Parameters;
		readonly optional: Parameters;
		readonly example: Json;
		readonly moreExamples?: readonly Json[];
	};
	readonly responses: Readonly<Record<string, DocumentedAnswer>>;
}

/** By dotted path; `[]` is an element of a list, `{n}` any number. */
export type Parameters = Readonly<Record<string, Parameter>>;

export interface Parameter {
	/** `string`, `integer`, `number`, `boolean`, `object`, `array<string>`, `array<object>` or `binary`. */
	readonly type: string;
	readonly enum?: readonly string[];
}

export interface DocumentedAnswer {
	/** Null or missing: the documents print none. */
	readonly body?: Json;
	readonly alternatives?: readonly Json[];
	/** By the bare name of a key, wherever it stands, sometimes by dotted path. Written by hand in the documents: `boolean`, `timetamp`, `string ou null`. */
	readonly fields?: Readonly<Record<string, string>>;
}

/** What the gateway answers as documented. */
export const OPERATIONS: readonly Operation[] = all().filter((operation) => !isNotThere(operation));

/** What it answers with 501. */
export const OPERATIONS_NOT_THERE: readonly Operation[] = all().filter(isNotThere);

/** `z-api group.add-admin` */
export function nameOf({ system, id }: Operation): string {
	return `${system} ${id}`;
}

/** Whether the documents print what a body holds. */
export function hasBody({ body }: Operation): boolean {
	return Object.keys(body.required).length + Object.keys(body.optional).length > 0;
}

/** Operations that the same method and path have, with other bodies. */
export function othersAt({ system, id, method, path }: Operation): readonly Operation[] {
	return OPERATIONS.filter((one) => one.system === system && one.method === method && one.path === path && one.id !== id);
}

/** The statuses of success, in the order of the documents; a page that prints none means 200. */
export function successesOf({ responses }: Operation): readonly number[] {
	const statuses = Object.keys(responses).map(Number);
	const successes = statuses.filter((status) => status >= 200 && status < 400);
	return successes.length > 0 ? successes : [200];
}

function isNotThere({ system, group }: Operation): boolean {
	return system === 'z-api' && GROUPS_NOT_THERE.has(group);
}

function all(): readonly Operation[] {
	return SYSTEMS.flatMap((system) => {
		const file = join(import.meta.dirname, 'http', `${system}.json`);
		const { endpoints }: { endpoints: readonly Omit<Operation, 'system'>[] } = JSON.parse(readFileSync(file, 'utf8'));
		return endpoints.map((endpoint) => ({ ...endpoint, system }));
	});
}

export function isJsonObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
