/** One account: its tokens, its applications, and what is kept of its customers. */
import { Button, Group, Stack, Switch, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { change, get } from '../../api/http.ts';
import { useSession } from '../../api/session.ts';
import type { Account, AccountCreated } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { BackLink } from '../../parts/back-link.tsx';
import { chooseAccount } from '../../parts/chosen-account.ts';
import { useConfirm } from '../../parts/confirm.tsx';
import { Copyable } from '../../parts/copy.tsx';
import { LinkTo } from '../../parts/link-to.tsx';
import { stillThere } from '../../parts/not-there.tsx';
import { Card, Page } from '../../parts/page.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useSending } from '../../parts/sending.ts';
import { ShownOnce } from '../../parts/shown-once.tsx';
import { UnknownYet } from '../../parts/unknown-yet.tsx';
import { Applications } from './applications.tsx';
import { PersonalData } from './personal-data.tsx';
import { RenameAccount } from './rename-account.tsx';
import { Uploads } from './uploads.tsx';

const WORDS = words({
	en: {
		title: 'Account',
		back: 'All accounts',
		notThere: 'There is no such account',
		tokens: 'Tokens of the compatible APIs',
		enforce: 'Demand the Client-Token on calls of the Z-API dialect',
		renew: 'Make new tokens',
		renewTitle: 'Make new tokens?',
		renewText: 'The old Plugchat token and Client-Token end at once. Integrations that use them have to be given the new ones.',
		made: 'The new tokens',
		plugchat: 'Plugchat token',
		clientToken: 'Z-API Client-Token',
		elsewhere: 'What belongs to it',
		instances: 'Instances',
		webhooks: 'Webhooks',
		desk: 'Departments, operators, categories',
		audit: 'Audit log',
	},
	pt: {
		title: 'Conta',
		back: 'Todas as contas',
		notThere: 'Esta conta não existe',
		tokens: 'Tokens das APIs compatíveis',
		enforce: 'Exigir o Client-Token nas chamadas do dialeto Z-API',
		renew: 'Gerar novos tokens',
		renewTitle: 'Gerar novos tokens?',
		renewText:
			'O token do Plugchat e o Client-Token antigos deixam de valer na hora. As integrações que os usam precisam receber os novos.',
		made: 'Os novos tokens',
		plugchat: 'Token do Plugchat',
		clientToken: 'Client-Token do Z-API',
		elsewhere: 'O que pertence a ela',
		instances: 'Instâncias',
		webhooks: 'Webhooks',
		desk: 'Departamentos, operadores, categorias',
		audit: 'Auditoria',
	},
});

export function AccountView({ accountId: id }: { readonly accountId: string }) {
	const say = useWords(WORDS);
	const found = useQuery({ queryKey: ['accounts', id], queryFn: () => get<Account>(`/accounts/${id}`) });
	const { accountId: ownAccountId } = useSession();
	const back = ownAccountId === undefined && <BackLink to="/console/accounts">{say.back}</BackLink>;
	const account = stillThere(found);
	if (!account) return <UnknownYet title={say.title} notThere={say.notThere} {...{ back, found }} />;
	const choose = (): void => chooseAccount(id);
	const about = (
		<Group component="span" gap="xs">
			{back}
			<Copyable value={id} />
		</Group>
	);
	return (
		<Page title={account.name} about={about} actions={<RenameAccount account={account} />}>
			<Tokens account={account} />
			<Card title={say.elsewhere}>
				<Group gap="lg">
					<LinkTo to="/console/instances" onClick={choose}>
						{say.instances}
					</LinkTo>
					<LinkTo to="/console/webhooks" onClick={choose}>
						{say.webhooks}
					</LinkTo>
					<LinkTo to="/console/desk/settings" onClick={choose}>
						{say.desk}
					</LinkTo>
					<LinkTo to="/console/audit" onClick={choose}>
						{say.audit}
					</LinkTo>
				</Group>
			</Card>
			<Applications accountId={id} />
			<PersonalData accountId={id} />
			<Uploads accountId={id} />
		</Page>
	);
}

function Tokens({ account }: { readonly account: Account }) {
	const say = useWords(WORDS);
	const queries = useQueryClient();
	const sending = useSending();
	const [made, setMade] = useState<AccountCreated>();
	const { id, clientTokenEnforced } = account;
	const enforce = (enforced: boolean): void =>
		sending.send(
			() => change<Account>('PUT', `/accounts/${id}/client-token`, { enforced }),
			(changed) => queries.setQueryData(['accounts', id], changed),
		);
	const confirm = useConfirm(() => ({
		title: say.renewTitle,
		text: say.renewText,
		verb: say.renew,
		act: async () => setMade(await change<AccountCreated>('POST', `/accounts/${id}/tokens`)),
	}));
	return (
		<Card title={say.tokens}>
			<Stack>
				<Group justify="space-between" gap="md">
					<Switch
						label={<Text size="sm">{say.enforce}</Text>}
						checked={clientTokenEnforced}
						disabled={sending.isSending}
						onChange={(event) => enforce(event.currentTarget.checked)}
					/>
					<Button variant="default" size="xs" onClick={() => confirm.ask()}>
						{say.renew}
					</Button>
				</Group>
				{sending.error !== undefined && <Problem error={sending.error} />}
			</Stack>
			{confirm.dialog}
			{made && (
				<ShownOnce
					title={say.made}
					secrets={[
						{ name: say.plugchat, value: made.token },
						{ name: say.clientToken, value: made.clientToken },
					]}
					onClose={() => setMade(undefined)}
				/>
			)}
		</Card>
	);
}
