/** Asks for an account where there are several and none is chosen: what is changed for one is not changed for another by mistake. */
import { Select } from '@mantine/core';
import { Building2 } from 'lucide-react';
import { useWords, words } from '../i18n/words.ts';
import { chooseAccount, useAccounts } from './chosen-account.ts';
import { Empty } from './empty.tsx';

const WORDS = words({
	en: {
		which: 'Which account?',
		why: 'What is shown here belongs to one account. It can be changed at the top of the page.',
		account: 'Account',
	},
	pt: {
		which: 'Qual conta?',
		why: 'O que aparece aqui pertence a uma só conta. Ela pode ser trocada no alto da página.',
		account: 'Conta',
	},
});

/** More are found by writing. */
const OPTIONS_MAX = 100;

export function WhichAccount() {
	const say = useWords(WORDS);
	const accounts = useAccounts();
	return (
		<Empty
			icon={Building2}
			title={say.which}
			action={
				<Select
					aria-label={say.which}
					placeholder={say.account}
					mt="xs"
					w={260}
					maw="100%"
					searchable
					limit={OPTIONS_MAX}
					value={null}
					data={accounts.map(({ id, name }) => ({ value: id, label: name }))}
					onChange={(id) => id !== null && chooseAccount(id)}
				/>
			}
		>
			{say.why}
		</Empty>
	);
}
