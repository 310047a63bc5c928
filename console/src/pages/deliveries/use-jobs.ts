/** Jobs: many deliveries replayed or discarded, a batch at a time. */
import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { change, get } from '../../api/http.ts';
import type { PageOf } from '../../api/pages.ts';
import type { Job } from '../../api/views.ts';
import { useChosenAccount } from '../../parts/chosen-account.ts';

/** While one is under way its progress is asked for; otherwise only whether somebody began one. */
const ACTIVE_MS = 1_000;
const QUIET_MS = 15_000;
const SHOWN = 50;

/** Of the chosen account, or of all. */
export function useJobs(): UseQueryResult<readonly Job[]> {
	const accountId = useChosenAccount();
	return useQuery({
		queryKey: ['jobs', 'list', accountId],
		queryFn: async ({ signal }) => (await get<PageOf<Job>>('/jobs', { accountId, limit: SHOWN }, signal)).items,
		refetchInterval: ({ state }) => (state.data?.some(isActive) ? ACTIVE_MS : QUIET_MS),
	});
}

export function useActiveJobs(): number {
	return useJobs().data?.filter(isActive).length ?? 0;
}

/** A paused one waits for a person. */
export function isActive({ state }: Job): boolean {
	return state === 'counting' || state === 'running';
}

export function isFinal({ state }: Job): boolean {
	return state === 'cancelled' || state === 'done';
}

export function useJobChange(): (job: Job, verb: 'pause' | 'resume' | 'cancel') => Promise<void> {
	const client = useQueryClient();
	return async (job, verb) => {
		await change('POST', `/jobs/${job.id}/${verb}`);
		await client.invalidateQueries({ queryKey: ['jobs'] });
	};
}
