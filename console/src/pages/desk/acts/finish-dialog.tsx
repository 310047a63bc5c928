/** Ends an attendance: what it was about, and what came of it. */
import { Select, Switch, Textarea } from '@mantine/core';
import { useState } from 'react';
import { change } from '../../../api/http.ts';
import { useCategories, useOperators } from '../../../api/staff.ts';
import { useWords } from '../../../i18n/words.ts';
import { FormDialog } from '../../../parts/form-dialog.tsx';
import { useSending } from '../../../parts/sending.ts';
import { tellDone } from '../../../parts/told.ts';
import { useAsker } from '../asker.ts';
import { useRefresh } from '../desk-data.ts';
import { ACT_WORDS } from './act-words.ts';
import { CategoryChoice, type CategoryWish, standInOf } from './category-choice.tsx';
import type { AttendanceDialogProps } from './transfer-dialog.tsx';

export function FinishDialog({ attendance, onClose, onDone }: AttendanceDialogProps) {
	const say = useWords(ACT_WORDS);
	const { accountId, operatorId, as } = useAsker();
	const { data: operators = [] } = useOperators(accountId);
	const { data: categories = [], isLoading } = useCategories(accountId);
	const [category, setCategory] = useState<CategoryWish>({});
	const [report, setReport] = useState('');
	const [autoTransfer, setAutoTransfer] = useState(false);
	const [finisher, setFinisher] = useState<string | null>(attendance.operators[0]?.id ?? null);
	const sending = useSending();
	const refresh = useRefresh();
	const send = (): void =>
		sending.send(
			() =>
				change('POST', `/accounts/${accountId}/desk/attendances/${attendance.id}/finish`, {
					...as,
					...(Object.keys(category).length === 0 ? standInOf(categories) : category),
					autoTransfer,
					...(operatorId === undefined && finisher !== null ? { operatorId: finisher } : {}),
					...(report.trim() === '' ? {} : { report: report.trim() }),
				}),
			() => {
				tellDone(say.finished);
				refresh();
				onDone();
			},
		);
	// Its first field is to have the focus when it opens.
	if (isLoading) return null;
	return (
		<FormDialog
			title={`${say.finishTitle} #${attendance.number}`}
			verb={say.finish}
			sending={sending}
			canSend={operatorId !== undefined || finisher !== null}
			onSend={send}
			onClose={onClose}
		>
			<CategoryChoice categories={categories} value={category} onChange={setCategory} faultOf={sending.faultOf} />
			<Textarea
				label={say.report}
				description={say.reportHint}
				autosize
				minRows={3}
				maxRows={10}
				maxLength={10_000}
				value={report}
				onChange={(event) => setReport(event.currentTarget.value)}
				error={sending.faultOf('report')}
				data-autofocus={categories.length === 0 || undefined}
			/>
			{operatorId === undefined && (
				<Select
					label={say.finisher}
					required
					data={operators.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name }))}
					value={finisher}
					onChange={setFinisher}
					error={sending.faultOf('operatorId')}
				/>
			)}
			<Switch label={say.autoTransfer} checked={autoTransfer} onChange={(event) => setAutoTransfer(event.currentTarget.checked)} />
		</FormDialog>
	);
}
