/** Departments: who of an account looks after a chat. */
import { Group, Switch, Text, TextInput } from '@mantine/core';
import { Network } from 'lucide-react';
import { useState } from 'react';
import { useDepartments, useOperators } from '../../api/staff.ts';
import type { Department } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { ListedRow, Listing } from './listing.tsx';
import { useSettingsForm, useSettingsList } from './settings-list.ts';
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
		<>
			<Listing
				about={say.about}
				list={list}
				add={{ label: say.add, open: () => settings.edit('new') }}
				empty={{ icon: Network, title: say.empty, text: say.emptyText }}
				row={(department) => (
					<ListedRow
						key={department.id}
						name={department.name}
						onEdit={() => settings.edit(department)}
						onDelete={() => settings.askDelete(department, department.name)}
					>
						<Group gap="xs">
							<Text fw={600}>{department.name}</Text>
							{department.isDefault && <StateBadge tone="good">{common.default}</StateBadge>}
							{!department.active && <StateBadge tone="idle">{common.inactive}</StateBadge>}
						</Group>
						<Text size="sm" c="dimmed">
							{say.operators(operators.filter((one) => one.departments.some(({ id }) => id === department.id)).length)}
						</Text>
					</ListedRow>
				)}
			/>
			{settings.edited && <DepartmentForm accountId={accountId} item={settings.edited} onClose={settings.close} />}
			{settings.dialog}
		</>
	);
}

interface FormProps {
	readonly accountId: string;
	readonly item: Department | 'new';
	readonly onClose: () => void;
}

function DepartmentForm({ accountId, item, onClose }: FormProps) {
	const say = useWords(WORDS);
	const common = useWords(COMMON);
	const { sending, save } = useSettingsForm('departments', accountId, item, onClose);
	const before = item === 'new' ? undefined : item;
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
		<FormDialog
			title={before ? say.change : say.create}
			verb={before ? common.save : common.create}
			sending={sending}
			canSend={name.trim() !== ''}
			onSend={() => save(body)}
			onClose={onClose}
		>
			<TextInput
				label={common.name}
				description={say.nameHint}
				required
				maxLength={200}
				value={name}
				onChange={(event) => setName(event.currentTarget.value)}
				error={sending.faultOf('name')}
				data-autofocus
			/>
			{before && <Switch label={say.active} checked={active} onChange={(event) => setActive(event.currentTarget.checked)} />}
			<Switch
				label={say.isDefault}
				checked={isDefault}
				disabled={before?.isDefault === true}
				onChange={(event) => setDefault(event.currentTarget.checked)}
			/>
		</FormDialog>
	);
}
