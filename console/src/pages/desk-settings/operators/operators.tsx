/** Operators: the people who attend. */
import { ActionIcon, Group, Text, Tooltip } from '@mantine/core';
import { LogOut, Users } from 'lucide-react';
import { change } from '../../../api/http.ts';
import { useOperators } from '../../../api/staff.ts';
import type { StaffMember } from '../../../api/views.ts';
import { useWords } from '../../../i18n/words.ts';
import { useConfirm } from '../../../parts/confirm.tsx';
import { StateBadge } from '../../../parts/state-badge.tsx';
import { Listing } from '../listing.tsx';
import { useSettingsList } from '../settings-list.ts';
import { WORDS as COMMON } from '../settings-words.ts';
import { OperatorForm } from './operator-form.tsx';
import { OPERATOR_WORDS } from './operator-words.ts';

export function Operators({ accountId }: { readonly accountId: string }) {
	const say = useWords(OPERATOR_WORDS);
	const list = useOperators(accountId);
	const settings = useSettingsList<StaffMember>('operators', accountId, say.deleted);
	const confirm = useConfirm(({ id, name }: StaffMember) => ({
		title: say.signOut(name),
		text: say.signOutText,
		verb: say.signOutVerb,
		act: () => change('POST', `/accounts/${accountId}/operators/${id}/sign-out`),
	}));
	return (
		<>
			<Listing
				about={say.about}
				say={say}
				icon={Users}
				list={list}
				settings={settings}
				nameOf={({ name }) => name}
				row={(member) => <Member member={member} />}
				actions={(member) => (
					<Tooltip label={say.signOut(member.name)}>
						<ActionIcon variant="subtle" color="gray" size="lg" aria-label={say.signOut(member.name)} onClick={() => confirm.ask(member)}>
							<LogOut size={16} aria-hidden />
						</ActionIcon>
					</Tooltip>
				)}
				form={OperatorForm}
			/>
			{confirm.dialog}
		</>
	);
}

function Member({ member }: { readonly member: StaffMember }) {
	const say = useWords(OPERATOR_WORDS);
	const common = useWords(COMMON);
	const { name, role, active, state, email, login, departments } = member;
	const reached = [email, login].filter((one) => one !== undefined && one !== '').join(' · ');
	return (
		<>
			<Group gap="xs">
				<Text fw={600}>{name}</Text>
				<StateBadge tone="busy">{say[role]}</StateBadge>
				{active && state === 'online' && <StateBadge tone="good">{say.online}</StateBadge>}
				{!active && <StateBadge tone="idle">{common.inactive}</StateBadge>}
			</Group>
			<Text size="sm" c="dimmed">
				{departments.length === 0 ? say.noDepartments : departments.map((one) => one.name).join(', ')}
			</Text>
			<Text size="sm" c="dimmed">
				{reached === '' ? say.cannotSignIn : reached}
			</Text>
		</>
	);
}
