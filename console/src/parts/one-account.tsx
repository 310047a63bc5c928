/** For pages that show things of one account: the chosen one, which is asked for where there are several. Where there is none, how to make one. */
import { Building2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { lacks } from '../api/session.ts';
import { useWords, words } from '../i18n/words.ts';
import { useAccountList, useOneAccount } from './chosen-account.ts';
import { Empty } from './empty.tsx';
import { LinkTo } from './link-to.tsx';
import { Loading } from './loading.tsx';
import { Page } from './page.tsx';
import { Problem } from './problem.tsx';
import { WhichAccount } from './which-account.tsx';

const WORDS = words({
	en: {
		none: 'No account yet',
		why: 'What is shown here belongs to an account. Make one first.',
		make: 'To the accounts',
		which: 'Which account?',
		closed:
			'What is shown here belongs to an account. Choosing one takes the scope accounts:manage; a token of one account needs no choice.',
	},
	pt: {
		none: 'Nenhuma conta ainda',
		why: 'O que aparece aqui pertence a uma conta. Crie uma primeiro.',
		make: 'Ir para as contas',
		which: 'Qual conta?',
		closed:
			'O que aparece aqui pertence a uma conta. Para escolher uma é preciso o escopo accounts:manage; um token de uma só conta não precisa de escolha.',
	},
});

export interface OneAccountProps {
	/** Of the page. */
	readonly title: string;
	/** Begins anew with another account. */
	readonly children: (accountId: string) => ReactNode;
}

export function OneAccount({ title, children }: OneAccountProps) {
	const say = useWords(WORDS);
	const accountId = useOneAccount();
	const { data: accounts = [], error, isLoading, refetch } = useAccountList();
	if (accountId !== undefined) return children(accountId);
	if (isLoading) return <Loading />;
	return (
		<Page title={title}>
			{accounts.length > 1 ? (
				<WhichAccount />
			) : lacks('accounts:manage') ? (
				<Empty icon={Building2} title={say.which}>
					{say.closed}
				</Empty>
			) : error ? (
				<Problem error={error} onRetry={() => void refetch()} />
			) : (
				<Empty icon={Building2} title={say.none} action={<LinkTo to="/console/accounts">{say.make}</LinkTo>}>
					{say.why}
				</Empty>
			)}
		</Page>
	);
}
