/**
 * Asks before something that cannot be taken back. `const confirm = useConfirm((token: ApiToken) => ({...}))` … `{confirm.dialog}` … `confirm.ask(token)`. The question
 * is put anew with each rendering: in the language of now.
 */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useWords, words } from '../i18n/words.ts';
import { useFocusBack } from './focus-back.ts';
import { Problem } from './problem.tsx';

const WORDS = words({ en: { cancel: 'Cancel' }, pt: { cancel: 'Cancelar' } });

export interface Question {
	readonly title: string;
	readonly text: ReactNode;
	/** The word on the button: what will be done. */
	readonly verb: string;
	/** Rejects with what is shown. */
	readonly act: () => Promise<unknown>;
}

export interface Confirm<T extends readonly unknown[]> {
	readonly ask: (...about: T) => void;
	readonly dialog: ReactNode;
}

/** @param question is given what it is asked about */
export function useConfirm<T extends readonly unknown[]>(question: (...about: T) => Question): Confirm<T> {
	const [about, setAbout] = useState<T>();
	const dialog = about && <Asked question={question(...about)} onClose={() => setAbout(undefined)} />;
	return { ask: (...given) => setAbout(given), dialog };
}

function Asked({ question, onClose }: { readonly question: Question; readonly onClose: () => void }) {
	const say = useWords(WORDS);
	const [error, setError] = useState<unknown>();
	const [isActing, setActing] = useState(false);
	useFocusBack();
	const act = (): void => {
		setActing(true);
		question.act().then(onClose, (thrown: unknown) => {
			setError(thrown);
			setActing(false);
		});
	};
	return (
		<Modal opened onClose={onClose} title={question.title} centered closeButtonProps={{ 'aria-label': say.cancel }}>
			<Stack>
				<Text size="sm" component="div">
					{question.text}
				</Text>
				{error !== undefined && <Problem error={error} />}
				<Group justify="flex-end">
					<Button variant="default" onClick={onClose}>
						{say.cancel}
					</Button>
					<Button color="red.8" loading={isActing} onClick={act} data-autofocus>
						{question.verb}
					</Button>
				</Group>
			</Stack>
		</Modal>
	);
}
