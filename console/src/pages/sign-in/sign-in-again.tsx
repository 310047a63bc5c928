/**
 * Over a page whose session has ended: the page is kept beneath, with what was typed there, out of sight and out of reach. A `dialog` of the browser itself, since
 * that alone stands above the dialogs of the page, and keeps them from being reached.
 */
import { useLayoutEffect, useRef } from 'react';
import { takeUpSession } from '../../api/session.ts';
import { useWords } from '../../i18n/words.ts';
import classes from './sign-in-again.module.css';
import { SignInCard } from './sign-in-card.tsx';
import { SIGN_IN_WORDS } from './sign-in-words.ts';

export function SignInAgain() {
	const say = useWords(SIGN_IN_WORDS);
	const ref = useRef<HTMLDialogElement>(null);
	useLayoutEffect(() => {
		const dialog = ref.current;
		const show = (): void => {
			dialog?.showModal();
			dialog?.querySelector<HTMLElement>('input:not([type=radio])')?.focus();
		};
		show();
		// A browser closes it where it is asked to twice.
		dialog?.addEventListener('close', show);
		// They may have signed in by their provider, or in another tab.
		const look = (): void => void takeUpSession();
		addEventListener('focus', look);
		return () => {
			removeEventListener('focus', look);
			dialog?.removeEventListener('close', show);
			// Gives the focus back to where it was.
			dialog?.close();
		};
	}, []);
	return (
		<dialog ref={ref} className={classes['over']} aria-label={say.title} onCancel={(event) => event.preventDefault()}>
			<SignInCard why={say.ended} isOverPage />
		</dialog>
	);
}
