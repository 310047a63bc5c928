/** Above the phone: of which instance, whose phone it is, and how that phone behaves. */
import { ActionIcon, Button, Input, SegmentedControl, Select, Tooltip } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { UserRoundPlus } from 'lucide-react';
import { lazy, Suspense, useId, useState } from 'react';
import { fetched } from '../../api/code.ts';
import { keepAnswer } from '../../api/query-client.ts';
import type { Chat, Instance, PhoneBehaviour } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import type { Person } from '../../parts/people.ts';
import { shownPhone } from '../../parts/phone-text.ts';
import { tellFailed } from '../../parts/told.ts';
import { behave } from './acts.ts';
import { CHANGES, MODES, type Mode } from './behaviour.ts';
import { behaviourKey } from './data.ts';
import css from './phone.module.css';

const WORDS = words({
	en: {
		instance: 'Instance',
		customer: 'Customer',
		create: 'New customer',
		nobody: 'Nobody by that name or number',
		behaviour: 'This phone',
		modes: { reads: 'Reads', unread: 'Unread', off: 'Off', none: 'No WhatsApp' },
		failed: 'The phone stays as it was',
	},
	pt: {
		instance: 'Instância',
		customer: 'Cliente',
		create: 'Novo cliente',
		nobody: 'Ninguém com esse nome ou número',
		behaviour: 'Este telefone',
		modes: { reads: 'Lê', unread: 'Não lê', off: 'Desligado', none: 'Sem WhatsApp' },
		failed: 'O telefone continua como estava',
	},
});

/** Fetched when it is first needed. */
const NewCustomer = lazy(() => fetched(async () => ({ default: (await import('./new-customer.tsx')).NewCustomer })));

export interface CustomerBarProps {
	readonly instances: readonly Instance[];
	readonly instance: Instance;
	readonly customers: readonly Chat[];
	readonly person: Person;
	readonly mode: Mode;
	readonly onInstance: (id: string) => void;
	readonly onPhone: (phone: string) => void;
}

export function CustomerBar({ instances, instance, customers, person, mode, onInstance, onPhone }: CustomerBarProps) {
	const say = useWords(WORDS);
	const [isCreating, setCreating] = useState(false);
	const known = customers.map(({ phone, name }) => ({ value: phone, label: `${name} · ${shownPhone(phone)}` }));
	const isKnown = customers.some(({ phone }) => phone === person.phone);
	const data = isKnown ? known : [{ value: person.phone, label: `${person.name} · ${shownPhone(person.phone)}` }, ...known];
	const hasChoice = instances.length > 1;
	const create = (): void => setCreating(true);
	return (
		<div className={css['bar']}>
			{hasChoice && (
				<Select
					label={say.instance}
					className={css['choice']}
					allowDeselect={false}
					searchable={instances.length > 8}
					value={instance.id}
					data={instances.map(({ id, name, phone }) => ({ value: id, label: `${name} · ${shownPhone(phone)}` }))}
					onChange={(id) => id !== null && onInstance(id)}
				/>
			)}
			<Select
				label={say.customer}
				className={css['choice']}
				searchable
				allowDeselect={false}
				maxDropdownHeight={320}
				nothingFoundMessage={say.nobody}
				value={person.phone}
				data={data}
				onChange={(phone) => phone !== null && onPhone(phone)}
			/>
			{/* With two choices there is no room for its words. */}
			<Tooltip label={say.create}>
				<ActionIcon {...(hasChoice ? {} : { hiddenFrom: 'md' })} variant="default" size={36} aria-label={say.create} onClick={create}>
					<UserRoundPlus size={18} aria-hidden />
				</ActionIcon>
			</Tooltip>
			{!hasChoice && (
				<Button visibleFrom="md" flex="none" variant="default" leftSection={<UserRoundPlus size={16} aria-hidden />} onClick={create}>
					{say.create}
				</Button>
			)}
			<Behaviour instanceId={instance.id} phone={person.phone} mode={mode} />
			{isCreating && (
				<Suspense fallback={null}>
					<NewCustomer instanceId={instance.id} onDone={onPhone} onClose={() => setCreating(false)} />
				</Suspense>
			)}
		</div>
	);
}

function Behaviour({ instanceId, phone, mode }: { readonly instanceId: string; readonly phone: string; readonly mode: Mode }) {
	const say = useWords(WORDS);
	const client = useQueryClient();
	const id = useId();
	const key = behaviourKey({ instanceId, phone });
	const choose = (chosen: Mode): void => {
		// Shown at once; what the gateway answers stands.
		client.setQueryData<PhoneBehaviour>(key, (before) => before && { ...before, ...CHANGES[chosen] });
		behave({ instanceId, phone }, CHANGES[chosen]).then(
			(after) => keepAnswer(key, after),
			(error: unknown) => {
				tellFailed(say.failed, error);
				void client.invalidateQueries({ queryKey: key });
			},
		);
	};
	return (
		<div className={css['behaviour']}>
			<Input.Label id={id} labelElement="div">
				{say.behaviour}
			</Input.Label>
			<SegmentedControl
				aria-labelledby={id}
				fullWidth
				value={mode}
				data={MODES.map((value) => ({ value, label: say.modes[value] }))}
				onChange={(chosen) => choose(chosen)}
			/>
		</div>
	);
}
