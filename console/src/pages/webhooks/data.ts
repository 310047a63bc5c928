/** The webhooks as the gateway tells them, live, and what is done to one. */
import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { get } from '../../api/http.ts';
import type { PageOf } from '../../api/pages.ts';
import { useStream } from '../../api/stream.ts';
import type { Delivery, Webhook, WebhookPast } from '../../api/views.ts';
import { isNotThere } from '../../parts/not-there.tsx';

interface All<T> {
	readonly items: readonly T[];
}

/** For when the stream is lost, and for what it does not tell: when the next probe is, how much waits. */
const LOOK_AGAIN_MS = 10_000;
/** While a receiver fails each probe changes something. */
const FAILING_MS = 1_500;
/** No more are counted: the gateway counts none for us. */
export const WAITING_COUNTED_MAX = 100;

export function useWebhooks(accountId: string | undefined): UseQueryResult<readonly Webhook[]> {
	return useQuery({
		// As in known-webhooks.ts: fetched once for both.
		queryKey: ['webhooks', { accountId }],
		queryFn: ({ signal }) => get<All<Webhook>>('/webhooks', { accountId }, signal),
		refetchInterval: LOOK_AGAIN_MS,
		select: inOrder,
	});
}

/** What needs a person first, then the newest. */
function inOrder({ items }: All<Webhook>): readonly Webhook[] {
	const rank = ({ status }: Webhook): number => ['failing', 'disabled', 'ending', 'active'].indexOf(status);
	return items.toSorted((one, other) => rank(one) - rank(other) || other.createdAt.localeCompare(one.createdAt));
}

export function useWebhook(id: string): UseQueryResult<Webhook> {
	return useQuery({
		queryKey: ['webhooks', id],
		queryFn: ({ signal }) => get<Webhook>(`/webhooks/${id}`, {}, signal),
		refetchInterval: ({ state }) =>
			!isNotThere(state.error) && (state.data && state.data.circuit.state !== 'closed' ? FAILING_MS : LOOK_AGAIN_MS),
	});
}

export function useHistory(id: string): UseQueryResult<readonly WebhookPast[]> {
	return useQuery({
		queryKey: ['webhooks', id, 'history'],
		queryFn: async ({ signal }) => (await get<All<WebhookPast>>(`/webhooks/${id}/history`, {}, signal)).items,
		refetchInterval: LOOK_AGAIN_MS,
	});
}

/** How many deliveries of it wait, up to `WAITING_COUNTED_MAX`. */
export function useWaiting(webhookId: string): UseQueryResult<number> {
	return useQuery({
		queryKey: ['deliveries', 'waiting', webhookId],
		queryFn: async ({ signal }) =>
			(await get<PageOf<Delivery>>('/deliveries', { webhookId, state: 'pending', limit: WAITING_COUNTED_MAX }, signal)).items.length,
		refetchInterval: LOOK_AGAIN_MS,
	});
}

/** For when nothing was delivered yet: it may be any time. */
const UNANSWERED_MS = 60_000;

/** Whether a delivery of it is kept that its receiver took. */
export function useHasAnswered(webhookId: string): UseQueryResult<boolean> {
	return useQuery({
		queryKey: ['deliveries', 'answered', webhookId],
		queryFn: async ({ signal }) =>
			(await get<PageOf<Delivery>>('/deliveries', { webhookId, state: 'delivered', limit: 1 }, signal)).items.length > 0,
		staleTime: ({ state }) => (state.data === true ? Number.POSITIVE_INFINITY : UNANSWERED_MS),
		refetchInterval: ({ state }) => (state.data === true ? false : UNANSWERED_MS),
	});
}

/** Looks again where the gateway says that webhooks have changed. */
export function useWebhookHints(accountId: string | undefined): void {
	const client = useQueryClient();
	useStream(['changed'], { accountId }, (_kind, data) => {
		if ((data as { readonly what?: string }).what !== 'webhooks') return;
		void client.invalidateQueries({ queryKey: ['webhooks'] });
		void client.invalidateQueries({ queryKey: ['deliveries', 'waiting'] });
	});
}
