/** Which deliveries are meant: the same words in lists and for jobs. What is documented as looked for has no index, see `DELIVERIES_LOOKED_AT_MAX`. */
import { type TOptional, type TString, type TUnsafe, Type } from 'typebox';
import { EVENT_TYPES, type EventType } from '../../domain/event.ts';
import { phoneKey } from '../../domain/phone.ts';
import type { DeliveryFilter } from '../../ports/deliveries.ts';
import type { RecadoDeps } from './deps.ts';
import { found, foundInstance } from './found.ts';
import { faulty, only, readPhone, spanOfQuery, spanProperties } from './inputs.ts';
import { oneOf } from './views/view.ts';

const TEXT_LENGTH_MAX = 200;

type FilterProperties = typeof spanProperties & {
	readonly accountId: TOptional<TString>;
	readonly instanceId: TOptional<TString>;
	readonly webhookId: TOptional<TString>;
	readonly chatId: TOptional<TString>;
	readonly phone: TOptional<TString>;
	readonly eventType: TOptional<TUnsafe<EventType>>;
	readonly text: TOptional<TString>;
};

/** Spread into the query of the list and the body of a job. */
export const filterProperties: FilterProperties = {
	accountId: Type.Optional(Type.String()),
	instanceId: Type.Optional(Type.String({ description: 'Looked for among what the rest leaves' })),
	webhookId: Type.Optional(Type.String()),
	chatId: Type.Optional(Type.String()),
	phone: Type.Optional(
		Type.String({
			description:
				"Of the chat, with or without the ninth digit. Needs `accountId`, `instanceId` or `webhookId` beside it: contacts are an account's",
		}),
	),
	eventType: Type.Optional(oneOf(EVENT_TYPES, 'What it tells about; looked for among what the rest leaves')),
	text: Type.Optional(
		Type.String({
			minLength: 1,
			maxLength: TEXT_LENGTH_MAX,
			description: 'Part of the payload, in whatever case; looked for among what the rest leaves',
		}),
	),
	...spanProperties,
};

export interface FilterGiven {
	readonly accountId?: string;
	readonly instanceId?: string;
	readonly webhookId?: string;
	readonly chatId?: string;
	readonly phone?: string;
	readonly eventType?: EventType;
	readonly text?: string;
	readonly since?: string;
	readonly until?: string;
}

type FilterDeps = Pick<RecadoDeps, 'store' | 'webhooks'>;

/** Throws invalid_request, invalid_phone, not_there (instance or webhook that a phone is asked of). */
export async function filterOf(deps: FilterDeps, given: FilterGiven): Promise<Omit<DeliveryFilter, 'eventId' | 'state'>> {
	const { chatId, phone } = given;
	const rest = { ...only(given, ['accountId', 'instanceId', 'webhookId', 'eventType', 'text']), ...spanOfQuery(given) };
	if (phone === undefined) return { ...rest, ...(chatId === undefined ? {} : { chatId }) };
	const chatIds = await chatsOfPhone(deps, readPhone(phone), given);
	return { ...rest, chatIds: chatId === undefined ? chatIds : chatIds.filter((id) => id === chatId) };
}

/** The chats with whoever has that number; of one instance, where that is given. None: an empty list. */
async function chatsOfPhone(deps: FilterDeps, digits: string, given: FilterGiven): Promise<readonly string[]> {
	const { store } = deps;
	const contact = await store.chats.findContact(await accountOf(deps, given), [{ kind: 'phone', value: phoneKey(digits) }]);
	const about = contact && (await store.personal.about(contact.id));
	const chats = about?.chats ?? [];
	return chats.filter(({ instanceId }) => given.instanceId === undefined || instanceId === given.instanceId).map(({ id }) => id);
}

async function accountOf({ store, webhooks }: FilterDeps, { accountId, instanceId, webhookId }: FilterGiven): Promise<string> {
	if (accountId !== undefined) return accountId;
	if (instanceId !== undefined) return (await foundInstance(store, instanceId)).accountId;
	if (webhookId !== undefined) return found('webhook', webhooks.get(webhookId)).accountId;
	throw faulty({
		path: 'phone',
		en: 'needs accountId, instanceId or webhookId beside it',
		pt: 'precisa de accountId, instanceId ou webhookId',
	});
}
