/** A job: what it does to which deliveries, how far it is, and its brakes. */
import { Button, Group, Paper, Progress, Text } from '@mantine/core';
import { useState } from 'react';
import type { Job } from '../../api/views.ts';
import { count, percent } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import { useConfirm } from '../../parts/confirm.tsx';
import type { KnownWebhooks } from '../../parts/known-webhooks.ts';
import { StateBadge, type Tone } from '../../parts/state-badge.tsx';
import { tellFailed } from '../../parts/told.ts';
import { When } from '../../parts/when.tsx';
import { FilterInWords } from './filter-in-words.tsx';
import { isFinal, useJobChange } from './use-jobs.ts';

const WORDS = words({
	en: {
		kind: { replay: 'Replay', discard: 'Discard', erase: 'Erase personal data' },
		state: { counting: 'Counting', running: 'Running', paused: 'Paused', cancelled: 'Cancelled', done: 'Done' },
		progress: (name: string) => `${name}: progress`,
		told: (done: string, total: string) => `${done} of ${total}`,
		skipped: (skipped: string) => `${skipped} were in another state by then`,
		pause: 'Pause',
		resume: 'Resume',
		cancel: 'Cancel',
		ask: 'Cancel this job?',
		askAbout: 'What it has done stays done; the rest is left as it is.',
		verb: 'Cancel the job',
		failed: 'The job could not be changed',
	},
	pt: {
		kind: { replay: 'Reenviar', discard: 'Descartar', erase: 'Apagar dados pessoais' },
		state: { counting: 'Contando', running: 'Em andamento', paused: 'Pausada', cancelled: 'Cancelada', done: 'Concluída' },
		progress: (name: string) => `${name}: progresso`,
		told: (done: string, total: string) => `${done} de ${total}`,
		skipped: (skipped: string) => `${skipped} já estavam em outra situação`,
		pause: 'Pausar',
		resume: 'Continuar',
		cancel: 'Cancelar',
		ask: 'Cancelar esta tarefa?',
		askAbout: 'O que já foi feito permanece; o restante fica como está.',
		verb: 'Cancelar a tarefa',
		failed: 'Não foi possível alterar a tarefa',
	},
});

const TONES: Readonly<Record<Job['state'], Tone>> = {
	counting: 'busy',
	running: 'busy',
	paused: 'warn',
	cancelled: 'idle',
	done: 'good',
};

export function JobCard({ job, webhooks }: { readonly job: Job; readonly webhooks: KnownWebhooks }) {
	const say = useWords(WORDS);
	const name = say.kind[job.kind];
	return (
		<Paper withBorder p="sm" component="section" aria-label={`${name} ${job.id}`}>
			<Group justify="space-between" wrap="nowrap">
				<Group gap="xs">
					<Text fw={600}>{name}</Text>
					<StateBadge tone={TONES[job.state]}>{say.state[job.state]}</StateBadge>
				</Group>
				<When at={job.createdAt} />
			</Group>
			<FilterInWords filter={job} states={job.kind === 'erase' ? [] : job.states} webhooks={webhooks} />
			<Progress
				mt="xs"
				value={job.progress * 100}
				animated={job.state === 'running'}
				color={job.state === 'cancelled' ? 'gray.6' : 'green'}
				aria-label={say.progress(name)}
			/>
			<Group justify="space-between" mt={4}>
				<Text size="sm">{say.told(count(job.done), count(job.total))}</Text>
				<Text size="sm" c="dimmed">
					{percent(job.progress)}
				</Text>
			</Group>
			{job.skipped > 0 && (
				<Text size="sm" c="dimmed">
					{say.skipped(count(job.skipped))}
				</Text>
			)}
			{!isFinal(job) && <Brakes job={job} />}
		</Paper>
	);
}

function Brakes({ job }: { readonly job: Job }) {
	const say = useWords(WORDS);
	const act = useJobChange();
	const confirm = useConfirm(() => ({ title: say.ask, text: say.askAbout, verb: say.verb, act: () => act(job, 'cancel') }));
	const [isChanging, setChanging] = useState(false);
	const turn = async (verb: 'pause' | 'resume'): Promise<void> => {
		setChanging(true);
		try {
			await act(job, verb);
		} catch (error) {
			tellFailed(say.failed, error);
		} finally {
			setChanging(false);
		}
	};
	const turning = job.state === 'paused' ? 'resume' : 'pause';
	return (
		<Group gap="xs" mt="xs">
			<Button size="xs" variant="default" loading={isChanging} onClick={() => void turn(turning)}>
				{say[turning]}
			</Button>
			<Button size="xs" variant="default" onClick={() => confirm.ask()}>
				{say.cancel}
			</Button>
			{confirm.dialog}
		</Group>
	);
}
