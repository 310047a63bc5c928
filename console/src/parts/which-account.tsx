/** Asks for an account where there are several and none is chosen: what is changed for one is not changed for another by mistake. */
import { Building2 } from 'lucide-react';
import { useWords, words } from '../i18n/words.ts';
import { AccountPicker } from './account-picker.tsx';
import { chooseAccount } from './chosen-account.ts';
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

export function WhichAccount() {
	const say = useWords(WORDS);
	return (
		<Empty
			icon={Building2}
			title={say.which}
			action={
				<AccountPicker
					aria-label={say.which}
					placeholder={say.account}
					mt="xs"
					w={260}
					maw="100%"
					chosen={undefined}
					onChoose={chooseAccount}
				/>
			}
		>
			{say.why}
		</Empty>
	);
}
