/** The form for a new token. */
import { Checkbox, NumberInput, Select, SimpleGrid } from '@mantine/core';
import { useState } from 'react';
import { change } from '../../api/http.ts';
import { useSession } from '../../api/session.ts';
import type { ApiTokenCreated } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { AccountPicker } from '../../parts/account-picker.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { NameField } from '../../parts/name-field.tsx';
import { useSending } from '../../parts/sending.ts';
import { SCOPE_WORDS, SCOPES, type TokenScope } from './scopes.ts';

const WORDS = words({
	en: {
		title: 'New API token',
		verb: 'Create',
		name: 'Name',
		nameAbout: 'Whose it is: a system, a team.',
		account: 'Account',
		all: 'All accounts',
		scopes: 'What it is for',
		expires: 'Expires',
		rate: 'Requests a second',
		rateAbout: 'Empty: the gateway’s limit.',
		never: 'Never',
		days: (days: number) => `In ${days} days`,
	},
	pt: {
		title: 'Novo token de API',
		verb: 'Criar',
		name: 'Nome',
		nameAbout: 'De quem é: um sistema, uma equipe.',
		account: 'Conta',
		all: 'Todas as contas',
		scopes: 'Para que serve',
		expires: 'Expira',
		rate: 'Requisições por segundo',
		rateAbout: 'Vazio: o limite do gateway.',
		never: 'Nunca',
		days: (days: number) => `Em ${days} dias`,
	},
});

const DAY_MS = 86_400_000;
const LIFETIMES = [7, 30, 90, 365];

export function NewToken({ onMade, onClose }: { readonly onMade: (token: ApiTokenCreated) => void; readonly onClose: () => void }) {
	const say = useWords(WORDS);
	const sayScope = useWords(SCOPE_WORDS);
	const { accountId: ownAccountId } = useSession();
	const sending = useSending();
	const [name, setName] = useState('');
	const [accountId, setAccountId] = useState<string>();
	const [scopes, setScopes] = useState<readonly string[]>([]);
	const [days, setDays] = useState<string | null>(null);
	const [rate, setRate] = useState<string | number>('');
	const create = (): void => {
		const account = ownAccountId ?? accountId;
		const body = {
			name: name.trim(),
			scopes,
			...(account === undefined ? {} : { accountId: account }),
			...(days === null ? {} : { expiresAt: new Date(Date.now() + Number(days) * DAY_MS).toISOString() }),
			...(rate === '' ? {} : { requestsPerSecond: Number(rate) }),
		};
		sending.send(() => change<ApiTokenCreated>('POST', '/tokens', body), onMade);
	};
	return (
		<FormDialog
			title={say.title}
			verb={say.verb}
			sending={sending}
			canSend={name.trim() !== '' && scopes.length > 0}
			onSend={create}
			onClose={onClose}
			size="lg"
		>
			<NameField label={say.name} description={say.nameAbout} value={name} onChange={setName} sending={sending} />
			{ownAccountId === undefined && (
				<AccountPicker
					label={say.account}
					placeholder={say.all}
					clearable
					chosen={accountId}
					onChoose={setAccountId}
					error={sending.faultOf('accountId')}
				/>
			)}
			<Checkbox.Group label={say.scopes} value={[...scopes]} onChange={setScopes} required error={sending.faultOf('scopes')}>
				<SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" verticalSpacing="xs" mt="xs">
					{SCOPES.map((scope: TokenScope) => (
						<Checkbox key={scope} value={scope} label={sayScope[scope]} description={scope} />
					))}
				</SimpleGrid>
			</Checkbox.Group>
			<Select
				label={say.expires}
				placeholder={say.never}
				clearable
				data={LIFETIMES.map((lifetime) => ({ value: String(lifetime), label: say.days(lifetime) }))}
				value={days}
				onChange={setDays}
				error={sending.faultOf('expiresAt')}
			/>
			<NumberInput
				label={say.rate}
				description={say.rateAbout}
				min={1}
				value={rate}
				onChange={setRate}
				allowDecimal={false}
				error={sending.faultOf('requestsPerSecond')}
			/>
		</FormDialog>
	);
}
