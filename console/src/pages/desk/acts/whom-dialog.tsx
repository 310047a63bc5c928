/** Asks whose an attendance is to be: a department's, operators', or both. What else is asked stands before and after it. */
import { type ComboboxItem, type ComboboxItemGroup, MultiSelect, Select, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useDepartments, useOperators } from '../../../api/staff.ts';
import type { Department, StaffMember } from '../../../api/views.ts';
import { useWords } from '../../../i18n/words.ts';
import { FormDialog } from '../../../parts/form-dialog.tsx';
import type { Sending } from '../../../parts/sending.ts';
import { useAsker } from '../asker.ts';
import { WORDS as DESK_WORDS } from '../desk-words.ts';
import { ACT_WORDS } from './act-words.ts';

/** As the body of the request has it. */
export interface Whom {
	readonly departmentId?: string;
	readonly operatorIds: readonly string[];
}

export interface WhomDialogProps {
	readonly title: string;
	/** On the button. */
	readonly verb: string;
	/** What is chosen at first. */
	readonly first: Whom;
	readonly sending: Sending;
	readonly canSend: (whom: Whom) => boolean;
	readonly onSend: (whom: Whom) => void;
	readonly onClose: () => void;
	/** With the field that has the focus at first; without it the department has. */
	readonly before?: ReactNode;
	readonly after?: ReactNode;
}

export function WhomDialog({ title, verb, first, sending, canSend, onSend, onClose, before, after }: WhomDialogProps) {
	const say = useWords(ACT_WORDS);
	const { accountId } = useAsker();
	const { data: departments = [] } = useDepartments(accountId);
	const { data: operators = [] } = useOperators(accountId);
	const [whom, setWhom] = useState(first);
	const { departmentId = null, operatorIds } = whom;
	return (
		<FormDialog title={title} verb={verb} sending={sending} canSend={canSend(whom)} onSend={() => onSend(whom)} onClose={onClose}>
			{before}
			<Select
				label={say.department}
				data={departments.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name }))}
				value={departmentId}
				onChange={(id) => setWhom({ operatorIds, ...(id === null ? {} : { departmentId: id }) })}
				error={sending.faultOf('departmentId')}
				nothingFoundMessage={say.none}
				searchable
				// Unasked, its list would be what the first Escape closes.
				openOnFocus={false}
				clearable
				data-autofocus={before === undefined || undefined}
			/>
			<MultiSelect
				label={say.operators}
				data={choicesOf(
					operators.filter(({ active }) => active),
					departments.find(({ id }) => id === departmentId),
					say,
				)}
				renderOption={({ option }) => <Colleague member={operators.find(({ id }) => id === option.value)} />}
				value={[...operatorIds]}
				onChange={(ids) => setWhom({ ...whom, operatorIds: ids })}
				error={sending.faultOf('operatorIds')}
				nothingFoundMessage={say.none}
				searchable
				openOnFocus={false}
				clearable
			/>
			{after}
		</FormDialog>
	);
}

/** Those of the department that is chosen come first: it is them whom it is meant for, but everybody can be given it. Who is there comes before who is not. */
function choicesOf(members: readonly StaffMember[], department: Department | undefined, say: (typeof ACT_WORDS)['en']): Choices {
	const sorted = members.toSorted((a, b) => Number(b.state === 'online') - Number(a.state === 'online') || a.name.localeCompare(b.name));
	const items = (of: readonly StaffMember[]): ComboboxItem[] => of.map(({ id, name }) => ({ value: id, label: name }));
	if (department === undefined) return items(sorted);
	const isOf = ({ departments }: StaffMember): boolean => departments.some(({ id }) => id === department.id);
	const groups = [
		{ group: say.operatorsOf(department.name), items: items(sorted.filter(isOf)) },
		{ group: say.otherOperators, items: items(sorted.filter((one) => !isOf(one))) },
	];
	return groups.filter((one) => one.items.length > 0);
}

type Choices = (ComboboxItem | ComboboxItemGroup<ComboboxItem>)[];

function Colleague({ member }: { readonly member: StaffMember | undefined }) {
	const desk = useWords(DESK_WORDS);
	if (!member) return null;
	const { name, departments, state } = member;
	return (
		<div>
			<Text size="sm">{name}</Text>
			<Text size="xs" c="dimmed">
				{[desk[state], ...departments.map((one) => one.name)].join(' · ')}
			</Text>
		</div>
	);
}
