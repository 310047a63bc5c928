/** Whose things are shown. Nothing to choose where there is one account. */
import { lazy, Suspense } from 'react';
import { fetched } from '../api/code.ts';
import { useWords, words } from '../i18n/words.ts';
import { chooseAccount, useAccounts, useChosenAccount } from '../parts/chosen-account.ts';

/** Most gateways have one account and never need it. */
const AccountSelect = lazy(() => fetched(async () => ({ default: (await import('./account-select.tsx')).AccountSelect })));

const WORDS = words({ en: { account: 'Account', all: 'All accounts' }, pt: { account: 'Conta', all: 'Todas as contas' } });

export function AccountChoice() {
	const say = useWords(WORDS);
	const accounts = useAccounts();
	const chosen = useChosenAccount();
	if (accounts.length < 2) return null;
	return (
		<Suspense>
			<AccountSelect label={say.account} placeholder={say.all} chosen={chosen} onChoose={chooseAccount} />
		</Suspense>
	);
}
