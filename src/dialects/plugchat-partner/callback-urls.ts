/** Where an account's webhooks go, by the names that the partner API has for them: each is a slot of the Plugchat dialect. */
import { type Static, type TNull, type TOptional, type TString, type TUnion, Type } from 'typebox';
import type { SlotWish, Webhooks } from '../../delivery/services.ts';

const SLOTS = {
	onStartAttendance: 'startAttendance',
	onFinishAttendance: 'finishAttendance',
	onReceiveMessage: 'receiveMessage',
	onSendingMessage: 'sendingMessage',
	onMessageStatus: 'messageStatus',
	onMessageDeliveryError: 'messageDeliveryError',
} as const;

type CallbackName = keyof typeof SLOTS;
type Url = TOptional<TUnion<[TString, TNull]>>;

const url: Url = Type.Optional(Type.Union([Type.String(), Type.Null()], { description: 'https URL' }));

export const callbackFields: Readonly<Record<CallbackName, Url>> = {
	onStartAttendance: url,
	onFinishAttendance: url,
	onReceiveMessage: url,
	onSendingMessage: url,
	onMessageStatus: url,
	onMessageDeliveryError: url,
};

type CallbackUrls = { readonly [Name in CallbackName]?: Static<Url> };

/** The payloads are those of the calls that name the same slots. */
const FORM = 'flat';

/** Throws what `Webhooks.assertUrl` throws. */
export function slotsOf(webhooks: Pick<Webhooks, 'assertUrl'>, urls: CallbackUrls): Readonly<Record<string, SlotWish>> {
	const slots: Record<string, SlotWish> = {};
	for (const [name, slot] of Object.entries(SLOTS)) {
		const wished = urls[name as CallbackName];
		if (!wished) continue;
		webhooks.assertUrl(wished);
		slots[slot] = { url: wished, form: FORM };
	}
	return slots;
}

/** Null where there is none. Of errors of delivery it is set, and not documented to be told. */
export function callbackUrls(webhooks: Pick<Webhooks, 'list'>, accountId: string): Readonly<Record<string, string | null>> {
	const listed = webhooks
		.list({ accountId, dialect: 'plugchat' })
		.filter(({ origin, instanceId }) => origin === 'dialect' && instanceId === undefined);
	const told = Object.entries(SLOTS).filter(([name]) => name !== ('onMessageDeliveryError' satisfies CallbackName));
	return Object.fromEntries(
		told.map(([name, slot]) => [name, listed.find(({ subscriptions }) => subscriptions[slot] !== undefined)?.url ?? null]),
	);
}
