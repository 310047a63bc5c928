/** How the gateway does: what needs a person first, then this second, then the last minutes and days. */
import { SegmentedControl, Stack, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { fetched } from '../../api/code.ts';
import { useWords, words } from '../../i18n/words.ts';
import { useChosenAccount } from '../../parts/chosen-account.ts';
import { Loading } from '../../parts/loading.tsx';
import { Card, Page } from '../../parts/page.tsx';
import { Problem } from '../../parts/problem.tsx';
import { AttentionList } from './attention-list.tsx';
import { useFigures, useLive } from './insight.ts';
import { LiveFigures } from './live-figures.tsx';
import { FIGURE_WINDOWS, type FigureWindow } from './search.ts';

const WORDS = words({
	en: {
		title: 'Overview',
		past: 'The last minutes and days',
		window: 'Window',
		windows: { '15m': '15 min', '1h': '1 hour', '24h': '24 hours', '7d': '7 days' },
		partial: 'In some of these hours more accounts were busy than are counted one by one, so that this one is not shown whole.',
	},
	pt: {
		title: 'Visão geral',
		past: 'Os últimos minutos e dias',
		window: 'Período',
		windows: { '15m': '15 min', '1h': '1 hora', '24h': '24 horas', '7d': '7 dias' },
		partial: 'Em algumas destas horas havia mais contas ativas do que se contam uma a uma; por isso esta não aparece por inteiro.',
	},
});

/** Drawing charts is a library of its own: what needs a person is there before it. */
const FigureCharts = lazy(() => fetched(async () => ({ default: (await import('./figure-charts.tsx')).FigureCharts })));

const route = getRouteApi('/signed-in/');

export function OverviewPage() {
	const say = useWords(WORDS);
	const accountId = useChosenAccount();
	const live = useLive(accountId);
	return (
		<Page title={say.title}>
			<AttentionList accountId={accountId} />
			<LiveFigures live={live} />
			<Past accountId={accountId} />
		</Page>
	);
}

function Past({ accountId }: { readonly accountId: string | undefined }) {
	const say = useWords(WORDS);
	const { window = '1h' } = route.useSearch();
	const navigate = route.useNavigate();
	const { data: figures, error, refetch } = useFigures(window, accountId);
	return (
		<Card
			title={say.past}
			actions={
				<SegmentedControl
					aria-label={say.window}
					size="xs"
					value={window}
					data={FIGURE_WINDOWS.map((value) => ({ value, label: say.windows[value] }))}
					onChange={(value) => void navigate({ search: { window: value as FigureWindow }, replace: true, resetScroll: false })}
				/>
			}
		>
			<Stack>
				{error && <Problem error={error} onRetry={() => void refetch()} />}
				{figures?.isPartial && (
					<Text size="sm" c="dimmed">
						{say.partial}
					</Text>
				)}
				{figures ? (
					<Suspense fallback={<Loading />}>
						<FigureCharts figures={figures} accountId={accountId} />
					</Suspense>
				) : (
					!error && <Loading />
				)}
			</Stack>
		</Card>
	);
}
