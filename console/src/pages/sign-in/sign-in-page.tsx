/** The way in: operators by e-mail and password or by their organization, the administrator and programs by a token. */
import { useDocumentTitle } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ownPath } from '../../api/own-path.ts';
import { useWords } from '../../i18n/words.ts';
import { SignInCard } from './sign-in-card.tsx';
import { SIGN_IN_WORDS } from './sign-in-words.ts';

export function SignInPage() {
	const say = useWords(SIGN_IN_WORDS);
	useDocumentTitle(`${say.title} · Recado`);
	const { to, failed } = useSearch({ from: '/console/sign-in' });
	const navigate = useNavigate();
	const reason = Object.entries(say.failed).find(([code]) => code === failed)?.[1];
	return (
		<main>
			<SignInCard
				{...(reason === undefined ? {} : { why: reason })}
				asksAccount={failed === 'oidc-several'}
				onSignedIn={() => void navigate({ href: ownPath(to ?? '/') ?? '/' })}
			/>
		</main>
	);
}
