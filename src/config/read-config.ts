/**
 * Environment in, configuration out: defaults, reading, cross-checks. Every fault is found before anything is reported, so that a person
 * corrects a configuration once and not once a fault.
 */
import { readFileSync } from 'node:fs';
import { type Fault, RecadoError } from '../errors.ts';
import type { Config, Given, Rooms } from './config.ts';
import type { Environment } from './environment.ts';
import { nearest } from './nearest.ts';
import { OPTIONS, type Option, optionsByRoom } from './options.ts';
import type { Files, Words } from './readers.ts';
import { Secret } from './secret.ts';

const DISK: Files = { readText: (path) => readFileSync(path, 'utf8') };

/** Throws `configuration` with every fault. A variable that is empty counts as not set. */
export function readConfig(environment: Environment, files: Files = DISK): Config {
	const faults: Fault[] = [...unknownVariables(environment)];
	const rooms = optionsByRoom().map(([room, options]) => {
		const values = options.flatMap(([name, option]) => {
			const reading = readOption(option, environment, files);
			if (reading === undefined) return [];
			if ('value' in reading) return [[name, reading.value] as const];
			faults.push({ path: option.env, ...reading.expected });
			return [];
		});
		return [room, Object.fromEntries(values)] as const;
	});
	// What is there was read by the reader that the table, which has the shape of Config, gives it; what is missing has a fault.
	const config = Object.fromEntries(rooms) as unknown as Rooms;
	const told = new Set(faults.map(({ path }) => path));
	faults.push(...crossFaults(config).filter(({ path }) => !told.has(path)));
	if (faults.length > 0) throw new RecadoError('configuration', { faults });
	return { ...config, given: givenIn(environment) };
}

function givenIn(environment: Environment): Given {
	const options = optionsByRoom().flatMap(([, ofRoom]) => ofRoom.map(([, option]) => option));
	const set = options.flatMap(({ env, isSecret }) => {
		const text = environment[env]?.trim();
		return text ? [[env, isSecret ? new Secret(text) : text] as const] : [];
	});
	return new Map(set);
}

function readOption(option: Option<unknown>, environment: Environment, files: Files): { value: unknown } | { expected: Words } | undefined {
	const text = environment[option.env]?.trim() || option.default;
	if (text !== undefined) return option.read(text, files);
	if (!option.isRequired) return undefined;
	const missing = option.read('', files);
	const hint: Words = 'expected' in missing ? missing.expected : { en: '', pt: '' };
	return { expected: { en: `is not set; it ${hint.en}`, pt: `não está definida; ${hint.pt}` } };
}

const PREFIX = 'RECADO_';

/** What all names share would make any two of them look alike. */
function withoutPrefix(name: string): string {
	return name.slice(PREFIX.length);
}

function unknownVariables(environment: Environment): readonly Fault[] {
	const known = optionsByRoom().flatMap(([, options]) => options.map(([, option]) => option.env));
	return Object.keys(environment)
		.filter((name) => name.startsWith(PREFIX) && !known.includes(name))
		.map((name) => {
			const ending = nearest(withoutPrefix(name), known.map(withoutPrefix));
			const meant = ending && `${PREFIX}${ending}`;
			return {
				path: name,
				en: `is not an option${meant === undefined ? '' : `; did you mean ${meant}?`}`,
				pt: `não é uma opção${meant === undefined ? '' : `; seria ${meant}?`}`,
			};
		});
}

/** What each option alone cannot know. Values are missing where they had faults of their own. */
function crossFaults(config: { readonly [Room in keyof Rooms]: Partial<Rooms[Room]> }): readonly Fault[] {
	const faults: Fault[] = [];
	const { delivery, secrets, oidc } = config;
	if (isAbove(delivery.responseBytesKept, delivery.responseBytesMax)) {
		faults.push(tooHigh(OPTIONS.delivery.responseBytesKept, OPTIONS.delivery.responseBytesMax));
	}
	if (isAbove(delivery.concurrencyPerWebhook, delivery.inFlightMax)) {
		faults.push(tooHigh(OPTIONS.delivery.concurrencyPerWebhook, OPTIONS.delivery.inFlightMax));
	}
	if (secrets.key && secrets.previousKey && Buffer.compare(secrets.key.reveal(), secrets.previousKey.reveal()) === 0) {
		faults.push({
			path: OPTIONS.secrets.previousKey.env,
			en: `is the same key as ${OPTIONS.secrets.key.env}; it is for the one before it`,
			pt: `é a mesma chave que ${OPTIONS.secrets.key.env}; ela é para a anterior`,
		});
	}
	if ((oidc.issuer === undefined) !== (oidc.clientId === undefined)) {
		const [missing, given] = oidc.issuer === undefined ? (['issuer', 'clientId'] as const) : (['clientId', 'issuer'] as const);
		faults.push({
			path: OPTIONS.oidc[missing].env,
			en: `is not set; it goes with ${OPTIONS.oidc[given].env}`,
			pt: `não está definida; ela acompanha ${OPTIONS.oidc[given].env}`,
		});
	}
	return faults;
}

function isAbove(low: number | undefined, high: number | undefined): boolean {
	return low !== undefined && high !== undefined && low > high;
}

function tooHigh(option: Option<unknown>, bound: Option<unknown>): Fault {
	return { path: option.env, en: `must not be above ${bound.env}`, pt: `não pode passar de ${bound.env}` };
}
