/** Where there is no simulated instance: one is made with a click. */
import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Smartphone } from 'lucide-react';
import { useState } from 'react';
import { useWords, words } from '../../i18n/words.ts';
import { ButtonLink } from '../../parts/button-link.tsx';
import { useAccounts, useOneAccount } from '../../parts/chosen-account.ts';
import { Empty } from '../../parts/empty.tsx';
import { inventPerson } from '../../parts/people.ts';
import { Problem } from '../../parts/problem.tsx';
import { WhichAccount } from '../../parts/which-account.tsx';
import { createSimulator } from './acts.ts';

const WORDS = words({
	en: {
		title: 'There is no simulated instance yet',
		about:
			'A simulated instance is a WhatsApp number that needs no WhatsApp: it has customers to write as, and everything else works as with a real one.',
		create: 'Create a simulated instance',
		name: 'Simulator',
		account: 'An instance belongs to an account. Create one first.',
		toAccounts: 'To the accounts',
	},
	pt: {
		title: 'Ainda não há uma instância simulada',
		about:
			'Uma instância simulada é um número de WhatsApp que não precisa de WhatsApp: tem clientes para você ser, e todo o resto funciona como em uma real.',
		create: 'Criar instância simulada',
		name: 'Simulador',
		account: 'Uma instância pertence a uma conta. Crie uma conta primeiro.',
		toAccounts: 'Ir para as contas',
	},
});

export function NoSimulator() {
	const say = useWords(WORDS);
	const client = useQueryClient();
	const accountId = useOneAccount();
	const accounts = useAccounts();
	const [error, setError] = useState<unknown>();
	const [isCreating, setCreating] = useState(false);
	if (accountId === undefined && accounts.length > 1) return <WhichAccount />;
	if (accountId === undefined) {
		return (
			<Empty icon={Smartphone} title={say.title} action={<ButtonLink to="/console/accounts">{say.toAccounts}</ButtonLink>}>
				{say.account}
			</Empty>
		);
	}
	const create = (): void => {
		setCreating(true);
		createSimulator(accountId, say.name, inventPerson().phone)
			.then(() => client.invalidateQueries({ queryKey: ['instances'] }))
			.catch(setError)
			.finally(() => setCreating(false));
	};
	return (
		<>
			<Empty
				icon={Smartphone}
				title={say.title}
				action={
					<Button mt="xs" loading={isCreating} onClick={create}>
						{say.create}
					</Button>
				}
			>
				{say.about}
			</Empty>
			{error !== undefined && <Problem error={error} />}
		</>
	);
}
