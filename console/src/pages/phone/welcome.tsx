/** An empty chat: who one is, and a first message to send with one click. */
import { Avatar, Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useWords, words } from '../../i18n/words.ts';
import { initialsOf, type Person } from '../../parts/people.ts';
import css from './phone.module.css';

const WORDS = words({
	en: {
		you: (name: string) => `You are ${name}`,
		about: (instance: string) => `This is the phone of a customer. Write to ${instance} and see beside it what your webhooks are told.`,
		first: { order: 'Hi! Has my order been sent?', hours: 'What are your opening hours?', person: 'I would like to speak to somebody' },
		suggestions: 'A first message, to send with one click',
	},
	pt: {
		you: (name: string) => `Você é ${name}`,
		about: (instance: string) => `Este é o telefone de um cliente. Escreva para ${instance} e veja ao lado o que seus webhooks recebem.`,
		first: { order: 'Oi! Meu pedido já saiu?', hours: 'Qual é o horário de vocês?', person: 'Quero falar com um atendente' },
		suggestions: 'Uma primeira mensagem, para enviar com um clique',
	},
});

export interface WelcomeProps {
	readonly person: Person;
	readonly instanceName: string;
}

export function Welcome({ person, instanceName }: WelcomeProps) {
	const say = useWords(WORDS);
	return (
		<Stack align="center" gap={6} className={css['welcome']}>
			<Avatar size={64} radius="50%" color="green" variant="filled" aria-hidden>
				{initialsOf(person.name)}
			</Avatar>
			<Text fw={700}>{say.you(person.name)}</Text>
			<Text size="sm" ta="center">
				{say.about(instanceName)}
			</Text>
		</Stack>
	);
}

export function FirstMessages({ onWrite }: { readonly onWrite: (text: string) => Promise<void> }) {
	const say = useWords(WORDS);
	const [isSending, setSending] = useState(false);
	const write = (text: string): void => {
		setSending(true);
		void onWrite(text).finally(() => setSending(false));
	};
	return (
		<fieldset className={css['suggestions']} aria-label={say.suggestions}>
			{Object.values(say.first).map((text) => (
				<Button key={text} size="compact-sm" radius="xl" variant="default" disabled={isSending} onClick={() => write(text)}>
					{text}
				</Button>
			))}
		</fieldset>
	);
}
