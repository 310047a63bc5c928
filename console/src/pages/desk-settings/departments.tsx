/** Departments: who of an account looks after a chat. */
import { Group, Switch, Text } from '@mantine/core';
import { Network } from 'lucide-react';
import { useState } from 'react';
import { useDepartments, useOperators } from '../../api/staff.ts';
import type { Department } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { NameField } from '../../parts/name-field.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { Listing } from './listing.tsx';
import { SettingsDialog } from './settings-dialog.tsx';
import { type SettingsFormProps, useSettingsForm, useSettingsList } from './settings-list.ts';
import { WORDS as COMMON } from './settings-words.ts';

const WORDS = words({
	en: {
		about: 'Each chat that waits is of one department. What is in none, or in one that was deleted, is the default department’s.',
		add: 'New department',
		empty: 'No departments yet',
		emptyText: 'Without departments every operator sees every chat that waits.',
		operators: (number: number) => (number === 1 ? '1 operator' : `${number} operators`),
		deleted: 'Its chats go to the default department.',
		create: 'New department',
		change: 'Change the department',
		nameHint: 'As customers read it in the menu',
		active: 'Offered and chosen from',
		isDefault: 'Default: gets what belongs to no other',
	},
	pt: {
		about: 'Cada conversa que aguarda é de um departamento. O que não está em nenhum, ou estava em um excluído, é do departamento padrão.',
		add: 'Novo departamento',
		empty: 'Nenhum departamento ainda',
		emptyText: 'Sem departamentos, todo operador vê todas as conversas que aguardam.',
		operators: (number: number) => (number === 1 ? '1 operador' : `${number} operadores`),
		deleted: 'As conversas dele vão para o departamento padrão.',
		create: 'Novo departamento',
		change: 'Alterar departamento',
		nameHint: 'Como os clientes leem no menu',
		active: 'Oferecido e disponível para escolha',
		isDefault: 'Padrão: recebe o que não é de nenhum outro',
	},
});

export function Departments({ accountId }: { readonly accountId: string }) {
	const say = useWords(WORDS);
	const common = useWords(COMMON);
	const list = useDepartments(accountId);
	const { data: operators = [] } = useOperators(accountId);
	const settings = useSettingsList<Department>('departments', accountId, say.deleted);
	return (
		<Listing
			about={say.about}
			say={say}
			icon={Network}
			list={list}
			settings={settings}
			nameOf={({ name }) => name}
			row={(department) => (
				<>
					<Group gap="xs">
						<Text fw={600}>{department.name}</Text>
						{department.isDefault && <StateBadge tone="good">{common.default}</StateBadge>}
						{!department.active && <StateBadge tone="idle">{common.inactive}</StateBadge>}
					</Group>
					<Text size="sm" c="dimmed">
						{say.operators(operators.filter((one) => one.departments.some(({ id }) => id === department.id)).length)}
					</Text>
				</>
			)}
			form={DepartmentForm}
		/>
	);
}

function DepartmentForm(props: SettingsFormProps<Department>) {
	const say = useWords(WORDS);
	const common = useWords(COMMON);
	const form = useSettingsForm('departments', props);
	const { before, sending } = form;
	const [name, setName] = useState(before?.name ?? '');
	const [active, setActive] = useState(before?.active ?? true);
	const [isDefault, setDefault] = useState(before?.isDefault ?? false);
	const body = {
		name: name.trim(),
		...(before ? { active } : {}),
		// Some department is the default; another one takes its place rather than none.
		...(isDefault ? { isDefault } : {}),
	};
	return (
		<SettingsDialog form={form} say={say} canSend={name.trim() !== ''} body={body} toldAtFields={['name']}>
			<NameField label={common.name} description={say.nameHint} maxLength={200} value={name} onChange={setName} sending={sending} />
			{before && <Switch label={say.active} checked={active} onChange={(event) => setActive(event.currentTarget.checked)} />}
			<Switch
				label={say.isDefault}
				checked={isDefault}
				disabled={before?.isDefault === true}
				onChange={(event) => setDefault(event.currentTarget.checked)}
			/>
		</SettingsDialog>
	);
}
