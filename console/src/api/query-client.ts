/** What was fetched. Fresh for a moment; the live stream says earlier what has changed. */
import { QueryClient } from '@tanstack/react-query';
import { Refused } from './http.ts';

const FRESH_MS = 5_000;
const RETRIES = 2;

export const queryClient: QueryClient = new QueryClient({
	defaultOptions: {
		queries: {
			staleTime: FRESH_MS,
			// What the gateway refused is refused the next time as well; whom it could not reach may be there again.
			retry: (failures, error) => failures < RETRIES && !(error instanceof Refused && error.status >= 400 && error.status < 500),
		},
	},
});
