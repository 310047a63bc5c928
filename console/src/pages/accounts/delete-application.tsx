/** Deletes an application, after it was said what becomes of what its webhook has left. */
import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { change } from '../../api/http.ts';
import type { Application } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { useFocusBack } from '../../parts/focus-back.ts';
import { Problem } from '../../parts/problem.tsx';
import { useSending } from '../../parts/sending.ts';
import { tellDone } from '../../parts/told.ts';

const WORDS = words({
	en: {
		title: (name: string) => `Delete the application “${name}”?`,
		about: 'Its token ends at once, and its webhook and templates go with it. The instance and its messages stay.',
		left: 'What waits for its webhook now',
		drain: 'is delivered first',
		drainAbout: 'The webhook is gone when all it has is delivered or dead.',
		cancel: 'is discarded',
		cancelAbout: 'The webhook is gone at once.',
		delete: 'Delete',
		keep: 'Cancel',
		deleted: 'The application is deleted.',
	},
	pt: {
		title: (name: string) => `Apagar a aplicação “${name}”?`,
		about: 'O token dela deixa de valer na hora, e o webhook e os modelos vão junto. A instância e as mensagens ficam.',
		left: 'O que espera pelo webhook dela agora',
		drain: 'é entregue antes',
		drainAbout: 'O webhook some quando tudo o que tem estiver entregue ou esgotado.',
		cancel: 'é descartado',
		cancelAbout: 'O webhook some na hora.',
		delete: 'Apagar',
		keep: 'Cancelar',
		deleted: 'Aplicação apagada.',
	},
});

type Ending = 'drain' | 'cancel';

interface Props {
	readonly application: Application;
	readonly onDeleted: () => void;
	readonly onClose: () => void;
}

export function DeleteApplication({ application: { appId, name, webhook }, onDeleted, onClose }: Props) {
	const say = useWords(WORDS);
	const sending = useSending();
	const [ending, setEnding] = useState<Ending>('drain');
	useFocusBack();
	const remove = (): void =>
		sending.send(
			() => change('DELETE', `/applications/${appId}`, undefined, { query: { deliveries: ending } }),
			() => {
				tellDone(say.deleted);
				onDeleted();
			},
		);
	return (
		<Modal opened onClose={onClose} title={say.title(name)} closeButtonProps={{ 'aria-label': say.keep }}>
			<Stack>
				<Text size="sm">{say.about}</Text>
				{webhook !== undefined && (
					<Radio.Group label={say.left} value={ending} onChange={(value) => setEnding(value as Ending)}>
						<Stack gap="xs" mt={6}>
							<Radio value="drain" label={say.drain} description={say.drainAbout} />
							<Radio value="cancel" label={say.cancel} description={say.cancelAbout} />
						</Stack>
					</Radio.Group>
				)}
				{sending.error !== undefined && <Problem error={sending.error} />}
				<Group justify="flex-end">
					<Button variant="default" onClick={onClose} data-autofocus>
						{say.keep}
					</Button>
					<Button color="red.8" loading={sending.isSending} onClick={remove}>
						{say.delete}
					</Button>
				</Group>
			</Stack>
		</Modal>
	);
}
