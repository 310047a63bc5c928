/** Hands an attendance to a department, to operators, or to both. */
import { Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { change } from '../../../api/http.ts';
import type { Attendance } from '../../../api/views.ts';
import { useWords } from '../../../i18n/words.ts';
import { useSending } from '../../../parts/sending.ts';
import { tellDone } from '../../../parts/told.ts';
import { useAsker } from '../asker.ts';
import { useRefresh } from '../desk-data.ts';
import { ACT_WORDS } from './act-words.ts';
import { type Whom, WhomDialog } from './whom-dialog.tsx';

export interface AttendanceDialogProps {
	readonly attendance: Attendance;
	readonly onClose: () => void;
	/** It may be out of sight for whoever did it. */
	readonly onDone: () => void;
}

const NOBODY: Whom = { operatorIds: [] };

export function TransferDialog({ attendance, onClose, onDone }: AttendanceDialogProps) {
	const say = useWords(ACT_WORDS);
	const { accountId, as } = useAsker();
	const [reason, setReason] = useState('');
	const sending = useSending();
	const refresh = useRefresh();
	const send = ({ operatorIds, ...department }: Whom): void =>
		sending.send(
			() =>
				change('POST', `/accounts/${accountId}/desk/attendances/${attendance.id}/transfer`, {
					...as,
					...department,
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
		<WhomDialog
			title={say.transferTitle}
			verb={say.transfer}
			first={NOBODY}
			sending={sending}
			canSend={({ departmentId, operatorIds }) => departmentId !== undefined || operatorIds.length > 0}
			onSend={send}
			onClose={onClose}
			after={
				<>
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
				</>
			}
		/>
	);
}
