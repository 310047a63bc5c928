/** The customers of the gateway. */
import { Group, Paper, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Building2 } from 'lucide-react';
import { useState } from 'react';
import { change } from '../../api/http.ts';
import { usePaged } from '../../api/pages.ts';
import { useSession } from '../../api/session.ts';
import type { Account, AccountCreated } from '../../api/views.ts';
import { dateMinute } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import { Copyable } from '../../parts/copy.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { LinkTo } from '../../parts/link-to.tsx';
import { ListPage } from '../../parts/list-page.tsx';
import { NameField } from '../../parts/name-field.tsx';
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
	return (
		<ListPage
			say={say}
			icon={Building2}
			list={list}
			onCreate={() => setCreating(true)}
			row={({ id, name, createdAt }) => (
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
			)}
		>
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
		</ListPage>
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
			<NameField label={say.name} value={name} onChange={setName} sending={sending} />
		</FormDialog>
	);
}
