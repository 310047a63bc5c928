/** Asks whose an attendance is to be: a department's, operators', or both. What else is asked stands before and after it. */
import { MultiSelect, Select } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useDepartments, useOperators } from '../../../api/staff.ts';
import { useWords } from '../../../i18n/words.ts';
import { FormDialog } from '../../../parts/form-dialog.tsx';
import type { Sending } from '../../../parts/sending.ts';
import { useAsker } from '../asker.ts';
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
				clearable
				data-autofocus={before === undefined || undefined}
			/>
			<MultiSelect
				label={say.operators}
				data={operators.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name }))}
				value={[...operatorIds]}
				onChange={(ids) => setWhom({ ...whom, operatorIds: ids })}
				error={sending.faultOf('operatorIds')}
				nothingFoundMessage={say.none}
				searchable
				clearable
			/>
			{after}
		</FormDialog>
	);
}
