/** What is in force where a webhook has no limit of its own: what the gateway runs with. */
import { useQuery } from '@tanstack/react-query';
import { get } from '../../api/http.ts';
import { lacking, useSession } from '../../api/session.ts';
import type { Settings } from '../../api/views.ts';

/** By the name of the option, as it is written there; undefined until it is known, and for tokens that may not see what the gateway runs with. */
export function useInForce(): (option: string) => string | undefined {
	const session = useSession();
	const { data } = useQuery({
		queryKey: ['settings'],
		queryFn: () => get<Settings>('/settings'),
		enabled: session.accountId === undefined && lacking(session, ['admin']).length === 0,
		// It changes with a restart alone.
		staleTime: Number.POSITIVE_INFINITY,
	});
	const options = data?.groups.flatMap(({ settings }) => settings) ?? [];
	return (option) => options.find(({ name }) => name === option)?.value;
}
