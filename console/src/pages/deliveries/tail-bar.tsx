/** How live the list is: how many of how many a second are shown, whether it is held, and what waits above. */
import { Button, Group, Text } from '@mantine/core';
import { Pause, Play } from 'lucide-react';
import { count } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import classes from './tail-bar.module.css';
import type { Followed } from './use-deliveries.ts';

const WORDS = words({
	en: {
		pause: 'Pause',
		resume: 'Resume',
		waiting: (waiting: string) => `Show ${waiting} new`,
		connecting: 'Connecting…',
		lost: 'Connection lost. It is taken up again by itself.',
		quiet: 'Live. Nothing is being delivered just now.',
		all: (rate: string) => `Live: ${rate}/s`,
		sampled: (shown: string, rate: string) => `Live: showing ${shown} of ${rate}/s`,
		uncounted: (shown: string) => `Live: showing ${shown}/s, and more may be coming`,
		paused: 'Paused',
		reading: 'Held while you read',
		asked: 'Searched again every few seconds',
		past: 'A span in the past: nothing new will come',
	},
	pt: {
		pause: 'Pausar',
		resume: 'Continuar',
		waiting: (waiting: string) => `Mostrar ${waiting} novas`,
		connecting: 'Conectando…',
		lost: 'Conexão perdida. Ela é retomada sozinha.',
		quiet: 'Ao vivo. Nada sendo entregue neste momento.',
		all: (rate: string) => `Ao vivo: ${rate}/s`,
		sampled: (shown: string, rate: string) => `Ao vivo: mostrando ${shown} de ${rate}/s`,
		uncounted: (shown: string) => `Ao vivo: mostrando ${shown}/s, e pode haver mais`,
		paused: 'Pausado',
		reading: 'Parado enquanto você lê',
		asked: 'A busca se repete a cada poucos segundos',
		past: 'Um período no passado: nada novo vai aparecer',
	},
});

export interface TailBarProps {
	readonly followed: Followed;
	readonly isPaused: boolean;
	readonly isReading: boolean;
	readonly onPause: (isPaused: boolean) => void;
	/** Shows what came since it is held. */
	readonly onCatchUp: () => void;
}

export function TailBar({ followed, isPaused, isReading, onPause, onCatchUp }: TailBarProps) {
	const say = useWords(WORDS);
	const { tail, follows, stream } = followed;
	const isLive = follows === 'stream' && stream === 'open' && !isPaused && !isReading;
	return (
		<Group gap="sm" mih={30} wrap="nowrap">
			{follows !== 'past' && (
				<Button
					size="xs"
					variant="default"
					flex="none"
					leftSection={isPaused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
					onClick={() => onPause(!isPaused)}
				>
					{isPaused ? say.resume : say.pause}
				</Button>
			)}
			<Group gap={8} wrap="nowrap">
				<span className={classes['dot']} data-live={isLive || undefined} aria-hidden />
				<Text size="sm" c="dimmed">
					{useTellingState(followed, isPaused, isReading)}
				</Text>
			</Group>
			{tail.waiting > 0 && (
				<Button size="compact-xs" variant="light" flex="none" onClick={onCatchUp}>
					{say.waiting(`${count(tail.waiting)}${tail.hasMoreWaiting ? '+' : ''}`)}
				</Button>
			)}
		</Group>
	);
}

function useTellingState({ tail, follows, stream }: Followed, isPaused: boolean, isReading: boolean): string {
	const say = useWords(WORDS);
	if (isPaused) return say.paused;
	if (follows !== 'stream') return say[follows];
	if (stream === 'lost') return say.lost;
	if (stream === 'connecting') return say.connecting;
	if (isReading && tail.waiting > 0) return say.reading;
	if (tail.hasMore) return say.uncounted(count(tail.shownPerSecond));
	if (tail.perSecond === 0) return say.quiet;
	return tail.shownPerSecond >= tail.perSecond
		? say.all(count(tail.perSecond))
		: say.sampled(count(tail.shownPerSecond), count(tail.perSecond));
}
