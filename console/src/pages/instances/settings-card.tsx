/** What an instance does by itself. A switch is saved when it is moved. */
import { Button, Group, Skeleton, Stack, Switch, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { change } from '../../api/http.ts';
import type { InstanceSettings } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { Card } from '../../parts/page.tsx';
import { Problem } from '../../parts/problem.tsx';
import { tellDone } from '../../parts/told.ts';
import { useSettings } from './data.ts';

const WORDS = words({
	en: {
		title: 'What it does by itself',
		autoReadMessage: 'Marks what customers write as read',
		autoReadStatus: 'Marks statuses of contacts as seen',
		callRejectAuto: 'Does not take calls',
		refusesWhileDisconnected: 'Takes no message while it is disconnected, instead of queueing it',
		answer: 'Answer to calls that are not taken',
		answerAbout: 'Empty: none',
		save: 'Save the answer',
		saved: 'Saved',
	},
	pt: {
		title: 'O que faz sozinha',
		autoReadMessage: 'Marca como lido o que os clientes escrevem',
		autoReadStatus: 'Marca como vistos os status dos contatos',
		callRejectAuto: 'Recusa ligações',
		refusesWhileDisconnected: 'Recusa mensagens enquanto está desconectada, em vez de colocá-las na fila',
		answer: 'Resposta às ligações recusadas',
		answerAbout: 'Vazio: nenhuma',
		save: 'Salvar a resposta',
		saved: 'Salvo',
	},
});

const SWITCHES = ['autoReadMessage', 'autoReadStatus', 'refusesWhileDisconnected', 'callRejectAuto'] as const;

export function SettingsCard({ instanceId }: { readonly instanceId: string }) {
	const say = useWords(WORDS);
	const { data, error, refetch } = useSettings(instanceId);
	return (
		<Card title={say.title}>
			{error !== null && !data && <Problem error={error} onRetry={() => void refetch()} />}
			{!data && error === null && <Skeleton h={160} />}
			{data && <Settings instanceId={instanceId} settings={data} />}
		</Card>
	);
}

function Settings({ instanceId, settings }: { readonly instanceId: string; readonly settings: InstanceSettings }) {
	const say = useWords(WORDS);
	const client = useQueryClient();
	const [answer, setAnswer] = useState(settings.callRejectMessage);
	const [error, setError] = useState<unknown>();
	const [saving, setSaving] = useState<keyof InstanceSettings>();
	const save = (name: keyof InstanceSettings, value: boolean | string): void => {
		setError(undefined);
		setSaving(name);
		change<InstanceSettings>('PATCH', `/instances/${instanceId}/settings`, { [name]: value })
			.then((after) => {
				client.setQueryData(['instances', instanceId, 'settings'], after);
				tellDone(say.saved);
			})
			.catch(setError)
			.finally(() => setSaving(undefined));
	};
	const submit = (event: FormEvent): void => {
		event.preventDefault();
		save('callRejectMessage', answer);
	};
	return (
		<Stack gap="sm">
			{SWITCHES.map((name) => (
				<Switch
					key={name}
					label={say[name]}
					checked={settings[name]}
					disabled={saving !== undefined}
					onChange={({ currentTarget: { checked } }) => save(name, checked)}
				/>
			))}
			{settings.callRejectAuto && (
				<form onSubmit={submit}>
					<Textarea
						label={say.answer}
						description={say.answerAbout}
						autosize
						minRows={2}
						maxRows={6}
						value={answer}
						onChange={({ currentTarget: { value } }) => setAnswer(value)}
					/>
					<Group justify="flex-end" mt="xs">
						<Button
							type="submit"
							variant="default"
							loading={saving === 'callRejectMessage'}
							disabled={answer === settings.callRejectMessage}
						>
							{say.save}
						</Button>
					</Group>
				</form>
			)}
			{error !== undefined && <Problem error={error} />}
		</Stack>
	);
}
