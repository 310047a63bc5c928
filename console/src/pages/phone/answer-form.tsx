/** What the phone answers by itself to what it reads. */
import { Switch, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PhoneBehaviour } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useSending } from '../../parts/sending.ts';
import { behave } from './acts.ts';
import { behaviourKey, type Whose } from './data.ts';

const WORDS = words({
	en: {
		title: 'Automatic answer',
		answers: 'This phone answers what it reads',
		text: 'Answer',
		about: '{message} becomes what was read, in a few words.',
		sample: 'Hello! I got your message: "{message}"',
		save: 'Save',
	},
	pt: {
		title: 'Resposta automática',
		answers: 'Este telefone responde ao que lê',
		text: 'Resposta',
		about: '{message} vira o que foi lido, em poucas palavras.',
		sample: 'Olá! Recebi sua mensagem: "{message}"',
		save: 'Salvar',
	},
});

export interface AnswerFormProps {
	readonly whose: Whose;
	readonly behaviour: PhoneBehaviour;
	readonly onClose: () => void;
}

export function AnswerForm({ whose, behaviour, onClose }: AnswerFormProps) {
	const say = useWords(WORDS);
	const client = useQueryClient();
	const sending = useSending();
	const [answers, setAnswers] = useState(behaviour.repliesWith !== null);
	const [text, setText] = useState(behaviour.repliesWith ?? say.sample);
	const save = (): void =>
		sending.send(
			() => behave(whose, { repliesWith: answers ? text : null }),
			(after) => {
				client.setQueryData(behaviourKey(whose), after);
				onClose();
			},
		);
	return (
		<FormDialog
			title={say.title}
			verb={say.save}
			sending={sending}
			canSend={!answers || text.trim() !== ''}
			onSend={save}
			onClose={onClose}
		>
			<Switch label={say.answers} checked={answers} onChange={({ currentTarget: { checked } }) => setAnswers(checked)} data-autofocus />
			<Textarea
				label={say.text}
				description={say.about}
				autosize
				minRows={2}
				disabled={!answers}
				value={text}
				error={sending.faultOf('repliesWith')}
				onChange={({ currentTarget: { value } }) => setText(value)}
			/>
		</FormDialog>
	);
}
