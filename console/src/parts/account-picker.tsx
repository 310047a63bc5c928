/** One account, found by a part of its name: the gateway looks for it, so that each can be chosen however many there are. */
import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from '../api/http.ts';
import type { PageOf } from '../api/pages.ts';
import type { Account } from '../api/views.ts';
import { useWords, words } from '../i18n/words.ts';
import { useAccountList } from './chosen-account.ts';
import { namesToldApart, nameWithId } from './told-apart.ts';

const WORDS = words({
	en: { more: 'There are more: write a part of the name', none: 'No account is called so', looking: 'Looking…' },
	pt: { more: 'Há mais: escreva parte do nome', none: 'Nenhuma conta com esse nome', looking: 'Procurando…' },
});

/** Nobody reads through more of them. */
const SHOWN_MAX = 100;
/** After the last key. */
const TYPED_MS = 250;
/** The value of the line that says that there are more: no account's id. */
const MORE = 'more';

type Chosen = 'data' | 'value' | 'onChange' | 'searchable' | 'filter' | 'onSearchChange' | 'onDropdownOpen' | 'onDropdownClose';

export interface AccountPickerProps extends Omit<SelectProps, Chosen> {
	readonly chosen: string | undefined;
	readonly onChoose: (id: string | undefined) => void;
}

export function AccountPicker({ chosen: chosenId, onChoose, ...rest }: AccountPickerProps) {
	const say = useWords(WORDS);
	const client = useQueryClient();
	const [typed, setTyped] = useState('');
	const [isOpen, setOpen] = useState(false);
	const chosen = useAccount(chosenId);
	const known = useAccountList().data ?? [];
	const [sought] = useDebouncedValue(typed, TYPED_MS);
	// What stands there of the one that is chosen is nothing that was written.
	const isOfChosen = chosen !== undefined && (sought === chosen.name || sought === nameWithId(chosen));
	const { accounts, hasMore, isLooking } = useFound(isOfChosen ? '' : sought.trim(), isOpen);
	// Whatever else is found: what is chosen keeps its name.
	const all = chosen === undefined || accounts.some(({ id }) => id === chosen.id) ? accounts : [chosen, ...accounts];
	const nameOf = namesToldApart([...known, ...all]);
	const options = all.map((account) => ({ value: account.id, label: nameOf(account) }));
	return (
		<Select
			{...rest}
			searchable
			nothingFoundMessage={isLooking || sought !== typed ? say.looking : say.none}
			value={chosenId ?? null}
			data={hasMore ? [...options, { value: MORE, label: say.more, disabled: true }] : options}
			// What is there is narrowed with each key, before the gateway has looked.
			filter={({ options: shown, search }) => {
				const part = search.trim().toLowerCase();
				return shown.filter((one) => 'value' in one && (one.value === MORE || one.label.toLowerCase().includes(part)));
			}}
			onSearchChange={setTyped}
			onDropdownOpen={() => setOpen(true)}
			onDropdownClose={() => setOpen(false)}
			onChange={(id) => {
				const account = all.find((one) => one.id === id);
				if (account) client.setQueryData(['accounts', account.id], account);
				onChoose(account?.id);
			}}
		/>
	);
}

interface Found {
	readonly accounts: readonly Account[];
	readonly hasMore: boolean;
	readonly isLooking: boolean;
}

/** Asked for while the picker is open; what is known is there at once. */
function useFound(name: string, isOpen: boolean): Found {
	const known = useAccountList().data ?? [];
	const { data, isFetching } = useQuery({
		queryKey: ['accounts', 'named', name],
		queryFn: ({ signal }) => firstNamed(name, signal),
		enabled: isOpen,
		placeholderData: (before) => before,
	});
	const accounts = data?.items ?? known.slice(0, SHOWN_MAX);
	return { accounts, hasMore: data ? data.next !== undefined : known.length > SHOWN_MAX, isLooking: isFetching };
}

/** The gateway looks at so many for a page: where it is not full the next one is asked for. */
async function firstNamed(name: string, signal: AbortSignal): Promise<PageOf<Account>> {
	const items: Account[] = [];
	let cursor: string | undefined;
	do {
		const page = await get<PageOf<Account>>('/accounts', { name, limit: SHOWN_MAX - items.length, cursor }, signal);
		items.push(...page.items);
		cursor = page.next;
	} while (cursor !== undefined && items.length < SHOWN_MAX);
	return { items, ...(cursor === undefined ? {} : { next: cursor }) };
}

/** Undefined while it is not known, too. */
function useAccount(id: string | undefined): Account | undefined {
	const { data: accounts } = useAccountList();
	const listed = accounts?.find((one) => one.id === id);
	const { data } = useQuery({
		queryKey: ['accounts', id],
		queryFn: ({ signal }) => get<Account>(`/accounts/${id}`, {}, signal),
		enabled: id !== undefined && accounts !== undefined && listed === undefined,
	});
	return listed ?? data;
}
