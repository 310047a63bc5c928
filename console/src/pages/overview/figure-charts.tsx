/** The figures of a window as charts: throughput, how many attempts succeed, how long deliveries take, what waits. */
import { SimpleGrid } from '@mantine/core';
import { useMemo } from 'react';
import type { Figures } from '../../api/views.ts';
import { count, lasting, percent, roughly } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import { Chart } from '../../parts/chart.tsx';
import type { Line } from '../../parts/chart-drawing.ts';

const WORDS = words({
	en: {
		throughput: 'Throughput',
		throughputTold: (accepted: string, received: string, delivered: string) =>
			`A minute. In all: ${accepted} accepted, ${received} received, ${delivered} delivered.`,
		accepted: 'Accepted',
		received: 'Received',
		delivered: 'Delivered',
		success: 'Success of attempts',
		successTold: (rate: string, failed: string) => `${rate} of all attempts; ${failed} failed.`,
		successNone: 'No attempts in this window.',
		probes: (probes: string) =>
			probes === '1' ? 'Not counted: 1 probe of a failing webhook.' : `Not counted: ${probes} probes of failing webhooks.`,
		succeeded: 'Succeeded',
		latency: 'From event to delivered',
		latencyTold: (p50: string, p95: string, p99: string) => `Half within ${p50}, 95 % within ${p95}, 99 % within ${p99}; replays left out.`,
		latencyNone: 'Nothing was delivered in this window.',
		backlog: 'Backlog',
		backlogTold: (pending: string, dead: string) => `${pending} waiting at last, ${dead} dead.`,
		backlogNone: 'Counted for the gateway as a whole, not for one account.',
		backlogYet: 'No sample in this window yet.',
		pending: 'Waiting',
		dead: 'Dead',
	},
	pt: {
		throughput: 'Vazão',
		throughputTold: (accepted: string, received: string, delivered: string) =>
			`Por minuto. No total: ${accepted} aceitas, ${received} recebidas, ${delivered} entregues.`,
		accepted: 'Aceitas',
		received: 'Recebidas',
		delivered: 'Entregues',
		success: 'Sucesso das tentativas',
		successTold: (rate: string, failed: string) => `${rate} de todas as tentativas; ${failed} falharam.`,
		successNone: 'Nenhuma tentativa neste período.',
		probes: (probes: string) =>
			probes === '1' ? 'Fora da conta: 1 sondagem de webhook com falha.' : `Fora da conta: ${probes} sondagens de webhooks com falha.`,
		succeeded: 'Com sucesso',
		latency: 'Do evento à entrega',
		latencyTold: (p50: string, p95: string, p99: string) => `Metade em até ${p50}, 95% em até ${p95}, 99% em até ${p99}; sem reenvios.`,
		latencyNone: 'Nada foi entregue neste período.',
		backlog: 'Fila',
		backlogTold: (pending: string, dead: string) => `${pending} aguardando por último, ${dead} esgotadas.`,
		backlogNone: 'Contada para o gateway inteiro, não por conta.',
		backlogYet: 'Ainda sem amostra neste período.',
		pending: 'Aguardando',
		dead: 'Esgotadas',
	},
});

const MINUTE_MS = 60_000;

type Point = Figures['points'][number];

export interface FigureChartsProps {
	readonly figures: Figures;
	/** Of one account; of the gateway as a whole if undefined. */
	readonly accountId: string | undefined;
}

export function FigureCharts({ figures, accountId }: FigureChartsProps) {
	const say = useWords(WORDS);
	const times = useMemo(() => figures.points.map(({ at }) => Date.parse(at)), [figures]);
	return (
		<SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl" verticalSpacing="xl">
			<Throughput {...{ figures, times }} />
			<Success {...{ figures, times }} />
			<Latency {...{ figures, times }} />
			<Backlog {...{ figures, times }} none={accountId === undefined ? say.backlogYet : say.backlogNone} />
		</SimpleGrid>
	);
}

interface DrawnProps {
	readonly figures: Figures;
	readonly times: readonly number[];
}

function Throughput({ figures, times }: DrawnProps) {
	const say = useWords(WORDS);
	const { points, stepMs, totals } = figures;
	const lines = useLines(points, [
		{ name: say.delivered, tone: 'first', of: ({ delivered }) => (delivered * MINUTE_MS) / stepMs },
		{ name: say.accepted, tone: 'second', of: ({ accepted }) => (accepted * MINUTE_MS) / stepMs },
		{ name: say.received, tone: 'third', of: ({ received }) => (received * MINUTE_MS) / stepMs },
	]);
	const summary = say.throughputTold(count(totals.accepted), count(totals.received), count(totals.delivered));
	return <Chart title={say.throughput} {...{ summary, times, lines }} format={rate} />;
}

function Success({ figures, times }: DrawnProps) {
	const say = useWords(WORDS);
	const { points, totals } = figures;
	const lines = useLines(points, [{ name: say.succeeded, tone: 'first', of: successOf }]);
	const all = successOf(totals);
	const told = all === null ? say.successNone : say.successTold(percent(all), count(totals.attemptsFailed));
	const summary = totals.probesFailed > 0 ? `${told} ${say.probes(count(totals.probesFailed))}` : told;
	return <Chart title={say.success} {...{ summary, times, lines }} format={percent} max={1} />;
}

function Latency({ figures, times }: DrawnProps) {
	const say = useWords(WORDS);
	const { points, totals } = figures;
	const lines = useLines(points, [
		{ name: 'p50', tone: 'first', of: ({ latency }) => latency?.p50 ?? null },
		{ name: 'p95', tone: 'second', of: ({ latency }) => latency?.p95 ?? null },
		{ name: 'p99', tone: 'warn', of: ({ latency }) => latency?.p99 ?? null },
	]);
	const { latency } = totals;
	const summary = latency ? say.latencyTold(lasting(latency.p50), lasting(latency.p95), lasting(latency.p99)) : say.latencyNone;
	return <Chart title={say.latency} {...{ summary, times, lines }} format={lasting} />;
}

function Backlog({ figures, times, none }: DrawnProps & { readonly none: string }) {
	const say = useWords(WORDS);
	const { points } = figures;
	const lines = useLines(points, [
		{ name: say.pending, tone: 'first', of: ({ backlog }) => backlog?.pending ?? null },
		{ name: say.dead, tone: 'bad', of: ({ backlog }) => backlog?.dead ?? null },
	]);
	const last = points.findLast(({ backlog }) => backlog !== null)?.backlog;
	const summary = last ? say.backlogTold(count(last.pending), count(last.dead)) : none;
	return <Chart title={say.backlog} {...{ summary, times, lines }} format={roughly} isWhole />;
}

interface LineWish extends Omit<Line, 'values'> {
	readonly of: (point: Point) => number | null;
}

function useLines(points: readonly Point[], wishes: readonly LineWish[]): readonly Line[] {
	const names = wishes.map(({ name }) => name).join('|');
	// biome-ignore lint/correctness/useExhaustiveDependencies: what is read of a point never changes, what it is called may
	return useMemo(() => wishes.map(({ of, ...line }) => ({ ...line, values: points.map(of) })), [points, names]);
}

/** Of few a minute each tenth matters. */
function rate(aMinute: number): string {
	return aMinute < 10 ? count(Math.round(aMinute * 100) / 100) : roughly(aMinute);
}

function successOf({ attemptsOk, attemptsFailed }: Pick<Point, 'attemptsOk' | 'attemptsFailed'>): number | null {
	const all = attemptsOk + attemptsFailed;
	return all === 0 ? null : attemptsOk / all;
}
