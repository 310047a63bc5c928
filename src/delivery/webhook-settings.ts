/** What a person may choose of how a webhook is served: within which bounds, and how it is put into the record of the webhook. */
import { SIGNATURE_SCHEMES, type SignatureScheme, type Webhook } from '../domain/webhook.ts';
import { type Fault, RecadoError } from '../errors.ts';
import type { Ids } from '../ports/clock.ts';
import type { Sealer } from '../ports/secrets.ts';
import { AUTHORIZATION, openHeaders, sealAuthorization, sealHeaders, withKeptValues } from './own-headers.ts';
import type { WebhookSettings, WishedHeaders } from './services.ts';
import { newKeyPair } from './webhook-keys.ts';

interface Bounds {
	readonly min: number;
	readonly max: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

type Bounded = 'concurrency' | 'ratePerSecond' | 'patienceMs' | 'scheduleSteps' | 'scheduleStepMs';

/** Beyond them a wish is refused. */
export const SETTING_BOUNDS: Readonly<Record<Bounded, Bounds>> = {
	concurrency: { min: 1, max: 1_000 },
	/** Slower, a timer could not wait for the next one. */
	ratePerSecond: { min: 0.001, max: 10_000 },
	patienceMs: { min: 1_000, max: 30 * DAY_MS },
	scheduleSteps: { min: 1, max: 50 },
	scheduleStepMs: { min: 0, max: 7 * DAY_MS },
};

interface Tools {
	readonly sealer: Sealer;
	readonly ids: Ids;
}

/** Throws invalid_request, webhook_header_reserved, webhook_authorized_twice. */
export function withSettings(webhook: Webhook, wish: WebhookSettings, tools: Tools): Webhook {
	const faults = settingFaults(wish);
	if (faults.length > 0) throw new RecadoError('invalid_request', { faults });
	const { sealedHeaders, authorization, disabledReason, scheduleMs, patienceMs, concurrency, ratePerSecond, ...rest } = webhook;
	const chosen: Webhook = {
		...rest,
		order: wish.order ?? webhook.order,
		enabled: wish.enabled ?? webhook.enabled,
		...withSignatures(webhook, wish.signatures, tools),
		...known({
			sealedHeaders: wish.headers === undefined ? sealedHeaders : headersFor(webhook, wish.headers, tools),
			authorization: wish.authentication
				? sealAuthorization(tools.sealer, wish.authentication)
				: either(wish.authentication, authorization),
			// Why it was disabled is true until somebody enables it.
			disabledReason: (wish.enabled ?? webhook.enabled) ? undefined : (wish.disabledReason ?? disabledReason),
			scheduleMs: either(wish.scheduleMs, scheduleMs),
			patienceMs: either(wish.patienceMs, patienceMs),
			concurrency: either(wish.concurrency, concurrency),
			ratePerSecond: either(wish.ratePerSecond, ratePerSecond),
		}),
	};
	if (chosen.authorization && (wish.headers !== undefined || wish.authentication)) refuseTwice(chosen, tools.sealer);
	return chosen;
}

function headersFor(webhook: Webhook, wished: WishedHeaders, { sealer }: Tools): string | undefined {
	return sealHeaders(sealer, withKeptValues(sealer, webhook, wished));
}

/** null: the default again; undefined: as it was. */
function either<T>(wished: T | null | undefined, before: T | undefined): T | undefined {
	return wished === undefined ? before : (wished ?? undefined);
}

function known<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
	const given = Object.entries(values).filter(([, value]) => value !== undefined);
	return Object.fromEntries(given) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** A key pair comes with `v1a` and goes with it: signing so again means another public key. */
function withSignatures(
	webhook: Webhook,
	wished: readonly SignatureScheme[] | undefined,
	tools: Tools,
): Pick<Webhook, 'signatures' | 'keyPairs'> {
	const signatures = SIGNATURE_SCHEMES.filter((scheme) => (wished ?? webhook.signatures).includes(scheme));
	if (!signatures.includes('v1a')) return { signatures, keyPairs: [] };
	return { signatures, keyPairs: webhook.keyPairs.length > 0 ? webhook.keyPairs : [newKeyPair(tools)] };
}

const BESIDE_A_HEADER: Fault = {
	path: 'authentication',
	en: 'cannot be beside a header authorization',
	pt: 'não pode haver junto com um header authorization',
};

function refuseTwice(webhook: Webhook, sealer: Sealer): void {
	const names = Object.keys(openHeaders(sealer, webhook));
	if (names.some((name) => name.toLowerCase() === AUTHORIZATION))
		throw new RecadoError('webhook_authorized_twice', { faults: [BESIDE_A_HEADER] });
}

function settingFaults({ signatures, scheduleMs, patienceMs, concurrency, ratePerSecond }: WebhookSettings): Fault[] {
	const { scheduleSteps, scheduleStepMs } = SETTING_BOUNDS;
	return [
		...(signatures?.length === 0 ? [{ path: 'signatures', en: 'must name one at least', pt: 'deve ter ao menos uma' }] : []),
		...(scheduleMs ? boundFaults('scheduleMs.length', scheduleMs.length, scheduleSteps) : []),
		...(scheduleMs ?? []).flatMap((stepMs, index) => boundFaults(`scheduleMs[${index}]`, stepMs, scheduleStepMs)),
		...boundFaults('patienceMs', patienceMs, SETTING_BOUNDS.patienceMs),
		...boundFaults('concurrency', concurrency, SETTING_BOUNDS.concurrency),
		...rateFaults(ratePerSecond),
	];
}

function boundFaults(path: string, value: number | null | undefined, { min, max }: Bounds): Fault[] {
	if (value === undefined || value === null || (Number.isInteger(value) && value >= min && value <= max)) return [];
	return [{ path, en: `must be a whole number from ${min} to ${max}`, pt: `deve ser um número inteiro de ${min} a ${max}` }];
}

/** Less than one a second is a rate too. */
function rateFaults(value: number | null | undefined): Fault[] {
	const { min, max } = SETTING_BOUNDS.ratePerSecond;
	if (value === undefined || value === null || (value >= min && value <= max)) return [];
	return [{ path: 'ratePerSecond', en: `must be from ${min} to ${max}`, pt: `deve ser de ${min} a ${max}` }];
}
