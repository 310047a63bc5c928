/** An operator changes their own password. */
import { PasswordInput, Text } from '@mantine/core';
import { useState } from 'react';
import { change } from '../api/http.ts';
import { useWords, words } from '../i18n/words.ts';
import { FormDialog } from '../parts/form-dialog.tsx';
import { useSending } from '../parts/sending.ts';
import { tellDone } from '../parts/told.ts';

const WORDS = words({
	en: {
		title: 'Change password',
		verb: 'Change',
		about: 'Wherever else you are signed in, you are signed out. Here you stay.',
		current: 'Current password',
		next: 'New password',
		nextHint: 'At least 8 characters.',
		done: 'Your password is changed.',
	},
	pt: {
		title: 'Trocar senha',
		verb: 'Trocar',
		about: 'Você sai de onde mais estiver conectado. Aqui você continua.',
		current: 'Senha atual',
		next: 'Nova senha',
		nextHint: 'Pelo menos 8 caracteres.',
		done: 'Sua senha foi trocada.',
	},
});

const FIELDS = ['currentPassword', 'newPassword'];

export function OwnPassword({ onClose }: { readonly onClose: () => void }) {
	const say = useWords(WORDS);
	const sending = useSending();
	const [current, setCurrent] = useState('');
	const [next, setNext] = useState('');
	const send = (): void => {
		sending.send(
			() => change('PUT', '/session/password', { currentPassword: current, newPassword: next }),
			() => {
				tellDone(say.done);
				onClose();
			},
		);
	};
	return (
		<FormDialog
			title={say.title}
			verb={say.verb}
			sending={sending}
			canSend={current !== '' && next !== ''}
			onSend={send}
			onClose={onClose}
			toldAtFields={FIELDS}
		>
			<Text size="sm">{say.about}</Text>
			<PasswordInput
				label={say.current}
				maxLength={200}
				autoComplete="current-password"
				value={current}
				onChange={(event) => setCurrent(event.currentTarget.value)}
				error={sending.faultOf('currentPassword')}
				aria-invalid={sending.faultOf('currentPassword') !== undefined}
				data-autofocus
			/>
			<PasswordInput
				label={say.next}
				description={say.nextHint}
				maxLength={200}
				autoComplete="new-password"
				value={next}
				onChange={(event) => setNext(event.currentTarget.value)}
				error={sending.faultOf('newPassword')}
				aria-invalid={sending.faultOf('newPassword') !== undefined}
			/>
		</FormDialog>
	);
}
