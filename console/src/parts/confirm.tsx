/**
 * Asks before something that cannot be taken back. `const confirm = useConfirm((token: ApiToken) => ({...}))` … `{confirm.dialog}` … `confirm.ask(token)`. The question
 * is put anew with each rendering: in the language of now.
 */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useWords, words } from '../i18n/words.ts';
import { useFocusBack } from './focus-back.ts';
import { Problem } from './problem.tsx';
import { type Sending, useSending } from './sending.ts';

const WORDS = words({ en: { cancel: 'Cancel' }, pt: { cancel: 'Cancelar' } });

export interface Question {
	readonly title: string;
	readonly text: ReactNode;
	/** The word on the button: what will be done. */
	readonly verb: string;
	/** On the button that does nothing. Default: cancel. */
	readonly back?: string;
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
	const sending = useSending();
	return (
		<Confirmation
			title={question.title}
			verb={question.verb}
			{...(question.back === undefined ? {} : { back: question.back })}
			sending={sending}
			onAct={() => sending.send(question.act, onClose)}
			onClose={onClose}
		>
			<Text size="sm" component="div">
				{question.text}
			</Text>
		</Confirmation>
	);
}

export interface ConfirmationProps {
	readonly title: string;
	/** The word on the button: what will be done. */
	readonly verb: string;
	/** On the button that does nothing. Default: cancel. */
	readonly back?: string;
	readonly sending: Sending;
	readonly onAct: () => void;
	readonly onClose: () => void;
	/** There is something to choose before: it opens where forms do, and with the focus on what does nothing. */
	readonly isCautious?: boolean;
	readonly children: ReactNode;
}

/** The dialog itself, for what asks more than whether to. */
export function Confirmation({ title, verb, back, sending, onAct, onClose, isCautious = false, children }: ConfirmationProps) {
	const say = useWords(WORDS);
	useFocusBack();
	return (
		<Modal opened onClose={onClose} title={title} centered={!isCautious} closeButtonProps={{ 'aria-label': back ?? say.cancel }}>
			<Stack>
				{children}
				{sending.error !== undefined && <Problem error={sending.error} />}
				<Group justify="flex-end">
					<Button variant="default" onClick={onClose} data-autofocus={isCautious || undefined}>
						{back ?? say.cancel}
					</Button>
					<Button color="red.8" loading={sending.isSending} onClick={onAct} data-autofocus={!isCautious || undefined}>
						{verb}
					</Button>
				</Group>
			</Stack>
		</Modal>
	);
}
