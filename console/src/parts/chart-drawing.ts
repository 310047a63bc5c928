/** How uPlot draws a chart of times: colours of the scheme, numbers and times of the language, a cursor that all charts of a page share. */
import type uPlot from 'uplot';
import { timeOfDay } from '../i18n/format.ts';
import { locale } from '../i18n/language.ts';

export type ChartTone = 'first' | 'second' | 'third' | 'bad' | 'warn';
export type Scheme = 'light' | 'dark';

/** Each has a contrast of 3 to 1 or more with the surface (WCAG 2.2, 1.4.11), and they differ in lightness as well. */
const COLOURS: Readonly<Record<ChartTone, Readonly<Record<Scheme, string>>>> = {
	first: { light: '#0b6b52', dark: '#5cd0ab' },
	second: { light: '#2f6fd0', dark: '#8db8ff' },
	third: { light: '#8a4fc4', dark: '#cfa4f5' },
	bad: { light: '#c01c28', dark: '#ff8787' },
	warn: { light: '#a86500', dark: '#f2b84b' },
};

const LINES: Readonly<Record<Scheme, { readonly axis: string; readonly grid: string }>> = {
	light: { axis: '#565e66', grid: '#e7ebed' },
	dark: { axis: '#a9b0b6', grid: '#2b3135' },
};

const FONT = '11px system-ui, sans-serif';
const LINE_PX = 2;
/** Of a value that has no neighbours, and so no line. */
const POINT_PX = 5;
/** What fills the ground below a line, as the alpha of its colour. */
const FILL = '1f';
const DAY_S = 86_400;
const Y_AXIS_PX = 54;
const X_AXIS_PX = 28;
const TICKS_APART_PX = 64;
const Y_TICKS_APART_PX = 32;
const WHOLE = Array.from({ length: 12 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat();

export interface Line {
	readonly name: string;
	readonly tone: ChartTone;
	/** Null where there was nothing to measure: the line has a gap there. */
	readonly values: readonly (number | null)[];
}

export interface Drawing {
	readonly lines: readonly Line[];
	readonly scheme: Scheme;
	readonly width: number;
	readonly height: number;
	readonly format: (value: number) => string;
	/** The end of the scale, where it does not follow from the values. */
	readonly max?: number;
	/** Counted one by one: no scale in between. */
	readonly isWhole?: boolean;
	readonly onCursor: (index: number | undefined) => void;
}

export function colourOf(tone: ChartTone, scheme: Scheme): string {
	return COLOURS[tone][scheme];
}

export function drawingOptions({ lines, scheme, width, height, format, max, isWhole, onCursor }: Drawing): uPlot.Options {
	const { axis, grid } = LINES[scheme];
	const shared = { stroke: axis, font: FONT, grid: { stroke: grid, width: 1 }, ticks: { show: false } };
	return {
		width,
		height,
		legend: { show: false },
		cursor: { y: false, drag: { x: false, y: false }, sync: { key: 'recado' }, points: { size: 7 } },
		scales: { y: { range: (_drawn, _low, high) => [0, max ?? roomAbove(high)] } },
		axes: [
			{ ...shared, size: X_AXIS_PX, space: TICKS_APART_PX, values: (drawn, splits) => splits.map((at) => momentOf(at, spanOf(drawn))) },
			{
				...shared,
				size: Y_AXIS_PX,
				space: Y_TICKS_APART_PX,
				...(isWhole ? { incrs: WHOLE } : {}),
				values: (_drawn, splits) => splits.map((value) => (value === null ? '' : format(value))),
			},
		],
		series: [{}, ...lines.map(({ name, tone }, index) => lineOf(name, colourOf(tone, scheme), index === 0))],
		hooks: { setCursor: [({ cursor }) => onCursor(cursor.idx ?? undefined)] },
	};
}

function lineOf(label: string, stroke: string, isFilled: boolean): uPlot.Series {
	return { label, stroke, width: LINE_PX, points: { size: POINT_PX, filter: isolated }, ...(isFilled ? { fill: stroke + FILL } : {}) };
}

function isolated({ data }: uPlot, series: number): number[] {
	const values = data[series] ?? [];
	return Array.from(values.keys()).filter((index) => isThere(values[index]) && !isThere(values[index - 1]) && !isThere(values[index + 1]));
}

function isThere(value: number | null | undefined): value is number {
	return value !== null && value !== undefined;
}

/** Nothing but zeros still has a scale. */
function roomAbove(high: number | null): number {
	return high === null || high <= 0 ? 1 : high * 1.1;
}

function spanOf({ scales }: uPlot): number {
	const { min = 0, max = 0 } = scales['x'] ?? {};
	return (max ?? 0) - (min ?? 0);
}

/** @param at seconds since the epoch */
function momentOf(at: number, spanS: number): string {
	if (spanS <= 2 * DAY_S) return timeOfDay(at * 1_000);
	return new Intl.DateTimeFormat(locale(), { day: '2-digit', month: '2-digit' }).format(new Date(at * 1_000));
}
