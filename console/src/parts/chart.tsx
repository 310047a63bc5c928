/**
 * A chart of values over time. Beside the drawing: a legend with the values under the cursor (of the latest time without one), a sentence that sums it up, and the
 * same as a table. With the keyboard the arrows move the cursor.
 */
import 'uplot/dist/uPlot.min.css';
import { ActionIcon, Group, Text, Title, Tooltip, useComputedColorScheme } from '@mantine/core';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { ChartNoAxesCombined, Table as TableIcon } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import uPlot from 'uplot';
import { dateTime } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language.ts';
import { useWords, words } from '../i18n/words.ts';
import classes from './chart.module.css';
import { colourOf, drawingOptions, type Line, type Scheme } from './chart-drawing.ts';
import { ChartTable } from './chart-table.tsx';

const WORDS = words({
	en: {
		table: (name: string) => `${name} as a table`,
		chart: (name: string) => `${name} as a chart`,
		keys: 'Left and right arrow: move through time.',
	},
	pt: {
		table: (name: string) => `${name} em tabela`,
		chart: (name: string) => `${name} em gráfico`,
		keys: 'Setas para a esquerda e a direita: percorrer o tempo.',
	},
});

const HEIGHT_PX = 200;

export interface ChartProps {
	readonly title: string;
	/** One sentence that says what one sees. */
	readonly summary: string;
	/** Milliseconds since the epoch, rising. */
	readonly times: readonly number[];
	/** With as many values as there are times. */
	readonly lines: readonly Line[];
	readonly format: (value: number) => string;
	readonly max?: number;
	/** Counted one by one. */
	readonly isWhole?: boolean;
}

export function Chart({ title, summary, times, lines, format, max, isWhole = false }: ChartProps) {
	const say = useWords(WORDS);
	const scheme = useComputedColorScheme('light');
	const [isTable, setTable] = useState(false);
	const [cursor, setCursor] = useState<number>();
	const id = useId();
	const index = Math.min(cursor ?? times.length - 1, times.length - 1);
	const other = isTable ? say.chart(title) : say.table(title);
	return (
		<figure className={classes['chart']} aria-labelledby={id}>
			<Group justify="space-between" wrap="nowrap" gap="xs">
				<Title order={3} size="h6" id={id}>
					{title}
				</Title>
				<Group gap="xs" wrap="nowrap">
					<Text size="xs" c="dimmed">
						{cursor !== undefined && times[index] !== undefined && dateTime(times[index])}
					</Text>
					<Tooltip label={other}>
						<ActionIcon variant="subtle" color="gray" aria-label={other} onClick={() => setTable(!isTable)}>
							{isTable ? <ChartNoAxesCombined size={16} aria-hidden /> : <TableIcon size={16} aria-hidden />}
						</ActionIcon>
					</Tooltip>
				</Group>
			</Group>
			<Text component="figcaption" size="sm" c="dimmed" mb="xs">
				{summary}
			</Text>
			<Legend {...{ lines, index, scheme, format }} />
			{isTable ? (
				<ChartTable {...{ title, times, lines, format }} />
			) : (
				<Drawn
					label={`${title}. ${summary} ${say.keys}`}
					{...{ times, lines, format, scheme }}
					max={max}
					isWhole={isWhole}
					onCursor={setCursor}
				/>
			)}
		</figure>
	);
}

interface LegendProps extends Pick<ChartProps, 'lines' | 'format'> {
	readonly index: number;
	readonly scheme: Scheme;
}

function Legend({ lines, index, scheme, format }: LegendProps) {
	return (
		<ul className={classes['legend']}>
			{lines.map(({ name, tone, values }) => (
				<li key={name}>
					<span className={classes['swatch']} style={{ background: colourOf(tone, scheme) }} aria-hidden />
					<span>{name}</span>
					<span className={classes['value']}>{shown(values[index], format)}</span>
				</li>
			))}
		</ul>
	);
}

interface DrawnProps extends Pick<ChartProps, 'times' | 'lines' | 'format'> {
	readonly label: string;
	readonly scheme: Scheme;
	readonly max: number | undefined;
	readonly isWhole: boolean;
	readonly onCursor: (index: number | undefined) => void;
}

function Drawn({ label, times, lines, format, scheme, max, isWhole, onCursor }: DrawnProps) {
	const { ref: sized, width } = useElementSize();
	const [place, setPlace] = useState<HTMLDivElement | null>(null);
	const ref = useMergedRef(sized, setPlace);
	const plot = useRef<uPlot>(undefined);
	usePlot(plot, place, { times, lines, format, scheme, max, isWhole, onCursor, width });
	const move = (event: KeyboardEvent): void => {
		const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
		const drawn = plot.current;
		if (step === 0 || !drawn || times.length === 0) return;
		event.preventDefault();
		const index = Math.max(0, Math.min(times.length - 1, (drawn.cursor.idx ?? times.length) + step));
		drawn.setCursor({ left: drawn.valToPos((times[index] ?? 0) / 1_000, 'x'), top: 1 });
	};
	return (
		<div
			ref={ref}
			className={classes['drawing']}
			style={{ height: HEIGHT_PX }}
			role="img"
			aria-label={label}
			// biome-ignore lint/a11y/noNoninteractiveTabindex: the arrows move its cursor
			tabIndex={0}
			onKeyDown={move}
			onBlur={() => plot.current?.setCursor({ left: -1, top: -1 })}
		/>
	);
}

type PlotWish = Omit<DrawnProps, 'label'> & { readonly width: number };

/** Drawn anew where its look changes; new values and sizes are set. */
function usePlot(plot: RefObject<uPlot | undefined>, place: HTMLElement | null, wish: PlotWish): void {
	const { times, lines, scheme, max, width } = wish;
	const language = useLanguage();
	const look = lines.map(({ name, tone }) => `${name} ${tone}`).join('|');
	const isReady = width > 0;
	const data = useEffectEvent((): uPlot.AlignedData => [times.map((at) => at / 1_000), ...lines.map(({ values }) => [...values])]);
	const make = useEffectEvent((target: HTMLElement): uPlot => {
		const { max: end, ...rest } = wish;
		const options = drawingOptions({ ...rest, height: HEIGHT_PX, ...(end === undefined ? {} : { max: end }) });
		return new uPlot(options, data(), target);
	});
	// biome-ignore lint/correctness/useExhaustiveDependencies: what the drawing was made with
	useEffect(() => {
		if (!isReady || !place) return;
		const drawn = make(place);
		plot.current = drawn;
		return () => {
			drawn.destroy();
			plot.current = undefined;
		};
	}, [isReady, place, scheme, look, max, language]);
	useEffect(() => plot.current?.setSize({ width, height: HEIGHT_PX }), [plot, width]);
	// biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn
	useEffect(() => plot.current?.setData(data()), [times, lines]);
}

function shown(value: number | null | undefined, format: (value: number) => string): string {
	return value === null || value === undefined ? '–' : format(value);
}
