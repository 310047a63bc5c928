/** What is kept of one customer: exported as a file, or erased (LGPD). */
import { Button, Group, Paper, Progress, Stack, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { API, change, get } from '../../api/http.ts';
import type { Contact, Job } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { useConfirm } from '../../parts/confirm.tsx';
import { Card } from '../../parts/page.tsx';
import { shownPhone } from '../../parts/phone-text.ts';
import { Problem } from '../../parts/problem.tsx';
import { StateBadge, type Tone } from '../../parts/state-badge.tsx';

const WORDS = words({
	en: {
		title: 'Personal data of a customer',
		about: 'All that is kept of somebody, with their messages, attendances and what was delivered of them.',
		phone: 'Phone',
		find: 'Find',
		nobody: 'Nobody is known by this number.',
		unnamed: 'Without a name',
		export: 'Export as a file',
		erase: 'Erase',
		eraseTitle: (name: string) => `Erase everything about ${name}?`,
		eraseText:
			'Messages, media, attendances, notes and payloads are erased for good. It is refused while an attendance is open or something is on its way.',
		states: { counting: 'Counting', running: 'Erasing', paused: 'Paused', done: 'Erased', cancelled: 'Cancelled' },
	},
	pt: {
		title: 'Dados pessoais de um cliente',
		about: 'Tudo o que se guarda de alguém, com suas mensagens, atendimentos e o que foi entregue deles.',
		phone: 'Telefone',
		find: 'Buscar',
		nobody: 'Ninguém é conhecido por este número.',
		unnamed: 'Sem nome',
		export: 'Exportar em arquivo',
		erase: 'Apagar',
		eraseTitle: (name: string) => `Apagar tudo sobre ${name}?`,
		eraseText:
			'Mensagens, mídias, atendimentos, notas e payloads são apagados para sempre. É recusado enquanto houver atendimento aberto ou algo a caminho.',
		states: { counting: 'Contando', running: 'Apagando', paused: 'Pausado', done: 'Apagado', cancelled: 'Cancelado' },
	},
});

export function PersonalData({ accountId }: { readonly accountId: string }) {
	const say = useWords(WORDS);
	const [phone, setPhone] = useState('');
	const [asked, setAsked] = useState('');
	const { data, error, isFetching, refetch } = useQuery({
		queryKey: ['contacts', accountId, asked],
		queryFn: async () => (await get<{ items: readonly Contact[] }>(`/accounts/${accountId}/contacts`, { phone: asked })).items,
		enabled: asked !== '',
	});
	const find = (event: FormEvent): void => {
		event.preventDefault();
		setAsked(phone.trim());
	};
	return (
		<Card title={say.title}>
			<Stack>
				<Text size="sm" c="dimmed">
					{say.about}
				</Text>
				<form onSubmit={find}>
					<Group align="flex-end" gap="sm">
						<TextInput
							label={say.phone}
							placeholder="5544999990001"
							inputMode="tel"
							value={phone}
							onChange={(event) => setPhone(event.currentTarget.value)}
							flex="1 1 200px"
							maw={320}
						/>
						<Button type="submit" variant="default" loading={isFetching} disabled={phone.trim() === ''}>
							{say.find}
						</Button>
					</Group>
				</form>
				{error && <Problem error={error} onRetry={() => void refetch()} />}
				{data?.length === 0 && <Text size="sm">{say.nobody}</Text>}
				{data?.map((contact) => (
					<Person key={contact.id} contact={contact} />
				))}
			</Stack>
		</Card>
	);
}

function Person({ contact }: { readonly contact: Contact }) {
	const say = useWords(WORDS);
	const queries = useQueryClient();
	const [jobId, setJobId] = useState<string>();
	const { id, aliases } = contact;
	const phone = aliases.find(({ kind }) => kind === 'phone')?.value;
	const name = contact.name === '' ? say.unnamed : contact.name;
	const confirm = useConfirm(() => ({
		title: say.eraseTitle(name),
		text: say.eraseText,
		verb: say.erase,
		act: async () => {
			const job = await change<Job>('DELETE', `/contacts/${id}/personal-data`);
			setJobId(job.id);
			await queries.invalidateQueries({ queryKey: ['jobs'] });
		},
	}));
	return (
		<Paper withBorder p="sm">
			<Group justify="space-between" gap="sm">
				<div style={{ minWidth: 0 }}>
					<Text fw={600} style={{ overflowWrap: 'anywhere' }}>
						{name}
					</Text>
					{phone !== undefined && (
						<Text size="sm" c="dimmed">
							{shownPhone(phone)}
						</Text>
					)}
				</div>
				<Group gap="xs">
					<Button component="a" href={`${API}/contacts/${id}/personal-data`} download={`${id}.json`} variant="default" size="xs">
						{say.export}
					</Button>
					<Button variant="default" size="xs" onClick={() => confirm.ask()} disabled={jobId !== undefined}>
						{say.erase}
					</Button>
				</Group>
			</Group>
			{jobId !== undefined && <Erasure jobId={jobId} />}
			{confirm.dialog}
		</Paper>
	);
}

const LOOK_AGAIN_MS = 1_000;
const TONES: Readonly<Record<Job['state'], Tone>> = { counting: 'busy', running: 'busy', done: 'good', cancelled: 'idle', paused: 'warn' };
const ENDED: ReadonlySet<string> = new Set(['done', 'cancelled']);

function Erasure({ jobId }: { readonly jobId: string }) {
	const say = useWords(WORDS);
	const { data: job, error } = useQuery({
		queryKey: ['jobs', jobId],
		queryFn: () => get<Job>(`/jobs/${jobId}`),
		refetchInterval: ({ state }) => (state.data && ENDED.has(state.data.state) ? false : LOOK_AGAIN_MS),
	});
	if (error) return <Problem error={error} />;
	if (!job) return null;
	return (
		<Group mt="sm" gap="sm" role="status">
			<StateBadge tone={TONES[job.state]}>{say.states[job.state]}</StateBadge>
			{!ENDED.has(job.state) && <Progress value={job.progress * 100} animated flex={1} aria-label={say.states[job.state]} />}
		</Group>
	);
}
