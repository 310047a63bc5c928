/** Jobs under way and finished ones, beside the list. */
import { Drawer, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { ListChecks } from 'lucide-react';
import { useEffect } from 'react';
import { whole } from '../../api/pages.ts';
import { useWords, words } from '../../i18n/words.ts';
import { Empty } from '../../parts/empty.tsx';
import type { KnownWebhooks } from '../../parts/known-webhooks.ts';
import { Listed } from '../../parts/listed.tsx';
import { JobCard } from './job-card.tsx';
import { isActive, useJobs } from './use-jobs.ts';

const WORDS = words({
	en: {
		title: 'Jobs',
		close: 'Close',
		none: 'No jobs yet',
		about: 'Replay or discard many deliveries at once: narrow the list with the filters, then choose “Replay these”.',
	},
	pt: {
		title: 'Tarefas',
		close: 'Fechar',
		none: 'Nenhuma tarefa ainda',
		about: 'Reenvie ou descarte muitas entregas de uma vez: filtre a lista e escolha “Reenviar estas”.',
	},
});

export interface JobsDrawerProps {
	readonly isOpen: boolean;
	readonly webhooks: KnownWebhooks;
	readonly onClose: () => void;
}

export function JobsDrawer({ isOpen, webhooks, onClose }: JobsDrawerProps) {
	const say = useWords(WORDS);
	return (
		<Drawer opened={isOpen} onClose={onClose} position="right" size="md" title={say.title} closeButtonProps={{ 'aria-label': say.close }}>
			<Jobs webhooks={webhooks} />
		</Drawer>
	);
}

function Jobs({ webhooks }: Pick<JobsDrawerProps, 'webhooks'>) {
	const say = useWords(WORDS);
	const list = whole(useJobs());
	useFreshAfter(list.items.filter(isActive).length);
	return (
		<Listed
			list={list}
			empty={
				<Empty icon={ListChecks} title={say.none}>
					{say.about}
				</Empty>
			}
		>
			{(jobs) => (
				<Stack gap="sm">
					{jobs.map((job) => (
						<JobCard key={job.id} job={job} webhooks={webhooks} />
					))}
				</Stack>
			)}
		</Listed>
	);
}

/** What a job did to the deliveries is seen when it is done. */
function useFreshAfter(active: number): void {
	const client = useQueryClient();
	useEffect(() => {
		if (active === 0) void client.invalidateQueries({ queryKey: ['deliveries'] });
	}, [client, active]);
}
