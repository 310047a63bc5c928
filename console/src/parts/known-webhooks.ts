/** The webhooks, to say which one a delivery is for. */
import { useQuery } from '@tanstack/react-query';
import { get } from '../api/http.ts';
import type { Webhook } from '../api/views.ts';

export interface KnownWebhooks {
	readonly all: readonly Webhook[];
	readonly byId: ReadonlyMap<string, Webhook>;
}

const NONE: KnownWebhooks = { all: [], byId: new Map() };

export function useKnownWebhooks(accountId: string | undefined): KnownWebhooks {
	const { data } = useQuery({
		queryKey: ['webhooks', { accountId }],
		queryFn: () => get<{ readonly items: readonly Webhook[] }>('/webhooks', { accountId }),
		select: known,
	});
	return data ?? NONE;
}

/** `example.com/hooks`; its id where it is not an address. */
export function addressOf({ url }: Webhook): string {
	return url.replace(/^https?:\/\//, '');
}

function known({ items }: { readonly items: readonly Webhook[] }): KnownWebhooks {
	return { all: items, byId: new Map(items.map((webhook) => [webhook.id, webhook])) };
}
