/** What an instance still has to send: how much, since when, and the first of it, each to be taken out. */
import { ActionIcon, Box, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Inbox, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { change } from '../../api/http.ts';
import type { Instance, Message } from '../../api/views.ts';
import { count } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import { useConfirm } from '../../parts/confirm.tsx';
import { inShort } from '../../parts/message/in-short.ts';
import { MESSAGE_WORDS } from '../../parts/message/words.ts';
import { Card } from '../../parts/page.tsx';
import { Problem } from '../../parts/problem.tsx';
import { tellFailed } from '../../parts/told.ts';
import { When } from '../../parts/when.tsx';
import { useQueue } from './data.ts';
import css from './instances.module.css';

const WORDS = words({
	en: {
		title: 'Queue',
		empty: 'Nothing waits to be sent.',
		length: 'waiting',
		oldest: 'oldest',
		next: 'next',
		whenConnected: 'when it is connected',
		emptyIt: 'Empty the queue',
		ask: 'Empty the queue?',
		askAbout: (length: number) => `${count(length)} messages are not sent. What is on its way is sent all the same.`,
		remove: (text: string) => `Take “${text}” out of the queue`,
		failed: 'It stays in the queue',
		more: (left: number) => `and ${count(left)} more`,
		messages: 'Messages that wait, first first',
	},
	pt: {
		title: 'Fila',
		empty: 'Nada esperando para ser enviado.',
		length: 'na fila',
		oldest: 'mais antiga',
		next: 'próxima',
		whenConnected: 'quando conectar',
		emptyIt: 'Esvaziar a fila',
		ask: 'Esvaziar a fila?',
		askAbout: (length: number) => `${count(length)} mensagens não serão enviadas. O que já está a caminho é enviado mesmo assim.`,
		remove: (text: string) => `Tirar “${text}” da fila`,
		failed: 'Continua na fila',
		more: (left: number) => `e mais ${count(left)}`,
		messages: 'Mensagens que esperam, a primeira em cima',
	},
});

export function QueueCard({ instance: { id, state } }: { readonly instance: Instance }) {
	const say = useWords(WORDS);
	const client = useQueryClient();
	const { data, error, refetch } = useQueue(id);
	// What is due goes when the session is there again.
	const isConnected = state === 'connected';
	const again = (): Promise<void> => client.invalidateQueries({ queryKey: ['instances'] });
	const takeOut = (path: string): Promise<void> => change('DELETE', `/instances/${id}/queue${path}`).then(again);
	const confirm = useConfirm((length: number) => ({
		title: say.ask,
		text: say.askAbout(length),
		verb: say.emptyIt,
		act: () => takeOut(''),
	}));
	const empty = data && data.length > 0 && (
		<Button size="compact-sm" variant="default" onClick={() => confirm.ask(data.length)}>
			{say.emptyIt}
		</Button>
	);
	return (
		<Card title={say.title} actions={empty}>
			{error !== null && !data && <Problem error={error} onRetry={() => void refetch()} />}
			{!data && error === null && <Skeleton h={44} />}
			{data?.length === 0 && (
				<Group gap="xs" c="dimmed">
					<Inbox size={18} aria-hidden />
					<Text size="sm">{say.empty}</Text>
				</Group>
			)}
			{data && data.length > 0 && (
				<Stack gap="sm">
					<Group gap="xl">
						<Figure name={say.length}>{count(data.length)}</Figure>
						{data.oldestAt !== undefined && (
							<Figure name={say.oldest}>
								<When at={data.oldestAt} />
							</Figure>
						)}
						{data.nextDueAt !== undefined && (
							<Figure name={say.next}>{isConnected ? <When at={data.nextDueAt} /> : <Text size="sm">{say.whenConnected}</Text>}</Figure>
						)}
					</Group>
					<Stack component="ul" gap={2} m={0} p={0} aria-label={say.messages} className={css['queue']}>
						{data.items.map((message) => (
							<Waiting
								key={message.id}
								message={message}
								at={isConnected ? (message.dueAt ?? message.createdAt) : message.createdAt}
								onRemove={() => void takeOut(`/${message.id}`).catch((thrown: unknown) => tellFailed(say.failed, thrown))}
							/>
						))}
					</Stack>
					{data.length > data.items.length && (
						<Text size="xs" c="dimmed">
							{say.more(data.length - data.items.length)}
						</Text>
					)}
				</Stack>
			)}
			{confirm.dialog}
		</Card>
	);
}

function Figure({ name, children }: { readonly name: string; readonly children: ReactNode }) {
	return (
		<Box>
			<Text size="xs" c="dimmed">
				{name}
			</Text>
			<Text component="div" fw={600}>
				{children}
			</Text>
		</Box>
	);
}

interface WaitingProps {
	readonly message: Message;
	/** When it is to be sent, or when it was accepted where that is not known. */
	readonly at: string;
	readonly onRemove: () => void;
}

function Waiting({ message, at, onRemove }: WaitingProps) {
	const say = useWords(WORDS);
	const kinds = useWords(MESSAGE_WORDS);
	const text = inShort(message.content, kinds);
	return (
		<Group component="li" gap="sm" wrap="nowrap" className={css['waiting']}>
			<Text size="sm" truncate flex={1} miw={0} title={text}>
				{text}
			</Text>
			<When at={at} />
			<ActionIcon variant="subtle" color="gray" size="sm" aria-label={say.remove(text)} onClick={onRemove}>
				<X size={14} aria-hidden />
			</ActionIcon>
		</Group>
	);
}
