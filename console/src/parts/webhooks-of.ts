/** The webhooks that hear of an instance: its own, and those of its whole account. */
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { get } from '../api/http.ts';
import type { Instance, Webhook } from '../api/views.ts';

export function useWebhooksOf({ id, accountId }: Instance): UseQueryResult<readonly Webhook[]> {
	return useQuery({
		// As in known-webhooks.ts: fetched once for both.
		queryKey: ['webhooks', { accountId }],
		queryFn: () => get<{ readonly items: readonly Webhook[] }>('/webhooks', { accountId }),
		select: ({ items }) => items.filter(({ instanceId }) => instanceId === undefined || instanceId === id),
	});
}
