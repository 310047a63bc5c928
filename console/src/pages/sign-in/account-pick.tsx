/** Of which account, where e-mail and password are those of operators in several. Whoever is asked has the focus there. */
import { Select } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { AccountChoice } from '../../api/http.ts';
import { useWords } from '../../i18n/words.ts';
import { SIGN_IN_WORDS } from './sign-in-words.ts';

export interface AccountPickProps {
	/** Others each time that it is asked. */
	readonly accounts: readonly AccountChoice[];
	readonly chosen: string | undefined;
	readonly onChoose: (id: string) => void;
}

export function AccountPick({ accounts, chosen, onChoose }: AccountPickProps) {
	const say = useWords(SIGN_IN_WORDS);
	const ref = useRef<HTMLInputElement>(null);
	// biome-ignore lint/correctness/useExhaustiveDependencies: they are asked once more
	useEffect(() => ref.current?.focus(), [accounts]);
	const isAlone = (name: string): boolean => accounts.filter((one) => one.name === name).length === 1;
	return (
		<Select
			ref={ref}
			label={say.account}
			description={say.whichAccount}
			data={accounts.map(({ id, name }) => ({ value: id, label: isAlone(name) ? name : `${name} (${id})` }))}
			value={chosen ?? null}
			allowDeselect={false}
			onChange={(id) => id !== null && onChoose(id)}
			// Over a page whose session has ended nothing outside of the dialog can be reached.
			comboboxProps={{ withinPortal: false }}
		/>
	);
}
