/** What was fetched. Fresh for a moment; the live stream says earlier what has changed. */
import { QueryClient } from '@tanstack/react-query';
import { whenLanguageChanges } from '../i18n/language.ts';
import { Refused } from './http.ts';
import { isAway, whenBack } from './reach.ts';

const FRESH_MS = 5_000;
const RETRIES = 2;
/** The first after one second, and each after twice as long. */
const RETRY_MS = 1_000;
const RETRY_MS_MAX = 4_000;

export const queryClient: QueryClient = new QueryClient({
	defaultOptions: {
		queries: {
			staleTime: FRESH_MS,
			// A gateway on this machine is there without any network.
			networkMode: 'always',
			// What the gateway refused is refused the next time as well. While it is away that is told for all pages at once, and each waits for it.
			retry: (failures, error) => (isAway() && isUnreachable(error)) || (failures < RETRIES && !isRefused(error)),
			retryDelay: (failures) => Math.min(RETRY_MS * 2 ** failures, RETRY_MS_MAX),
		},
	},
});

// Why something could not be fetched was told in the language before.
whenLanguageChanges(() => void queryClient.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' }));

// Much may have happened meanwhile.
whenBack(() => void refetchAll());

/** All that is shown, but for who is signed in. */
export async function refetchAll(): Promise<void> {
	await queryClient.invalidateQueries({ predicate: ({ queryKey: [about] }) => about !== 'session' });
}

/** What a change has answered: a look that began before it is not to be written over it. */
export async function keepAnswer<T>(queryKey: readonly unknown[], answer: T): Promise<void> {
	await queryClient.cancelQueries({ queryKey, exact: true });
	queryClient.setQueryData<T>(queryKey, answer);
}

function isUnreachable(error: unknown): boolean {
	return error instanceof Refused && error.status === 0;
}

function isRefused(error: unknown): boolean {
	return error instanceof Refused && error.status >= 400 && error.status < 500;
}
