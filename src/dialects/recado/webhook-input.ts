/** How a webhook is served, as requests say it: the same keys when one is created and when it is changed. */
import { type TOptional, type TSchema, type TUnsafe, Type } from 'typebox';
import type { WebhookAuthentication, WebhookSettings, WishedHeaders } from '../../delivery/services.ts';
import { GONE } from '../../delivery/webhook-events.ts';
import { SETTING_BOUNDS } from '../../delivery/webhook-settings.ts';
import { SIGNATURE_SCHEMES, type SignatureScheme, type WebhookEnding, type WebhookOrder } from '../../domain/webhook.ts';
import type { Fault } from '../../errors.ts';
import { faulty, only } from './inputs.ts';
import { oneOf } from './views/view.ts';

const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const HEADER_VALUE = /^[\t -~]*$/;
const { concurrency, ratePerSecond, patienceMs, scheduleSteps, scheduleStepMs } = SETTING_BOUNDS;

/** What may become of what a webhook has left when it is deleted. */
export const ENDINGS: readonly WebhookEnding[] = ['cancel', 'drain'];

/** A body with these keys. */
export interface SettingsBody extends Omit<WebhookSettings, 'authentication'> {
	readonly authentication?: AuthenticationBody | null;
}

interface AuthenticationBody {
	readonly scheme: 'basic' | 'bearer';
	readonly username?: string;
	readonly password?: string;
	readonly token?: string;
}

/** A line. */
const REASON_LENGTH_MAX = 200;

const Secret = Type.Optional(Type.String({ minLength: 1, maxLength: 4096 }));

function orDefault(schema: TSchema, description: string): TSchema {
	return Type.Union([schema, Type.Null()], { description: `${description}. null: the default` });
}

type SettingsProperties = { readonly [Key in keyof SettingsBody]-?: TOptional<TUnsafe<Exclude<SettingsBody[Key], undefined>>> };

/** Spread into the body of a route. */
export const settingsProperties: SettingsProperties = {
	headers: Type.Optional(
		Type.Unsafe<WishedHeaders>(
			Type.Record(Type.String(), Type.Union([Type.String({ maxLength: 4096 }), Type.Null()]), {
				maxProperties: 20,
				description:
					'Sent with each attempt, in place of those it had; null: the value that it has by that name. Those that we send ourselves are refused',
			}),
		),
	),
	authentication: Type.Optional(
		Type.Unsafe<AuthenticationBody | null>(
			Type.Union(
				[
					Type.Object({
						scheme: oneOf(['basic', 'bearer'], 'Basic takes `username` and `password`, Bearer takes `token`'),
						username: Secret,
						password: Type.Optional(Type.String({ maxLength: 4096 })),
						token: Secret,
					}),
					Type.Null(),
				],
				{ description: 'Who we are to the receiver: the header `authorization` of each attempt. null: none' },
			),
		),
	),
	signatures: Type.Optional(
		Type.Unsafe<readonly SignatureScheme[]>(
			Type.Array(oneOf(SIGNATURE_SCHEMES, '`v1`: HMAC-SHA256 with `secret`; `v1a`: ed25519, checked with `publicKey`'), {
				minItems: 1,
				uniqueItems: true,
				description: 'How attempts are signed, by Standard Webhooks. `v1` if missing',
			}),
		),
	),
	order: Type.Optional(
		oneOf<WebhookOrder>(
			['chat', 'webhook', 'none'],
			'Which deliveries wait for each other. A change holds for events from then on; what waits already keeps its order among itself',
		),
	),
	enabled: Type.Optional(Type.Unsafe<boolean>(Type.Boolean({ description: 'Disabled, its deliveries wait' }))),
	disabledReason: Type.Optional(
		Type.Unsafe<string>(
			Type.String({ minLength: 1, maxLength: REASON_LENGTH_MAX, description: 'Why it is disabled, for people; kept until it is enabled' }),
		),
	),
	scheduleMs: Type.Optional(
		Type.Unsafe<readonly number[] | null>(
			orDefault(
				Type.Array(Type.Integer({ minimum: scheduleStepMs.min, maximum: scheduleStepMs.max }), {
					minItems: scheduleSteps.min,
					maxItems: scheduleSteps.max,
				}),
				'Delays between attempts, the first one before the first attempt',
			),
		),
	),
	patienceMs: Type.Optional(
		Type.Unsafe<number | null>(
			orDefault(
				Type.Integer({ minimum: patienceMs.min, maximum: patienceMs.max }),
				'A delivery that fails when it is older than this is dead, whatever is left of the schedule',
			),
		),
	),
	concurrency: Type.Optional(
		Type.Unsafe<number | null>(
			orDefault(Type.Integer({ minimum: concurrency.min, maximum: concurrency.max }), 'Attempts in flight at a time'),
		),
	),
	ratePerSecond: Type.Optional(
		Type.Unsafe<number | null>(
			orDefault(
				Type.Number({ minimum: ratePerSecond.min, maximum: ratePerSecond.max }),
				'Attempts begun in a second at most; 0.5 is one every two seconds. As fast as they go if missing',
			),
		),
	),
};

const PLAIN_SETTINGS = [
	...(['headers', 'signatures', 'order', 'enabled', 'disabledReason'] as const),
	...(['scheduleMs', 'patienceMs', 'concurrency', 'ratePerSecond'] as const),
];

/** What of a body are settings. Throws invalid_request. */
export function settingsOf(body: SettingsBody): WebhookSettings {
	const { authentication } = body;
	const given = only(body, PLAIN_SETTINGS);
	checkHeaders(given.headers);
	if (given.disabledReason === GONE) {
		throw faulty({ path: 'disabledReason', en: 'is what a receiver says by 410', pt: 'é o que um receptor diz com 410' });
	}
	return { ...given, ...(authentication === undefined ? {} : { authentication: authentication && readAuthentication(authentication) }) };
}

function readAuthentication({ scheme, username, password, token }: AuthenticationBody): WebhookAuthentication {
	const missing = (member: string): Fault => ({ path: `authentication.${member}`, en: 'is required', pt: 'é obrigatório' });
	switch (scheme) {
		case 'basic':
			if (username === undefined || password === undefined) {
				throw faulty(...(username === undefined ? [missing('username')] : []), ...(password === undefined ? [missing('password')] : []));
			}
			return { scheme, username, password };
		case 'bearer':
			if (token === undefined) throw faulty(missing('token'));
			return { scheme, token };
	}
}

/** Of the address of a receiver. A fragment is never sent: whoever writes one expects what will not be. Throws invalid_request. */
export function refuseFragment(url: string | undefined): void {
	if (!url?.includes('#')) return;
	throw faulty({ path: 'url', en: 'must have no fragment (#…): none is ever sent', pt: 'não pode ter fragmento (#…): nenhum é enviado' });
}

/** RFC 9110, sections 5.1 and 5.5: what no header can carry would fail each attempt, or smuggle in a header of its own. */
function checkHeaders(headers: WishedHeaders | undefined): void {
	const faults = Object.entries(headers ?? {}).flatMap(([name, value]): readonly Fault[] => {
		const path = `headers.${name}`;
		if (!HEADER_NAME.test(name)) return [{ path, en: 'is not the name of a header', pt: 'não é um nome de header' }];
		if (value !== null && !HEADER_VALUE.test(value))
			return [{ path, en: 'must be visible ASCII on one line', pt: 'deve ser ASCII visível em uma linha' }];
		return [];
	});
	if (faults.length > 0) throw faulty(...faults);
}
