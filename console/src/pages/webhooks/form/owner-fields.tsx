/** Whose webhook it will be, and in which dialect it is told: chosen once. */
import { Group, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useWords, words } from '../../../i18n/words.ts';
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

/** More are found by writing. */
const OPTIONS_MAX = 100;

export function OwnerFields({ draft, onChange, sending }: FieldsProps) {
	const say = useWords(WORDS);
	const accounts = useAccounts();
	const { data: instances = [] } = useQuery({ ...instancesQuery(draft.accountId), enabled: draft.accountId !== undefined });
	const forms = FORMS_OF[draft.dialect];
	return (
		<>
			<Group grow align="flex-start" preventGrowOverflow={false}>
				{accounts.length > 1 && (
					<Select
						label={say.account}
						required
						searchable
						limit={OPTIONS_MAX}
						allowDeselect={false}
						miw={180}
						value={draft.accountId ?? null}
						error={sending.faultOf('accountId')}
						data={accounts.map(({ id, name }) => ({ value: id, label: name }))}
						onChange={(id) => onChange({ ...draft, accountId: id ?? undefined, instanceId: undefined })}
					/>
				)}
				<Select
					label={say.instance}
					searchable
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
