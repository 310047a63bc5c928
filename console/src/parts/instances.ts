/** The instances, of an account or of all. */
import { queryOptions } from '@tanstack/react-query';
import { get } from '../api/http.ts';
import type { Instance } from '../api/views.ts';

export const instancesQuery = (accountId: string | undefined) =>
	queryOptions({
		queryKey: ['instances', 'list', accountId ?? 'all'],
		queryFn: async ({ signal }): Promise<readonly Instance[]> => {
			const path = accountId === undefined ? '/instances' : `/accounts/${accountId}/instances`;
			return (await get<{ items: readonly Instance[] }>(path, {}, signal)).items;
		},
	});
