/** What the address of the list says: which webhooks are shown, and whether a new one is being made. */
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useRef } from 'react';
import type { Webhook } from '../../api/views.ts';
import { DIALECT_NAMES } from '../../parts/dialect-names.ts';

export type Dialect = Webhook['dialect'];
export type WebhookStatus = Webhook['status'];

export const DIALECTS = Object.keys(DIALECT_NAMES) as readonly Dialect[];
export const STATUSES: readonly WebhookStatus[] = ['active', 'failing', 'disabled', 'ending'];

export interface WebhooksSearch {
	/** Part of an address, of a name or of an id. */
	readonly q?: string;
	readonly status?: WebhookStatus;
	readonly dialect?: Dialect;
	/** The form of a new one is open. */
	readonly create?: true;
	/** For which instance the new one is. */
	readonly instance?: string;
}

export function readWebhooksSearch(search: Record<string, unknown>): WebhooksSearch {
	const { q, status, dialect, create, instance } = search;
	const knownStatus = STATUSES.find((one) => one === status);
	const knownDialect = DIALECTS.find((one) => one === dialect);
	return {
		...((typeof q === 'string' && q !== '') || typeof q === 'number' ? { q: String(q) } : {}),
		...(knownStatus === undefined ? {} : { status: knownStatus }),
		...(knownDialect === undefined ? {} : { dialect: knownDialect }),
		...(create === true ? { create } : {}),
		...(typeof instance === 'string' ? { instance } : {}),
	};
}

type Change = { readonly [K in keyof WebhooksSearch]: WebhooksSearch[K] | undefined };

export function useWebhooksSearch(): readonly [WebhooksSearch, (change: Change) => void] {
	const search = readWebhooksSearch(useSearch({ strict: false }));
	const navigate = useNavigate();
	return [
		search,
		// One may come while another is on its way.
		(change) =>
			void navigate({
				to: '/console/webhooks',
				search: (before) => readWebhooksSearch({ ...before, ...change }),
				replace: true,
			}),
	];
}

/** The form of a new one is an entry of its own in the browser's history: the way back closes it and stays on the page. */
export function useNewWebhook(): { readonly open: () => void; readonly close: () => void } {
	const navigate = useNavigate();
	const { history } = useRouter();
	// By a link the page was not there before: there is nothing of it to go back to.
	const isOpenedHere = useRef(false);
	return {
		open: () => {
			isOpenedHere.current = true;
			void navigate({ to: '/console/webhooks', search: (before) => readWebhooksSearch({ ...before, create: true }) });
		},
		close: () => {
			if (isOpenedHere.current) {
				// Closed twice in a row it is gone back once.
				isOpenedHere.current = false;
				return history.back();
			}
			void navigate({
				to: '/console/webhooks',
				search: (before) => readWebhooksSearch({ ...before, create: undefined, instance: undefined }),
				replace: true,
			});
		},
	};
}
