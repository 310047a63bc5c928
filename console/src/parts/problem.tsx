/** What went wrong, in the gateway's words, with every fault and what can be done. */
import { Alert, Button, Code, List, Text } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { Refused } from '../api/http.ts';
import { useWords, words } from '../i18n/words.ts';

const WORDS = words({
	en: {
		title: 'That did not work',
		unreachable: 'The gateway cannot be reached. Is it running, and is this machine online?',
		again: 'Try again',
		request: 'Request',
		wait: (seconds: number) => `Try again in ${seconds} s.`,
	},
	pt: {
		title: 'Não funcionou',
		unreachable: 'Não foi possível alcançar o gateway. Ele está rodando e esta máquina está conectada?',
		again: 'Tentar de novo',
		request: 'Requisição',
		wait: (seconds: number) => `Tente de novo em ${seconds} s.`,
	},
});

export interface ProblemProps {
	readonly error: unknown;
	readonly onRetry?: () => void;
}

export function Problem({ error, onRetry }: ProblemProps) {
	const say = useWords(WORDS);
	const refused = error instanceof Refused ? error : undefined;
	return (
		<Alert color="red" variant="light" icon={<CircleAlert size={20} aria-hidden />} title={say.title} role="alert">
			<Text size="sm">{refused?.status === 0 ? say.unreachable : messageOf(error)}</Text>
			{refused && refused.faults.length > 0 && (
				<List size="sm" mt="xs">
					{refused.faults.map(({ path, message }) => (
						<List.Item key={`${path} ${message}`}>
							{path !== '' && <Code>{path}</Code>} {message}
						</List.Item>
					))}
				</List>
			)}
			{refused?.retryAfterSeconds !== undefined && <Text size="sm">{say.wait(refused.retryAfterSeconds)}</Text>}
			{refused?.requestId !== undefined && (
				<Text size="xs" c="dimmed" mt="xs">
					{say.request} <Code>{refused.requestId}</Code>
				</Text>
			)}
			{onRetry && (
				<Button size="xs" variant="default" mt="sm" onClick={onRetry}>
					{say.again}
				</Button>
			)}
		</Alert>
	);
}

export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
