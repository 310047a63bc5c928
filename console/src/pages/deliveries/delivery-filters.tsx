/** What narrows the list. What is chosen counts at once; what is written, a moment later. */
import { Button, Grid, Group, Select, TextInput } from '@mantine/core';
import { X } from 'lucide-react';
import type { InputHTMLAttributes } from 'react';
import { useWords, words } from '../../i18n/words.ts';
import { EVENT_TYPES, useEventNames } from '../../parts/event-names.ts';
import { FoldedFilters } from '../../parts/folded-filters.tsx';
import { addressOf, type KnownWebhooks } from '../../parts/known-webhooks.ts';
import { MomentInput } from '../../parts/moment-input.tsx';
import { useWritten } from '../../parts/written.ts';
import { DELIVERY_WORDS } from './delivery-words.ts';
import { DELIVERY_STATES, type DeliveryFilter, type DeliveryState } from './search.ts';

const WORDS = words({
	en: {
		clear: 'Clear filters',
		webhook: 'Webhook',
		anyWebhook: 'Any webhook',
		event: 'Event',
		anyEvent: 'Any event',
		state: 'State',
		anyState: 'Any state',
		phone: 'Phone',
		phoneHint: '+55 44 99999-0000',
		phoneNeeds: 'Choose an account or a webhook as well',
		chat: 'Chat',
		text: 'Text in the payload',
		textHint: 'Words, an id, a number',
		from: 'From',
		until: 'Until',
		eventId: 'Event id',
		instance: 'Instance',
	},
	pt: {
		clear: 'Limpar filtros',
		webhook: 'Webhook',
		anyWebhook: 'Qualquer webhook',
		event: 'Evento',
		anyEvent: 'Qualquer evento',
		state: 'Situação',
		anyState: 'Qualquer situação',
		phone: 'Telefone',
		phoneHint: '+55 44 99999-0000',
		phoneNeeds: 'Escolha também uma conta ou um webhook',
		chat: 'Chat',
		text: 'Texto no payload',
		textHint: 'Palavras, um id, um número',
		from: 'De',
		until: 'Até',
		eventId: 'Id do evento',
		instance: 'Instância',
	},
});

/** After the last key. */
const WRITTEN_MS = 400;
const SPAN = { base: 12, xs: 6, md: 3 };

export interface DeliveryFiltersProps {
	readonly filter: DeliveryFilter;
	readonly webhooks: KnownWebhooks;
	/** A phone is looked for among the contacts of an account. */
	readonly isPhoneLacking: boolean;
	readonly onChange: (change: { readonly [K in keyof DeliveryFilter]: DeliveryFilter[K] | undefined }) => void;
	readonly onClear: () => void;
}

export function DeliveryFilters({ filter, webhooks, isPhoneLacking, onChange, onClear }: DeliveryFiltersProps) {
	const say = useWords(WORDS);
	const states = useWords(DELIVERY_WORDS).state;
	const events = useEventNames();
	const set = Object.keys(filter).length;
	return (
		<FoldedFilters count={set}>
			<Grid gap="sm" align="flex-start">
				<Grid.Col span={SPAN}>
					<Select
						label={say.webhook}
						placeholder={say.anyWebhook}
						searchable
						clearable
						limit={100}
						value={filter.webhookId ?? null}
						data={webhooks.all.map((webhook) => ({ value: webhook.id, label: addressOf(webhook) }))}
						onChange={(webhookId) => onChange({ webhookId: webhookId ?? undefined })}
					/>
				</Grid.Col>
				<Grid.Col span={SPAN}>
					<Select
						label={say.event}
						placeholder={say.anyEvent}
						searchable
						clearable
						value={filter.eventType ?? null}
						data={EVENT_TYPES.map((type) => ({ value: type, label: events[type] }))}
						onChange={(eventType) => onChange({ eventType: EVENT_TYPES.find((type) => type === eventType) })}
					/>
				</Grid.Col>
				<Grid.Col span={SPAN}>
					<Select
						label={say.state}
						placeholder={say.anyState}
						clearable
						value={filter.state ?? null}
						data={DELIVERY_STATES.map((state) => ({ value: state, label: states[state] }))}
						onChange={(state) => onChange({ state: (state as DeliveryState | null) ?? undefined })}
					/>
				</Grid.Col>
				<Grid.Col span={SPAN}>
					<Field
						label={say.phone}
						placeholder={say.phoneHint}
						inputMode="tel"
						error={isPhoneLacking ? say.phoneNeeds : undefined}
						of="phone"
						onChange={onChange}
					/>
				</Grid.Col>
				<Grid.Col span={SPAN}>
					<Field label={say.text} placeholder={say.textHint} of="text" onChange={onChange} />
				</Grid.Col>
				<Grid.Col span={SPAN}>
					<Field label={say.chat} placeholder="cht_…" of="chatId" onChange={onChange} />
				</Grid.Col>
				<Grid.Col span={SPAN}>
					<MomentInput label={say.from} value={filter.since} onChange={(since) => onChange({ since })} />
				</Grid.Col>
				<Grid.Col span={SPAN}>
					<MomentInput label={say.until} value={filter.until} onChange={(until) => onChange({ until })} />
				</Grid.Col>
				{filter.eventId !== undefined && (
					<Grid.Col span={SPAN}>
						<Field label={say.eventId} of="eventId" onChange={onChange} />
					</Grid.Col>
				)}
				{filter.instanceId !== undefined && (
					<Grid.Col span={SPAN}>
						<Field label={say.instance} of="instanceId" onChange={onChange} />
					</Grid.Col>
				)}
			</Grid>
			{set > 0 && (
				<Group mt="sm">
					<Button variant="subtle" size="compact-sm" leftSection={<X size={14} aria-hidden />} onClick={onClear}>
						{say.clear}
					</Button>
				</Group>
			)}
		</FoldedFilters>
	);
}

interface FieldProps {
	readonly label: string;
	readonly placeholder?: string;
	readonly inputMode?: InputHTMLAttributes<HTMLInputElement>['inputMode'];
	readonly error?: string | undefined;
	/** Which one, in the address too. */
	readonly of: 'phone' | 'text' | 'chatId' | 'eventId' | 'instanceId';
	readonly onChange: DeliveryFiltersProps['onChange'];
}

function Field({ of, onChange, ...rest }: FieldProps) {
	const written = useWritten(of, WRITTEN_MS, (value) => onChange({ [of]: value }));
	return <TextInput {...rest} {...written} maxLength={200} autoComplete="off" />;
}
