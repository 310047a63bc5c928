/** The customers of the gateway. */
import { Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Building2, Plus } from 'lucide-react';
import { useState } from 'react';
import { change } from '../../api/http.ts';
import { isEmpty, usePaged } from '../../api/pages.ts';
import { useSession } from '../../api/session.ts';
import type { Account, AccountCreated } from '../../api/views.ts';
import { dateMinute } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import { Copyable } from '../../parts/copy.tsx';
import { Empty } from '../../parts/empty.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { LinkTo } from '../../parts/link-to.tsx';
import { Listed } from '../../parts/listed.tsx';
import { Page } from '../../parts/page.tsx';
import { useSending } from '../../parts/sending.ts';
import { ShownOnce } from '../../parts/shown-once.tsx';
import { AccountView } from './account-view.tsx';

const WORDS = words({
	en: {
		title: 'Accounts',
		about: 'The customers of the gateway. Everything belongs to one.',
		create: 'New account',
		verb: 'Create',
		name: 'Name',
		none: 'No account yet',
		noneAbout: 'An account has instances (phone numbers), webhooks, operators and tokens.',
		made: (name: string) => `Tokens of ${name}`,
		since: (at: string) => `Since ${at}`,
		plugchat: 'Plugchat token',
		clientToken: 'Z-API Client-Token',
	},
	pt: {
		title: 'Contas',
		about: 'Os clientes do gateway. Tudo pertence a uma conta.',
		create: 'Nova conta',
		verb: 'Criar',
		name: 'Nome',
		none: 'Nenhuma conta ainda',
		noneAbout: 'Uma conta tem instâncias (números), webhooks, operadores e tokens.',
		made: (name: string) => `Tokens de ${name}`,
		since: (at: string) => `Desde ${at}`,
		plugchat: 'Token do Plugchat',
		clientToken: 'Client-Token do Z-API',
	},
});

/** Whoever is confined to an account sees that one. */
export function AccountsPage() {
	const { accountId } = useSession();
	return accountId === undefined ? <AllAccounts /> : <AccountView accountId={accountId} />;
}

function AllAccounts() {
	const say = useWords(WORDS);
	const queries = useQueryClient();
	const navigate = useNavigate();
	const list = usePaged<Account>(['accounts', 'pages'], '/accounts');
	const [isCreating, setCreating] = useState(false);
	const [made, setMade] = useState<AccountCreated>();
	const create = (): void => setCreating(true);
	return (
		<Page title={say.title} about={say.about} actions={isEmpty(list) ? undefined : <CreateButton onClick={create} />}>
			<Listed
				list={list}
				empty={
					<Empty icon={Building2} title={say.none} action={<CreateButton onClick={create} />}>
						{say.noneAbout}
					</Empty>
				}
			>
				{(accounts) => (
					<Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
						{accounts.map(({ id, name, createdAt }) => (
							<Paper key={id} component="li" withBorder p="md" bg="var(--recado-surface)">
								<Group justify="space-between" gap="sm">
									<LinkTo to="/console/accounts/$accountId" params={{ accountId: id }} fw={600} style={{ overflowWrap: 'anywhere' }}>
										{name}
									</LinkTo>
									<Group gap="md" miw={0}>
										<Text size="sm" c="dimmed">
											{say.since(dateMinute(createdAt))}
										</Text>
										<Copyable value={id} />
									</Group>
								</Group>
							</Paper>
						))}
					</Stack>
				)}
			</Listed>
			{isCreating && (
				<NewAccount
					onClose={() => setCreating(false)}
					onMade={(account) => {
						setCreating(false);
						setMade(account);
						void queries.invalidateQueries({ queryKey: ['accounts'] });
					}}
				/>
			)}
			{made && (
				<ShownOnce
					title={say.made(made.name)}
					secrets={[
						{ name: say.plugchat, value: made.token },
						{ name: say.clientToken, value: made.clientToken },
					]}
					onClose={() => void navigate({ to: '/console/accounts/$accountId', params: { accountId: made.id } })}
				/>
			)}
		</Page>
	);
}

function CreateButton({ onClick }: { readonly onClick: () => void }) {
	const say = useWords(WORDS);
	return (
		<Button leftSection={<Plus size={16} aria-hidden />} onClick={onClick}>
			{say.create}
		</Button>
	);
}

function NewAccount({ onMade, onClose }: { readonly onMade: (account: AccountCreated) => void; readonly onClose: () => void }) {
	const say = useWords(WORDS);
	const sending = useSending();
	const [name, setName] = useState('');
	return (
		<FormDialog
			title={say.create}
			verb={say.verb}
			sending={sending}
			canSend={name.trim() !== ''}
			onSend={() => sending.send(() => change<AccountCreated>('POST', '/accounts', { name }), onMade)}
			onClose={onClose}
		>
			<TextInput
				label={say.name}
				value={name}
				onChange={(event) => setName(event.currentTarget.value)}
				error={sending.faultOf('name')}
				required
				data-autofocus
			/>
		</FormDialog>
	);
}
