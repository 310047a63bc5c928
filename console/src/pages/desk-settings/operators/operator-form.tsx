/** An operator, new or changed. */
import { MultiSelect, NumberInput, PasswordInput, Select, Switch, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useDepartments } from '../../../api/staff.ts';
import type { StaffMember } from '../../../api/views.ts';
import { useWords } from '../../../i18n/words.ts';
import { NameField } from '../../../parts/name-field.tsx';
import { SettingsDialog } from '../settings-dialog.tsx';
import { type SettingsFormProps, useSettingsForm } from '../settings-list.ts';
import { WORDS as COMMON } from '../settings-words.ts';
import { OPERATOR_WORDS } from './operator-words.ts';

const ROLES = ['agent', 'supervisor', 'admin'] as const;
const ATTENDANCES_MAX = 100;
const FIELDS = ['name', 'role', 'departmentIds', 'email', 'login', 'password', 'attendancesMax'];

export function OperatorForm(props: SettingsFormProps<StaffMember>) {
	const say = useWords(OPERATOR_WORDS);
	const common = useWords(COMMON);
	const form = useSettingsForm('operators', props);
	const { before, sending } = form;
	const { data: departments = [] } = useDepartments(props.accountId);
	const [wish, setWish] = useState(() => wishOf(before));
	const set = (part: Partial<OperatorWish>): void => setWish({ ...wish, ...part });
	return (
		<SettingsDialog
			form={form}
			say={say}
			canSend={wish.name.trim() !== ''}
			body={before ? changeOf(wish, before) : creationOf(wish)}
			toldAtFields={FIELDS}
		>
			<NameField
				label={common.name}
				description={say.nameHint}
				maxLength={200}
				value={wish.name}
				onChange={(name) => set({ name })}
				sending={sending}
			/>
			<Select
				label={say.role}
				allowDeselect={false}
				data={ROLES.map((role) => ({ value: role, label: say[role] }))}
				renderOption={({ option }) => (
					<div>
						<Text size="sm">{option.label}</Text>
						<Text size="xs" c="dimmed">
							{say[`${option.value as (typeof ROLES)[number]}Hint`]}
						</Text>
					</div>
				)}
				description={say[`${wish.role}Hint`]}
				value={wish.role}
				onChange={(role) => role !== null && set({ role: role as OperatorWish['role'] })}
				error={sending.faultOf('role')}
			/>
			<MultiSelect
				label={say.departments}
				data={departments.map(({ id, name }) => ({ value: id, label: name }))}
				value={wish.departmentIds}
				onChange={(departmentIds) => set({ departmentIds })}
				error={sending.faultOf('departmentIds')}
				clearable
				searchable
			/>
			<TextInput
				label={say.email}
				type="email"
				maxLength={200}
				autoComplete="off"
				value={wish.email}
				onChange={(event) => set({ email: event.currentTarget.value })}
				error={sending.faultOf('email')}
			/>
			<TextInput
				label={say.login}
				maxLength={200}
				autoComplete="off"
				value={wish.login}
				onChange={(event) => set({ login: event.currentTarget.value })}
				error={sending.faultOf('login')}
			/>
			<PasswordInput
				label={before ? say.newPassword : say.password}
				description={before ? say.newPasswordHint : say.passwordHint}
				maxLength={200}
				autoComplete="new-password"
				value={wish.password}
				onChange={(event) => set({ password: event.currentTarget.value })}
				error={sending.faultOf('password')}
				aria-invalid={sending.faultOf('password') !== undefined}
			/>
			<NumberInput
				label={say.max}
				description={say.maxHint}
				min={1}
				max={ATTENDANCES_MAX}
				allowDecimal={false}
				value={wish.attendancesMax}
				onChange={(attendancesMax) => set({ attendancesMax })}
				error={sending.faultOf('attendancesMax')}
			/>
			<Switch label={say.active} checked={wish.active} onChange={(event) => set({ active: event.currentTarget.checked })} />
		</SettingsDialog>
	);
}

interface OperatorWish {
	readonly name: string;
	readonly role: StaffMember['role'];
	readonly email: string;
	readonly login: string;
	readonly password: string;
	readonly departmentIds: string[];
	readonly attendancesMax: number | string;
	readonly active: boolean;
}

function wishOf(before: StaffMember | undefined): OperatorWish {
	return {
		name: before?.name ?? '',
		role: before?.role ?? 'agent',
		email: before?.email ?? '',
		login: before?.login ?? '',
		password: '',
		departmentIds: before?.departments.map(({ id }) => id) ?? [],
		attendancesMax: before?.attendancesMax ?? '',
		active: before?.active ?? true,
	};
}

/** Of `PATCH`: what is empty is taken away, but for the password, which nobody can read. An e-mail of before those were checked stays until it is changed. */
function changeOf({ name, email, login, password, attendancesMax, ...rest }: OperatorWish, before?: StaffMember): object {
	return {
		...rest,
		name: name.trim(),
		...(before && email.trim() === (before.email ?? '') ? {} : { email: email.trim() || null }),
		login: login.trim() || null,
		attendancesMax: typeof attendancesMax === 'number' ? attendancesMax : null,
		...(password === '' ? {} : { password }),
	};
}

/** Of `POST`: what is empty is not there. */
function creationOf(wish: OperatorWish): object {
	return Object.fromEntries(Object.entries(changeOf(wish)).filter(([, value]) => value !== null));
}
