/** Everything that each page stands in: colours, words, what was fetched, and the way from page to page. */
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { CatchBoundary, RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { fetched } from './api/code.ts';
import { queryClient } from './api/query-client.ts';
import { NONCE } from './nonce.ts';
import { useIsTold } from './parts/told.ts';
import { router } from './router.tsx';
import { THEME, VARIABLES } from './theme.ts';

const News = lazy(() => fetched(async () => ({ default: (await import('./shell/news.tsx')).News })));

const colorScheme = localStorageColorSchemeManager({ key: 'recado.colours' });

export function App() {
	const isTold = useIsTold();
	return (
		<MantineProvider
			theme={THEME}
			cssVariablesResolver={VARIABLES}
			colorSchemeManager={colorScheme}
			defaultColorScheme="auto"
			getStyleNonce={() => NONCE}
		>
			{isTold && (
				// Whatever becomes of the news, the page stays.
				<CatchBoundary getResetKey={() => undefined} errorComponent={() => null}>
					<Suspense>
						<News />
					</Suspense>
				</CatchBoundary>
			)}
			<QueryClientProvider client={queryClient}>
				<RouterProvider router={router} />
			</QueryClientProvider>
		</MantineProvider>
	);
}
