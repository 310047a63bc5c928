/** The names of who does things and of what is done to: the log itself keeps ids. */
import { useQuery } from '@tanstack/react-query';
import { usePaged } from '../../api/pages.ts';
import type { ApiToken, StaffMember } from '../../api/views.ts';
import { useWords } from '../../i18n/words.ts';
import { useAccounts, useChosenAccount } from '../../parts/chosen-account.ts';
import { instancesQuery } from '../../parts/instances.ts';
import { addressOf, useKnownWebhooks } from '../../parts/known-webhooks.ts';
import { AUDIT_WORDS } from './audit-words.ts';

/** What an id stands for; undefined where it is gone, or of a kind that has no name. */
export function useNames(accountId: string | undefined): (id: string) => string | undefined {
	const { byId } = useKnownWebhooks(accountId);
	const { data: instances = [] } = useQuery(instancesQuery(accountId));
	const accounts = useAccounts();
	return (id) => {
		const webhook = byId.get(id);
		return webhook ? addressOf(webhook) : [...instances, ...accounts].find((one) => one.id === id)?.name;
	};
}

interface Actor {
	readonly value: string;
	readonly label: string;
}

/**
 * Who can be filtered by, by name: the administrator, API tokens, and the operators of the chosen account.
 * @param id who is filtered by now; one that is not known otherwise is there by the id
 */
export function useActors(id: string | undefined): readonly Actor[] {
	const { kinds } = useWords(AUDIT_WORDS);
	const accountId = useChosenAccount();
	const { items: tokens } = usePaged<ApiToken>(['tokens'], '/tokens', { accountId });
	const { items: operators } = usePaged<StaffMember>(
		['operators', accountId],
		`/accounts/${accountId}/operators`,
		{},
		{ isEnabled: accountId !== undefined },
	);
	const known: readonly Actor[] = [
		{ value: 'admin', label: kinds.admin },
		...tokens.map((token) => ({ value: token.id, label: `${kinds.token} ${token.name}` })),
		...operators.map((operator) => ({ value: operator.id, label: `${kinds.operator} ${operator.name}` })),
	];
	const isKnown = id === undefined || id === '' || known.some(({ value }) => value === id);
	return isKnown ? known : [...known, { value: id, label: id }];
}
