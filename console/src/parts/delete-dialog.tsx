/** Asks before a webhook is deleted, or something that has one: what becomes of the deliveries that wait for it is chosen before. */
import { Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { change } from '../api/http.ts';
import { useWords, words } from '../i18n/words.ts';
import { Confirmation } from './confirm.tsx';
import { useSending } from './sending.ts';

const WORDS = words({
	en: { drain: 'is delivered first', cancel: 'is discarded' },
	pt: { drain: 'é entregue antes', cancel: 'é descartado' },
});

/** As the gateway has it: what waits is delivered before it is gone, or it is gone at once. */
export type Ending = 'drain' | 'cancel';

export interface DeleteDialogProps {
	readonly title: string;
	readonly say: {
		/** What waits for it. */
		readonly left: string;
		readonly drainAbout: string;
		readonly cancelAbout: string;
		readonly delete: string;
	};
	/** What goes with it, and what stays. */
	readonly about: string;
	/** As the API has it. */
	readonly path: string;
	/** What is proposed. Default: `drain`. */
	readonly first?: Ending;
	/** Missing: as it wants. `drains`: it does so already, and can only be stopped. `nothing`: there is no webhook any more for which something could wait. */
	readonly waits?: 'drains' | 'nothing' | undefined;
	readonly onDeleted: (ending: Ending) => void;
	readonly onClose: () => void;
}

export function DeleteDialog({ title, say, about, path, first = 'drain', waits, onDeleted, onClose }: DeleteDialogProps) {
	const common = useWords(WORDS);
	const sending = useSending();
	const [ending, setEnding] = useState<Ending>(first);
	const remove = (): void =>
		sending.send(
			() => change('DELETE', path, undefined, { query: { deliveries: ending } }),
			() => onDeleted(ending),
		);
	return (
		<Confirmation title={title} verb={say.delete} sending={sending} onAct={remove} onClose={onClose} isCautious>
			<Text size="sm" style={{ overflowWrap: 'anywhere' }}>
				{about}
			</Text>
			{waits !== 'nothing' && (
				<Radio.Group label={say.left} value={ending} onChange={(value) => setEnding(value as Ending)}>
					<Stack gap="xs" mt={6}>
						<Radio value="drain" label={common.drain} description={say.drainAbout} disabled={waits === 'drains'} />
						<Radio value="cancel" label={common.cancel} description={say.cancelAbout} />
					</Stack>
				</Radio.Group>
			)}
		</Confirmation>
	);
}
