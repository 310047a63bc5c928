/** What a check of the doctor answers. */
import { readFileSync } from 'node:fs';
import type { Environment } from '../config/environment.ts';
import { OPTIONS } from '../config/options.ts';
import type { Reader } from '../config/readers.ts';

export type CheckState = 'ok' | 'warn' | 'fail';

export interface Finding {
	readonly state: CheckState;
	readonly about: string;
	readonly detail: string;
	/** What to do; for everything that is not ok. */
	readonly advice?: string;
}

/** Never rejects for what it looks at: what is wrong there is a finding. */
export type Check = (environment: Environment) => Promise<readonly Finding[]>;

/** The value of one option although others may have faults; its default where it has one itself, which `checkConfiguration` tells. */
export function settingOf<T>(
	option: { readonly env: string; readonly default?: string; readonly read: Reader<T> },
	environment: Environment,
): T | undefined {
	const files = { readText: (path: string) => readFileSync(path, 'utf8') };
	for (const text of [environment[option.env]?.trim(), option.default]) {
		const reading = text === undefined || text === '' ? undefined : option.read(text, files);
		if (reading && 'value' in reading) return reading.value;
	}
	return undefined;
}

/** Where the embedded store is. */
export function directoryOf(environment: Environment): string {
	return settingOf(OPTIONS.store.directory, environment) ?? '.';
}
