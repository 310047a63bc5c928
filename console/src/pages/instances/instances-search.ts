/** What the address of the list says: which instances are shown. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Instance } from '../../api/views.ts';

export interface InstancesSearch {
	/** Part of a name or a number. */
	readonly q?: string;
	readonly state?: Instance['state'];
}

export function readInstancesSearch(search: Record<string, unknown>): InstancesSearch {
	const { q, state } = search;
	return {
		...((typeof q === 'string' && q !== '') || typeof q === 'number' ? { q: String(q) } : {}),
		...(state === 'connected' || state === 'disconnected' ? { state } : {}),
	};
}

export function useInstancesSearch(): readonly [
	InstancesSearch,
	(change: { readonly [K in keyof InstancesSearch]: InstancesSearch[K] | undefined }) => void,
] {
	const search = readInstancesSearch(useSearch({ strict: false }));
	const navigate = useNavigate();
	return [
		search,
		// One may come while another is on its way.
		(change) =>
			void navigate({
				to: '/console/instances',
				search: (before) => readInstancesSearch({ ...before, ...change }),
				replace: true,
			}),
	];
}
