/** This second: how much comes in and goes out, what is in flight and what waits. */
import { Group, SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { count, lasting, roughly } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import { Card } from '../../parts/page.tsx';
import type { Live } from './insight.ts';
import classes from './live-figures.module.css';

const WORDS = words({
	en: {
		title: 'Right now',
		connecting: 'Connecting…',
		lost: 'Connection lost',
		live: 'Live',
		accepted: 'Accepted',
		received: 'Received',
		delivered: 'Delivered',
		failed: 'Failed attempts',
		inFlight: 'In flight',
		waiting: 'Waiting',
		oldest: 'Oldest waiting',
		perSecond: 'per second',
		messages: 'messages to send',
		fromCustomers: 'from customers',
		toWebhooks: 'to webhooks',
		attempts: 'attempts under way',
		deliveries: 'deliveries',
		dead: (dead: string) => `${dead} dead`,
		notYet: 'not delivered yet',
		ofOne: (processes: number) => `Rates are those of one of ${processes} processes.`,
	},
	pt: {
		title: 'Agora',
		connecting: 'Conectando…',
		lost: 'Conexão perdida',
		live: 'Ao vivo',
		accepted: 'Aceitas',
		received: 'Recebidas',
		delivered: 'Entregues',
		failed: 'Tentativas com falha',
		inFlight: 'Em trânsito',
		waiting: 'Aguardando',
		oldest: 'Espera mais longa',
		perSecond: 'por segundo',
		messages: 'mensagens a enviar',
		fromCustomers: 'de clientes',
		toWebhooks: 'aos webhooks',
		attempts: 'tentativas em curso',
		deliveries: 'entregas',
		dead: (dead: string) => `${dead} esgotadas`,
		notYet: 'ainda não entregue',
		ofOne: (processes: number) => `As taxas são de um de ${processes} processos.`,
	},
});

export function LiveFigures({ live: { figures, state } }: { readonly live: Live }) {
	const say = useWords(WORDS);
	const rate = figures?.perSecond;
	const backlog = figures?.backlog;
	return (
		<Card
			title={say.title}
			actions={
				<Group gap={8} wrap="nowrap">
					<span className={classes['dot']} data-live={state === 'open' || undefined} aria-hidden />
					<Text size="sm" c="dimmed">
						{state === 'open' ? say.live : say[state]}
					</Text>
				</Group>
			}
		>
			<SimpleGrid component="dl" m={0} cols={{ base: 2, sm: 3, lg: backlog ? 7 : 4 }} spacing="lg">
				<Figure name={say.accepted} value={rate && perSecond(rate.accepted)} unit={`${say.messages}, ${say.perSecond}`} />
				<Figure name={say.received} value={rate && perSecond(rate.received)} unit={`${say.fromCustomers}, ${say.perSecond}`} />
				<Figure name={say.delivered} value={rate && perSecond(rate.delivered)} unit={`${say.toWebhooks}, ${say.perSecond}`} />
				<Figure
					name={say.failed}
					value={rate && perSecond(rate.attemptsFailed)}
					unit={say.perSecond}
					isBad={(rate?.attemptsFailed ?? 0) > 0}
				/>
				{figures?.inFlight !== undefined && <Figure name={say.inFlight} value={count(figures.inFlight)} unit={say.attempts} />}
				{backlog && (
					<>
						<Figure
							name={say.waiting}
							value={roughly(backlog.pending)}
							unit={backlog.dead > 0 ? say.dead(roughly(backlog.dead)) : say.deliveries}
						/>
						<Figure name={say.oldest} value={backlog.oldestWaitingMs ? lasting(backlog.oldestWaitingMs) : undefined} unit={say.notYet} />
					</>
				)}
			</SimpleGrid>
			{figures !== undefined && figures.processes > 1 && (
				<Text size="sm" c="dimmed" mt="sm">
					{say.ofOne(figures.processes)}
				</Text>
			)}
		</Card>
	);
}

interface FigureProps {
	readonly name: string;
	readonly value: ReactNode;
	readonly unit: string;
	readonly isBad?: boolean;
}

function Figure({ name, value, unit, isBad = false }: FigureProps) {
	return (
		<div className={classes['figure']}>
			<dt>{name}</dt>
			<dd className={classes['value']} data-bad={isBad || undefined}>
				{value ?? '–'}
			</dd>
			<dd className={classes['unit']}>{unit}</dd>
		</div>
	);
}

/** One place behind the point counts only where there is little. */
function perSecond(rate: number): string {
	return rate < 10 ? count(Math.round(rate * 10) / 10) : roughly(Math.round(rate));
}
