import { Select } from '@mantine/core';
import type { Account } from '../api/views.ts';

/** More are found by writing. */
const OPTIONS_MAX = 100;

export interface AccountSelectProps {
	readonly label: string;
	/** For all accounts. */
	readonly placeholder: string;
	readonly accounts: readonly Account[];
	readonly chosen: string | undefined;
	readonly onChoose: (id: string | undefined) => void;
}

export function AccountSelect({ label, placeholder, accounts, chosen, onChoose }: AccountSelectProps) {
	return (
		<Select
			aria-label={label}
			size="xs"
			w={{ base: 130, sm: 220 }}
			searchable
			clearable
			limit={OPTIONS_MAX}
			placeholder={placeholder}
			value={chosen ?? null}
			data={accounts.map(({ id, name }) => ({ value: id, label: name }))}
			onChange={(id) => onChoose(id ?? undefined)}
		/>
	);
}
