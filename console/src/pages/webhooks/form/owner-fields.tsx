/** Whose webhook it will be, and in which dialect it is told: chosen once. */
import { Group, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lacks } from '../../../api/session.ts';
import { useWords, words } from '../../../i18n/words.ts';
import { AccountPicker } from '../../../parts/account-picker.tsx';
import { useAccounts } from '../../../parts/chosen-account.ts';
import { DIALECT_NAMES } from '../../../parts/dialect-names.ts';
import { instancesQuery } from '../../../parts/instances.ts';
import { shownPhone } from '../../../parts/phone-text.ts';
import { FORMS_OF } from '../dialect-events.ts';
import { withDialect } from '../webhook-draft.ts';
import { DIALECTS } from '../webhooks-search.ts';
import type { FieldsProps } from './fields-props.ts';

const WORDS = words({
	en: {
		account: 'Account',
		instance: 'Instance',
		all: 'All of the account',
		closed: 'Choosing one takes a token with the scope accounts:manage.',
		noAccount: 'Choosing the account takes a token with the scope accounts:manage, or one of a single account.',
		dialect: 'API of the payloads',
		form: 'Generation of the payloads',
		forms: {
			app: 'App (usual)',
			flat: 'Flat',
			legacy: 'Legacy',
			'2022-04': 'April 2022',
			'app-page': 'App, with pages',
		} as Readonly<Record<string, string>>,
	},
	pt: {
		account: 'Conta',
		instance: 'Instância',
		all: 'Todas da conta',
		closed: 'Para escolher uma é preciso um token com o escopo accounts:manage.',
		noAccount: 'Para escolher a conta é preciso um token com o escopo accounts:manage, ou um de uma só conta.',
		dialect: 'API dos payloads',
		form: 'Geração dos payloads',
		forms: {
			app: 'App (usual)',
			flat: 'Flat',
			legacy: 'Legada',
			'2022-04': 'Abril de 2022',
			'app-page': 'App, com páginas',
		} as Readonly<Record<string, string>>,
	},
});

export function OwnerFields({ draft, onChange, sending }: FieldsProps) {
	const say = useWords(WORDS);
	const accounts = useAccounts();
	const isOpen = !lacks('accounts:manage');
	const { data: instances = [] } = useQuery({ ...instancesQuery(draft.accountId), enabled: isOpen && draft.accountId !== undefined });
	const forms = FORMS_OF[draft.dialect];
	return (
		<>
			<Group grow align="flex-start" preventGrowOverflow={false}>
				{accounts.length > 1 && (
					<AccountPicker
						label={say.account}
						required
						allowDeselect={false}
						miw={180}
						error={sending.faultOf('accountId')}
						chosen={draft.accountId}
						onChoose={(accountId) => onChange({ ...draft, accountId, instanceId: undefined })}
					/>
				)}
				<Select
					label={say.instance}
					searchable
					description={isOpen ? undefined : draft.accountId === undefined ? say.noAccount : say.closed}
					allowDeselect={false}
					miw={180}
					value={draft.instanceId ?? ''}
					error={sending.faultOf('instanceId')}
					data={[
						{ value: '', label: say.all },
						...instances.map(({ id, name, phone }) => ({ value: id, label: `${name} · ${shownPhone(phone)}` })),
					]}
					onChange={(id) => onChange({ ...draft, instanceId: id || undefined })}
				/>
			</Group>
			<Group grow align="flex-start" preventGrowOverflow={false}>
				<Select
					label={say.dialect}
					allowDeselect={false}
					miw={180}
					value={draft.dialect}
					error={sending.faultOf('dialect')}
					data={DIALECTS.map((value) => ({ value, label: DIALECT_NAMES[value] }))}
					onChange={(value) => onChange(withDialect(draft, DIALECTS.find((one) => one === value) ?? draft.dialect))}
				/>
				{forms && (
					<Select
						label={say.form}
						allowDeselect={false}
						miw={180}
						value={draft.form ?? null}
						error={sending.faultOf('form')}
						data={forms.map((value) => ({ value, label: say.forms[value] ?? value }))}
						onChange={(form) => onChange({ ...draft, form: form ?? undefined })}
					/>
				)}
			</Group>
		</>
	);
}
