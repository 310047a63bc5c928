/** Starts an attendance by the customer's number, whether they have written or not. */
import { Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { change } from '../../../api/http.ts';
import type { Attendance, Chat } from '../../../api/views.ts';
import { useWords } from '../../../i18n/words.ts';
import { instancesQuery } from '../../../parts/instances.ts';
import { shownPhone } from '../../../parts/phone-text.ts';
import { useSending } from '../../../parts/sending.ts';
import { tellDone } from '../../../parts/told.ts';
import { useAsker } from '../asker.ts';
import { useRefresh } from '../desk-data.ts';
import { useDeskPlace } from '../desk-place.ts';
import { ACT_WORDS } from './act-words.ts';
import { type Whom, WhomDialog } from './whom-dialog.tsx';

export interface StartDialogProps {
	/** The customer is known. */
	readonly chat?: Chat;
	readonly onClose: () => void;
}

export function StartDialog({ chat, onClose }: StartDialogProps) {
	const say = useWords(ACT_WORDS);
	const { accountId, operatorId } = useAsker();
	const { go } = useDeskPlace();
	const { data: instances = [] } = useQuery(instancesQuery(accountId));
	const [phone, setPhone] = useState(chat?.phone ?? '');
	const [instanceId, setInstance] = useState<string | null>(chat?.instanceId ?? null);
	const sending = useSending();
	const refresh = useRefresh();
	const first: Whom = {
		operatorIds: operatorId === undefined ? [] : [operatorId],
		...(chat?.departmentId === undefined ? {} : { departmentId: chat.departmentId }),
	};
	const send = (whom: Whom): void =>
		sending.send(
			() =>
				change<Attendance>('POST', `/accounts/${accountId}/attendances`, {
					phone,
					...whom,
					...(instanceId === null ? {} : { instanceId }),
				}),
			(attendance) => {
				tellDone(say.started(attendance.number));
				refresh();
				onClose();
				go(attendance.chatId, { attendance: undefined });
			},
		);
	const customer = chat ? (
		<TextInput label={say.phone} value={`${chat.name} · ${shownPhone(chat.phone)}`} readOnly />
	) : (
		<TextInput
			label={say.phone}
			description={say.phoneHint}
			type="tel"
			required
			value={phone}
			onChange={(event) => setPhone(event.currentTarget.value)}
			error={sending.faultOf('phone')}
			data-autofocus
		/>
	);
	return (
		<WhomDialog
			title={say.startTitle}
			verb={say.start}
			first={first}
			sending={sending}
			canSend={() => phone.trim() !== ''}
			onSend={send}
			onClose={onClose}
			before={
				<>
					{customer}
					{!chat && instances.length > 1 && (
						<Select
							label={say.instance}
							placeholder={instances[0]?.name ?? ''}
							data={instances.map(({ id, name }) => ({ value: id, label: name }))}
							value={instanceId}
							onChange={setInstance}
							error={sending.faultOf('instanceId')}
							clearable
						/>
					)}
				</>
			}
		/>
	);
}
