/** The instances, of an account or of all; not asked for by a token that may not see them. */
import { queryOptions } from '@tanstack/react-query';
import { get } from '../api/http.ts';
import { lacks } from '../api/session.ts';
import type { Instance } from '../api/views.ts';

export const instancesQuery = (accountId: string | undefined) =>
	queryOptions({
		queryKey: ['instances', 'list', accountId ?? 'all'],
		enabled: !lacks('accounts:manage'),
		queryFn: async ({ signal }): Promise<readonly Instance[]> => {
			const path = accountId === undefined ? '/instances' : `/accounts/${accountId}/instances`;
			return (await get<{ items: readonly Instance[] }>(path, {}, signal)).items;
		},
	});
