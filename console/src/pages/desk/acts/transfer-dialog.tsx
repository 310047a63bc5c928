/** Hands an attendance to a department, to operators, or to both. */
import { MultiSelect, Select, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { change } from '../../../api/http.ts';
import { useDepartments, useOperators } from '../../../api/staff.ts';
import type { Attendance } from '../../../api/views.ts';
import { useWords } from '../../../i18n/words.ts';
import { FormDialog } from '../../../parts/form-dialog.tsx';
import { useSending } from '../../../parts/sending.ts';
import { tellDone } from '../../../parts/told.ts';
import { useAsker } from '../asker.ts';
import { useRefresh } from '../desk-data.ts';
import { ACT_WORDS } from './act-words.ts';

export interface AttendanceDialogProps {
	readonly attendance: Attendance;
	readonly onClose: () => void;
	/** It may be out of sight for whoever did it. */
	readonly onDone: () => void;
}

export function TransferDialog({ attendance, onClose, onDone }: AttendanceDialogProps) {
	const say = useWords(ACT_WORDS);
	const { accountId, as } = useAsker();
	const { data: departments = [] } = useDepartments(accountId);
	const { data: operators = [] } = useOperators(accountId);
	const [departmentId, setDepartment] = useState<string | null>(null);
	const [operatorIds, setOperators] = useState<string[]>([]);
	const [reason, setReason] = useState('');
	const sending = useSending();
	const refresh = useRefresh();
	const send = (): void =>
		sending.send(
			() =>
				change('POST', `/accounts/${accountId}/desk/attendances/${attendance.id}/transfer`, {
					...as,
					...(departmentId === null ? {} : { departmentId }),
					...(operatorIds.length === 0 ? {} : { operatorIds }),
					...(reason.trim() === '' ? {} : { reason: reason.trim() }),
				}),
			() => {
				tellDone(say.transferred);
				refresh();
				onDone();
			},
		);
	return (
		<FormDialog
			title={say.transferTitle}
			verb={say.transfer}
			sending={sending}
			canSend={departmentId !== null || operatorIds.length > 0}
			onSend={send}
			onClose={onClose}
		>
			<Select
				label={say.department}
				data={departments.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name }))}
				value={departmentId}
				onChange={setDepartment}
				error={sending.faultOf('departmentId')}
				nothingFoundMessage={say.none}
				searchable
				clearable
				data-autofocus
			/>
			<MultiSelect
				label={say.operators}
				data={operators.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name }))}
				value={operatorIds}
				onChange={setOperators}
				error={sending.faultOf('operatorIds')}
				nothingFoundMessage={say.none}
				searchable
				clearable
			/>
			<Text size="sm" c="dimmed">
				{say.transferText}
			</Text>
			<Textarea
				label={say.reason}
				description={say.reasonHint}
				autosize
				minRows={2}
				maxRows={6}
				maxLength={2_000}
				value={reason}
				onChange={(event) => setReason(event.currentTarget.value)}
				error={sending.faultOf('reason')}
			/>
		</FormDialog>
	);
}
