/** What narrows the list. What is chosen counts at once; what is written, a moment later. */
import { Button, Grid, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks';
import { Filter, X } from 'lucide-react';
import { type InputHTMLAttributes, type ReactNode, useEffect, useId, useState } from 'react';
import { useWords, words } from '../../i18n/words.ts';
import { EVENT_TYPES, useEventNames } from '../../parts/event-names.ts';
import { addressOf, type KnownWebhooks } from '../../parts/known-webhooks.ts';
import { MomentInput } from '../../parts/moment-input.tsx';
import classes from './delivery-filters.module.css';
import { DELIVERY_WORDS } from './delivery-words.ts';
import { DELIVERY_STATES, type DeliveryFilter, type DeliveryState } from './search.ts';

const WORDS = words({
	en: {
		filters: (count: number) => (count === 0 ? 'Filters' : `Filters (${count})`),
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
		filters: (count: number) => (count === 0 ? 'Filtros' : `Filtros (${count})`),
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
		<Foldable label={say.filters(set)}>
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
					<Written
						label={say.phone}
						placeholder={say.phoneHint}
						inputMode="tel"
						value={filter.phone}
						error={isPhoneLacking ? say.phoneNeeds : undefined}
						onWritten={(phone) => onChange({ phone })}
					/>
				</Grid.Col>
				<Grid.Col span={SPAN}>
					<Written label={say.text} placeholder={say.textHint} value={filter.text} onWritten={(text) => onChange({ text })} />
				</Grid.Col>
				<Grid.Col span={SPAN}>
					<Written label={say.chat} placeholder="cht_…" value={filter.chatId} onWritten={(chatId) => onChange({ chatId })} />
				</Grid.Col>
				<Grid.Col span={SPAN}>
					<MomentInput label={say.from} value={filter.since} onChange={(since) => onChange({ since })} />
				</Grid.Col>
				<Grid.Col span={SPAN}>
					<MomentInput label={say.until} value={filter.until} onChange={(until) => onChange({ until })} />
				</Grid.Col>
				{filter.eventId !== undefined && (
					<Grid.Col span={SPAN}>
						<Written label={say.eventId} value={filter.eventId} onWritten={(eventId) => onChange({ eventId })} />
					</Grid.Col>
				)}
				{filter.instanceId !== undefined && (
					<Grid.Col span={SPAN}>
						<Written label={say.instance} value={filter.instanceId} onWritten={(instanceId) => onChange({ instanceId })} />
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
		</Foldable>
	);
}

/** On a phone the list comes first. */
function Foldable({ label, children }: { readonly label: string; readonly children: ReactNode }) {
	const [isOpen, { toggle }] = useDisclosure();
	const id = useId();
	return (
		<div>
			<Button
				hiddenFrom="sm"
				variant="default"
				fullWidth
				leftSection={<Filter size={16} aria-hidden />}
				aria-expanded={isOpen}
				aria-controls={id}
				onClick={toggle}
			>
				{label}
			</Button>
			<div id={id} className={classes['filters']} data-open={isOpen || undefined}>
				{children}
			</div>
		</div>
	);
}

interface WrittenProps {
	readonly label: string;
	readonly placeholder?: string;
	readonly inputMode?: InputHTMLAttributes<HTMLInputElement>['inputMode'];
	readonly value: string | undefined;
	readonly error?: string | undefined;
	readonly onWritten: (value: string | undefined) => void;
}

function Written({ value = '', onWritten, ...rest }: WrittenProps) {
	const [written, setWritten] = useState(value);
	const tell = useDebouncedCallback((text: string) => onWritten(text.trim() === '' ? undefined : text.trim()), WRITTEN_MS);
	// What came another way: cleared, or by a link.
	useEffect(() => setWritten((before) => (before.trim() === value ? before : value)), [value]);
	return (
		<TextInput
			{...rest}
			value={written}
			maxLength={200}
			autoComplete="off"
			onChange={({ currentTarget }) => {
				setWritten(currentTarget.value);
				tell(currentTarget.value);
			}}
		/>
	);
}
