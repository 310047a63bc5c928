/** Everything that each page stands in: colours, words, what was fetched, and the way from page to page. */
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { queryClient } from './api/query-client.ts';
import { useLanguage } from './i18n/language.ts';
import { NONCE } from './nonce.ts';
import { useIsTold } from './parts/told.ts';
import { router } from './router.tsx';
import { THEME, VARIABLES } from './theme.ts';

const News = lazy(async () => ({ default: (await import('./shell/news.tsx')).News }));

const colorScheme = localStorageColorSchemeManager({ key: 'recado.colours' });

export function App() {
	const language = useLanguage();
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
				<Suspense>
					<News />
				</Suspense>
			)}
			<QueryClientProvider client={queryClient}>
				<RouterProvider router={router} key={language} />
			</QueryClientProvider>
		</MantineProvider>
	);
}
