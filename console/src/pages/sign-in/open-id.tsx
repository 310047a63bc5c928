/** The way in by OpenID Connect, where the gateway has one: a plain link, since the browser leaves for the provider. */
import { Button, Divider, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Building } from 'lucide-react';
import { useState } from 'react';
import { API, get, queryText } from '../../api/http.ts';
import { useWords } from '../../i18n/words.ts';
import { SIGN_IN_WORDS } from './sign-in-words.ts';

export interface OpenIdProps {
	/** Whoever came is an operator of several accounts. */
	readonly asksAccount: boolean;
	/** The page beneath has to stay: in another tab, then. */
	readonly isOverPage: boolean;
}

export function OpenId({ asksAccount, isOverPage }: OpenIdProps) {
	const say = useWords(SIGN_IN_WORDS);
	const [accountId, setAccountId] = useState('');
	const { data } = useQuery({
		queryKey: ['sign-in-methods'],
		queryFn: () => get<{ readonly oidc: boolean }>('/session/methods'),
		staleTime: Number.POSITIVE_INFINITY,
	});
	if (!data?.oidc) return null;
	return (
		<Stack>
			<Divider label={say.or} />
			{asksAccount && (
				<TextInput
					label={say.account}
					description={say.accountAbout}
					placeholder="acc_…"
					value={accountId}
					onChange={(event) => setAccountId(event.currentTarget.value)}
				/>
			)}
			<Button
				component="a"
				target={isOverPage ? '_blank' : undefined}
				href={`${API}/session/oidc${queryText({ accountId: accountId.trim() })}`}
				variant="default"
				leftSection={<Building size={16} aria-hidden />}
				fullWidth
			>
				{say.openId}
			</Button>
		</Stack>
	);
}
