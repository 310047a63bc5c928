/** Which deliveries are meant, as a person reads it. */
import { Text } from '@mantine/core';
import type { Delivery, Webhook } from '../../api/views.ts';
import { dateTime } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import { useAccountNames } from '../../parts/chosen-account.ts';
import { useEventNames } from '../../parts/event-names.ts';
import { addressOf, type KnownWebhooks } from '../../parts/known-webhooks.ts';
import { DELIVERY_WORDS } from './delivery-words.ts';
import classes from './filter-in-words.module.css';
import type { DeliveryFilter } from './search.ts';

const WORDS = words({
	en: {
		states: 'State',
		account: 'Account',
		webhook: 'Webhook',
		instance: 'Instance',
		chat: 'Chat',
		chats: (count: number) => `${count} chats`,
		contact: 'Contact',
		phone: 'Phone',
		event: 'Event',
		text: 'Text',
		since: 'From',
		until: 'Until',
		everything: 'Everything, of all accounts',
	},
	pt: {
		states: 'Situação',
		account: 'Conta',
		webhook: 'Webhook',
		instance: 'Instância',
		chat: 'Chat',
		chats: (count: number) => `${count} chats`,
		contact: 'Contato',
		phone: 'Telefone',
		event: 'Evento',
		text: 'Texto',
		since: 'De',
		until: 'Até',
		everything: 'Tudo, de todas as contas',
	},
});

/** Of a filter, or of a job. */
interface Meant extends Omit<DeliveryFilter, 'state' | 'eventId'> {
	readonly accountId?: string;
	readonly contactId?: string;
	readonly chatIds?: readonly string[];
}

export interface FilterInWordsProps {
	readonly filter: Meant;
	readonly states: readonly Delivery['state'][];
	readonly webhooks: KnownWebhooks;
}

export function FilterInWords({ filter, states, webhooks }: FilterInWordsProps) {
	const say = useWords(WORDS);
	const name = useWords(DELIVERY_WORDS).state;
	const events = useEventNames();
	const accountName = useAccountNames();
	const { accountId, webhookId, instanceId, chatId, chatIds, contactId, phone, eventType, text, since, until } = filter;
	const narrowed: readonly (readonly [string, string | undefined])[] = [
		[say.account, accountId && (accountName(accountId) ?? accountId)],
		[say.webhook, webhookId && nameOf(webhooks.byId.get(webhookId), webhookId)],
		[say.instance, instanceId],
		[say.chat, chatId ?? (chatIds && say.chats(chatIds.length))],
		[say.contact, contactId],
		[say.phone, phone],
		[say.event, eventType && events[eventType]],
		[say.text, text],
		[say.since, since && dateTime(since)],
		[say.until, until && dateTime(until)],
	];
	const told = narrowed.filter((pair): pair is readonly [string, string] => pair[1] !== undefined && pair[1] !== '');
	return (
		<dl className={classes['facts']}>
			{states.length > 0 && <Fact name={say.states} value={states.map((state) => name[state]).join(', ')} />}
			{told.map(([term, value]) => (
				<Fact key={term} name={term} value={value} />
			))}
			{told.length === 0 && (
				<Text size="sm" component="dd" className={classes['all']}>
					{say.everything}
				</Text>
			)}
		</dl>
	);
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
	return (
		<>
			<dt>{name}</dt>
			<dd>{value}</dd>
		</>
	);
}

function nameOf(webhook: Webhook | undefined, id: string): string {
	return webhook ? addressOf(webhook) : id;
}
