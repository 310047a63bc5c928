/** API tokens: what programs come in with. */
import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { change } from '../../api/http.ts';
import { usePaged } from '../../api/pages.ts';
import type { ApiToken, ApiTokenCreated } from '../../api/views.ts';
import { dateMinute } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import { useAccountNames, useChosenAccount } from '../../parts/chosen-account.ts';
import { useConfirm } from '../../parts/confirm.tsx';
import { Copyable } from '../../parts/copy.tsx';
import { ListPage } from '../../parts/list-page.tsx';
import { ShownOnce } from '../../parts/shown-once.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { When } from '../../parts/when.tsx';
import { NewToken } from './new-token.tsx';
import { SCOPE_WORDS } from './scopes.ts';

const WORDS = words({
	en: {
		title: 'API tokens',
		about: 'What programs come in with. Each may do what its scopes say, until it expires or is revoked.',
		create: 'New token',
		none: 'No token yet',
		noneAbout: 'A token lets a program use the API with less than everything the administrator may do.',
		made: 'The new token',
		token: 'Token',
		everywhere: 'All accounts',
		used: 'Last used',
		never: 'Never used',
		expires: (at: string) => `Expires ${at}`,
		active: 'Active',
		expired: 'Expired',
		revoked: 'Revoked',
		revoke: 'Revoke',
		revokeTitle: (name: string) => `Revoke “${name}”?`,
		revokeText: 'Whoever uses it is shut out at once, for good.',
	},
	pt: {
		title: 'Tokens de API',
		about: 'Com o que os programas entram. Cada um pode fazer o que seus escopos dizem, até expirar ou ser revogado.',
		create: 'Novo token',
		none: 'Nenhum token ainda',
		noneAbout: 'Um token deixa um programa usar a API com menos do que tudo o que o administrador pode.',
		made: 'O novo token',
		token: 'Token',
		everywhere: 'Todas as contas',
		used: 'Último uso',
		never: 'Nunca usado',
		expires: (at: string) => `Expira em ${at}`,
		active: 'Ativo',
		expired: 'Expirado',
		revoked: 'Revogado',
		revoke: 'Revogar',
		revokeTitle: (name: string) => `Revogar “${name}”?`,
		revokeText: 'Quem o usa perde o acesso na hora, para sempre.',
	},
});

export function TokensPage() {
	const say = useWords(WORDS);
	const queries = useQueryClient();
	const accountId = useChosenAccount();
	const list = usePaged<ApiToken>(['tokens'], '/tokens', { accountId });
	const [isCreating, setCreating] = useState(false);
	const [made, setMade] = useState<ApiTokenCreated>();
	const refresh = () => queries.invalidateQueries({ queryKey: ['tokens'] });
	const confirm = useConfirm(({ id, name }: ApiToken) => ({
		title: say.revokeTitle(name),
		text: say.revokeText,
		verb: say.revoke,
		act: async () => {
			await change('POST', `/tokens/${id}/revoke`);
			await refresh();
		},
	}));
	return (
		<ListPage
			say={say}
			icon={KeyRound}
			list={list}
			onCreate={() => setCreating(true)}
			row={(token) => <TokenRow key={token.id} token={token} onRevoke={() => confirm.ask(token)} />}
		>
			{isCreating && (
				<NewToken
					onClose={() => setCreating(false)}
					onMade={(token) => {
						setCreating(false);
						setMade(token);
						void refresh();
					}}
				/>
			)}
			{made && <ShownOnce title={say.made} secrets={[{ name: say.token, value: made.token }]} onClose={() => setMade(undefined)} />}
			{confirm.dialog}
		</ListPage>
	);
}

function TokenRow({ token, onRevoke }: { readonly token: ApiToken; readonly onRevoke: () => void }) {
	const say = useWords(WORDS);
	const sayScope = useWords(SCOPE_WORDS);
	const nameOf = useAccountNames();
	const { id, name, scopes, accountId, lastUsedAt, expiresAt, revokedAt } = token;
	const isExpired = expiresAt !== undefined && new Date(expiresAt).getTime() <= Date.now();
	const isActive = revokedAt === undefined && !isExpired;
	const account = accountId === undefined ? say.everywhere : (nameOf(accountId) ?? accountId);
	return (
		<Paper component="li" withBorder p="md" bg="var(--recado-surface)">
			<Group justify="space-between" align="flex-start" gap="sm">
				<Stack gap={6} miw={0} flex={1}>
					<Group gap="xs">
						<Text fw={600} style={{ overflowWrap: 'anywhere' }}>
							{name}
						</Text>
						<StateBadge tone={isActive ? 'good' : 'idle'}>
							{revokedAt !== undefined ? say.revoked : isExpired ? say.expired : say.active}
						</StateBadge>
					</Group>
					<Group gap={6}>
						{scopes.map((scope) => (
							<Badge key={scope} variant="default" radius="sm" tt="none" fw={500} title={sayScope[scope]}>
								{scope}
							</Badge>
						))}
					</Group>
					<Group gap="md">
						<Text size="sm" c="dimmed">
							{account}
						</Text>
						<Text size="sm" c="dimmed" component="span">
							{lastUsedAt === undefined ? say.never : <>{say.used} </>}
							{lastUsedAt !== undefined && <When at={lastUsedAt} />}
						</Text>
						{expiresAt !== undefined && !isExpired && (
							<Text size="sm" c="dimmed">
								{say.expires(dateMinute(expiresAt))}
							</Text>
						)}
						<Copyable value={id} />
					</Group>
				</Stack>
				{isActive && (
					<Button variant="default" size="xs" onClick={onRevoke} aria-label={`${say.revoke}: ${name}`}>
						{say.revoke}
					</Button>
				)}
			</Group>
		</Paper>
	);
}
