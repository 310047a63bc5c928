/** What went wrong, in the gateway's words, with every fault and what can be done. */
import { Alert, Button, Code, List, Text } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { CodeGone } from '../api/code.ts';
import { Refused } from '../api/http.ts';
import { language } from '../i18n/language.ts';
import { useWords, words } from '../i18n/words.ts';

const WORDS = words({
	en: {
		title: 'That did not work',
		notOpen: 'That is not open to you',
		gone: 'The console was updated meanwhile, and this part of it is not to be had. Load the page again.',
		unreachable: 'The gateway cannot be reached. Is it running, and is this machine online?',
		again: 'Try again',
		request: 'Request',
		wait: (seconds: number) => `Try again in ${seconds} s.`,
	},
	pt: {
		title: 'Não funcionou',
		notOpen: 'Isso não está aberto para você',
		gone: 'O console foi atualizado nesse meio-tempo e esta parte não está disponível. Recarregue a página.',
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
	const isForbidden = refused?.status === 403;
	return (
		<Alert color="red" icon={<CircleAlert size={20} aria-hidden />} title={isForbidden ? say.notOpen : say.title} role="alert">
			<div lang={refused?.status === 0 ? undefined : refused?.language}>
				<Text size="sm">{messageOf(error)}</Text>
				{refused && refused.faults.length > 0 && (
					<List size="sm" mt="xs">
						{refused.faults.map(({ path, message }) => (
							<List.Item key={`${path} ${message}`}>
								{path !== '' && <Code>{path}</Code>} {message}
							</List.Item>
						))}
					</List>
				)}
			</div>
			{refused?.retryAfterSeconds !== undefined && <Text size="sm">{say.wait(refused.retryAfterSeconds)}</Text>}
			{refused?.requestId !== undefined && (
				<Text size="xs" c="dimmed" mt="xs">
					{say.request} <Code>{refused.requestId}</Code>
				</Text>
			)}
			{/* What is not open now will not be so in a moment. */}
			{onRetry && !isForbidden && (
				<Button size="xs" variant="default" mt="sm" onClick={onRetry}>
					{say.again}
				</Button>
			)}
		</Alert>
	);
}

/** Of what the console itself has to say in the language of now: not to be kept. */
export function messageOf(error: unknown): string {
	const say = WORDS[language()];
	if (error instanceof CodeGone) return say.gone;
	if (error instanceof Refused && error.status === 0) return say.unreachable;
	return error instanceof Error ? error.message : String(error);
}
