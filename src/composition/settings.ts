/** What the gateway runs with, told from the one table of options. Values are told as they were written; of secrets only whether they are set. */
import { isDeepStrictEqual } from 'node:util';
import type { Config, Given, Rooms } from '../config/config.ts';
import { type Option, optionsByRoom } from '../config/options.ts';
import type { Files } from '../config/readers.ts';
import { ROOM_TITLES } from '../config/reference.ts';
import type { Setting, SettingGroup, Settings } from '../ports/settings.ts';
import type { Store } from '../ports/store.ts';
import { storeKind } from '../stores.ts';

export interface SettingsNeeds {
	readonly version: string;
	readonly publicUrl: () => string;
	readonly store: Pick<Store, 'peers'>;
}

/** Answers what is in force whenever it is asked: the address is known late, and processes come and go. */
export async function buildSettings(config: Config, { version, publicUrl, store }: SettingsNeeds): Promise<() => Settings> {
	const kind = await storeKind(config.store);
	const groups = settingGroups(config);
	return () => ({ version, publicUrl: publicUrl(), store: kind, processes: store.peers.members.length, groups });
}

export function settingGroups(config: Config): readonly SettingGroup[] {
	return optionsByRoom().map(([room, options]) => {
		const inForce: Readonly<Record<string, unknown>> = valuesOf(config, room);
		return {
			name: room,
			title: ROOM_TITLES[room],
			settings: options.map(([name, option]) => settingOf(option, inForce[name], config.given)),
		};
	});
}

function valuesOf(config: Config, room: keyof Rooms): Readonly<Record<string, unknown>> {
	return { ...config[room] };
}

function settingOf(option: Option<unknown>, inForce: unknown, given: Given): Setting {
	const { env, unit, meaning, isSecret = false } = option;
	const written = given.get(env);
	const shown = typeof written === 'string' ? written : option.default;
	return {
		name: env,
		...(isSecret || shown === undefined ? {} : { value: shown }),
		...(option.default === undefined ? {} : { default: option.default }),
		...{ unit, isSecret, meaning },
		isSet: written !== undefined,
		// Written otherwise it may mean the same: `60s` and `1m`.
		isDefault: written === undefined || isDeepStrictEqual(inForce, defaultOf(option)),
	};
}

function defaultOf({ default: text, read }: Option<unknown>): unknown {
	if (text === undefined) return undefined;
	const reading = read(text, NO_FILES);
	return 'value' in reading ? reading.value : undefined;
}

/** No default names a file. */
const NO_FILES: Files = {
	readText: () => {
		throw new Error('a default that names a file');
	},
};
