/** The name of an instance, and how fast it sends. */
import { Button, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { change } from '../../api/http.ts';
import type { Instance } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { Card } from '../../parts/page.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useSending } from '../../parts/sending.ts';
import { tellDone } from '../../parts/told.ts';

const WORDS = words({
	en: {
		title: 'Name and pacing',
		name: 'Name',
		from: 'Pause, at least (ms)',
		to: 'Pause, at most (ms)',
		about: 'Between two sends of the queue the instance waits for a random time within these bounds. 0 and 0: no pause.',
		save: 'Save',
		saved: 'Saved',
	},
	pt: {
		title: 'Nome e ritmo',
		name: 'Nome',
		from: 'Pausa mínima (ms)',
		to: 'Pausa máxima (ms)',
		about: 'Entre dois envios da fila, a instância espera um tempo aleatório dentro destes limites. 0 e 0: sem pausa.',
		save: 'Salvar',
		saved: 'Salvo',
	},
});

/** Ten minutes. */
const PAUSE_MAX_MS = 600_000;

export function PacingCard({ instance }: { readonly instance: Instance }) {
	const say = useWords(WORDS);
	const client = useQueryClient();
	const [name, setName] = useState(instance.name);
	const [pacing, setPacing] = useState(instance.pacing);
	const sending = useSending();
	const isChanged = name !== instance.name || pacing.minMs !== instance.pacing.minMs || pacing.maxMs !== instance.pacing.maxMs;
	const submit = (event: FormEvent): void => {
		event.preventDefault();
		sending.send(
			() => change<Instance>('PATCH', `/instances/${instance.id}`, { name: name.trim(), pacing }),
			(after) => {
				client.setQueryData(['instances', instance.id], after);
				void client.invalidateQueries({ queryKey: ['instances'] });
				setName(after.name);
				tellDone(say.saved);
			},
		);
	};
	return (
		<Card title={say.title}>
			<form onSubmit={submit}>
				<Stack gap="sm">
					<TextInput
						label={say.name}
						required
						value={name}
						error={sending.faultOf('name')}
						onChange={({ currentTarget: { value } }) => setName(value)}
					/>
					<Group grow align="flex-start">
						<NumberInput
							label={say.from}
							required
							min={0}
							max={PAUSE_MAX_MS}
							step={500}
							value={pacing.minMs}
							onChange={(value) => setPacing({ ...pacing, minMs: Number(value) })}
						/>
						<NumberInput
							label={say.to}
							error={sending.faultOf('pacing.maxMs')}
							required
							min={0}
							max={PAUSE_MAX_MS}
							step={500}
							value={pacing.maxMs}
							onChange={(value) => setPacing({ ...pacing, maxMs: Number(value) })}
						/>
					</Group>
					<Text size="xs" c="dimmed">
						{say.about}
					</Text>
					{sending.error !== undefined && <Problem error={sending.error} />}
					<Group justify="flex-end">
						<Button type="submit" loading={sending.isSending} disabled={!isChanged}>
							{say.save}
						</Button>
					</Group>
				</Stack>
			</form>
		</Card>
	);
}
