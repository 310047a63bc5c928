/** Custom buttons: each calls an API of the customer's. What it answers for the operator is shown as text: a stranger wrote it. */
import { Button, Group, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { change } from '../../../api/http.ts';
import type { ButtonOutcome, CustomButton } from '../../../api/views.ts';
import { useWords } from '../../../i18n/words.ts';
import { tellDone, tellFailed } from '../../../parts/told.ts';
import { useAsker } from '../asker.ts';
import { useRefresh } from '../desk-data.ts';
import { DETAIL_WORDS } from './detail-words.ts';

export function ButtonsPart({ chatId, buttons }: { readonly chatId: string; readonly buttons: readonly CustomButton[] }) {
	const say = useWords(DETAIL_WORDS);
	const { accountId, as } = useAsker();
	const refresh = useRefresh();
	const [pressing, setPressing] = useState<string>();
	const [shown, setShown] = useState<{ readonly name: string; readonly text: string }>();
	const press = async ({ id, name }: CustomButton): Promise<void> => {
		setPressing(id);
		try {
			const outcome = await change<ButtonOutcome>('POST', `/accounts/${accountId}/custom-buttons/${id}/press`, { ...as, chatId });
			if (outcome.modal === undefined) tellDone(say.pressed(name));
			else setShown({ name, text: outcome.modal });
			refresh();
		} catch (error) {
			tellFailed(say.pressFailed(name), error);
		} finally {
			setPressing(undefined);
		}
	};
	return (
		<Group gap="xs">
			{buttons.map((button) => (
				<Button key={button.id} size="xs" variant="default" maw="100%" loading={pressing === button.id} onClick={() => void press(button)}>
					{button.name}
				</Button>
			))}
			{shown && (
				<Modal opened onClose={() => setShown(undefined)} title={say.answered(shown.name)} closeButtonProps={{ 'aria-label': say.close }}>
					<Text style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{shown.text}</Text>
				</Modal>
			)}
		</Group>
	);
}
