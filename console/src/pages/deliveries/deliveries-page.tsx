/** What becomes of each event for each webhook: as it happens, and looked for among what was. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ListChecks, SearchX } from 'lucide-react';
import { type ReactNode, useCallback, useRef, useState } from 'react';
import { get } from '../../api/http.ts';
import { lacks } from '../../api/session.ts';
import type { Instance } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { useWayBack } from '../../parts/back-link.tsx';
import { useChosenAccount, useOneAccount } from '../../parts/chosen-account.ts';
import { Empty } from '../../parts/empty.tsx';
import { useKnownWebhooks } from '../../parts/known-webhooks.ts';
import { Card, Page } from '../../parts/page.tsx';
import { DeliveryFilters } from './delivery-filters.tsx';
import { DeliveryList } from './delivery-list.tsx';
import { EndOfList } from './end-of-list.tsx';
import { JobsDrawer } from './jobs-drawer.tsx';
import { type DeliveryFilter, type DeliverySearch, filterOf, readDeliverySearch } from './search.ts';
import { type JobKind, StartJob } from './start-job.tsx';
import { TailBar } from './tail-bar.tsx';
import { useDeliveries } from './use-deliveries.ts';
import { useActiveJobs } from './use-jobs.ts';

const WORDS = words({
	en: {
		title: 'Deliveries',
		about: 'One event for one webhook, from the moment it happened until it arrived.',
		jobs: (active: number) => (active === 0 ? 'Jobs' : `Jobs (${active} running)`),
		replay: 'Replay these',
		discard: 'Discard these',
		ofEvent: 'Of one event each is replayed on its own page.',
		whose: 'Whose phone?',
		whoseAbout: 'Contacts belong to an account. Choose one at the top of the page, or a webhook in the filters.',
	},
	pt: {
		title: 'Entregas',
		about: 'Um evento para um webhook, desde que aconteceu até chegar.',
		jobs: (active: number) => (active === 0 ? 'Tarefas' : `Tarefas (${active} em andamento)`),
		replay: 'Reenviar estas',
		discard: 'Descartar estas',
		ofEvent: 'As de um evento são reenviadas cada uma na sua página.',
		whose: 'Telefone de quem?',
		whoseAbout: 'Os contatos pertencem a uma conta. Escolha uma no alto da página, ou um webhook nos filtros.',
	},
});

const route = getRouteApi('/signed-in/console/deliveries');

export function DeliveriesPage() {
	const say = useWords(WORDS);
	// The router keeps what the reading left out.
	const search = readDeliverySearch(route.useSearch());
	const filter = filterOf(search);
	useWayBack(filter);
	const go = useGo();
	const accountId = useAccountOf(filter);
	const webhooks = useKnownWebhooks(accountId);
	const active = useActiveJobs();
	const [started, setStarted] = useState<JobKind>();
	const { phone, webhookId, instanceId } = filter;
	const isPhoneLacking = phone !== undefined && accountId === undefined && webhookId === undefined && instanceId === undefined;
	return (
		<Page
			title={say.title}
			about={say.about}
			actions={
				<Button variant="default" leftSection={<ListChecks size={16} aria-hidden />} onClick={() => go({ jobs: true })}>
					{say.jobs(active)}
				</Button>
			}
		>
			<Stack gap="sm">
				<Card p="sm">
					<DeliveryFilters
						filter={filter}
						webhooks={webhooks}
						isPhoneLacking={isPhoneLacking}
						onChange={(change) => go(change)}
						onClear={() => go(undefined)}
					/>
				</Card>
				{isPhoneLacking ? (
					<Card>
						<Empty icon={SearchX} title={say.whose}>
							{say.whoseAbout}
						</Empty>
					</Card>
				) : (
					<Followed filter={filter} accountId={accountId} onClear={() => go(undefined)}>
						{filter.eventId === undefined ? (
							<Group gap="xs">
								<Button size="xs" variant="default" onClick={() => setStarted('replay')}>
									{say.replay}
								</Button>
								<Button size="xs" variant="default" onClick={() => setStarted('discard')}>
									{say.discard}
								</Button>
							</Group>
						) : (
							<Text size="sm" c="dimmed">
								{say.ofEvent}
							</Text>
						)}
					</Followed>
				)}
			</Stack>
			{started !== undefined && (
				<StartJob
					kind={started}
					filter={filter}
					accountId={accountId}
					webhooks={webhooks}
					onClose={() => setStarted(undefined)}
					onStarted={() => {
						setStarted(undefined);
						go({ jobs: true });
					}}
				/>
			)}
			<JobsDrawer isOpen={search.jobs === true} webhooks={webhooks} onClose={() => go({ jobs: undefined })} />
		</Page>
	);
}

interface FollowedProps {
	readonly filter: DeliveryFilter;
	readonly accountId: string | undefined;
	readonly onClear: () => void;
	/** What can be done with those that are shown. */
	readonly children: ReactNode;
}

/** Has what changes with each frame to itself. */
function Followed({ filter, accountId, onClear, children }: FollowedProps) {
	const webhooks = useKnownWebhooks(accountId);
	const [isPaused, setPaused] = useState(false);
	const [isReading, setReading] = useState(false);
	const boxRef = useRef<HTMLDivElement>(null);
	const followed = useDeliveries(filter, accountId, isPaused || isReading);
	const toTop = useCallback(() => {
		boxRef.current?.scrollTo({ top: 0 });
		setPaused(false);
	}, []);
	return (
		<>
			<Group justify="space-between" gap="xs">
				<TailBar {...{ followed, isPaused, isReading }} onPause={setPaused} onCatchUp={toTop} />
				{children}
			</Group>
			<DeliveryList rows={followed.rows} webhooks={webhooks} boxRef={boxRef} onReading={setReading}>
				<EndOfList filter={filter} followed={followed} onClear={onClear} />
			</DeliveryList>
		</>
	);
}

type Change = { readonly [K in keyof DeliverySearch]?: DeliverySearch[K] | undefined };

/** Undefined: without any filter. */
function useGo(): (change: Change | undefined) => void {
	const navigate = route.useNavigate();
	return (change) =>
		void navigate({
			search: (before) => (change === undefined ? {} : readDeliverySearch({ ...before, ...change })),
			replace: change === undefined || !('jobs' in change),
			resetScroll: false,
		});
}

/** The chosen account, or that of the instance which is looked for; where a phone is looked for, the only one there is will do. */
function useAccountOf({ phone, instanceId }: DeliveryFilter): string | undefined {
	const chosen = useChosenAccount();
	const only = useOneAccount();
	const { data: instance } = useQuery({
		queryKey: ['instances', instanceId],
		queryFn: ({ signal }) => get<Instance>(`/instances/${instanceId}`, {}, signal),
		enabled: chosen === undefined && instanceId !== undefined && !lacks('accounts:manage'),
	});
	return chosen ?? instance?.accountId ?? (phone === undefined ? undefined : only);
}
