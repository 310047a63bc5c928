/** The values of a chart, latest first. */
import { Table } from '@mantine/core';
import { dateTime } from '../i18n/format.ts';
import { useWords, words } from '../i18n/words.ts';
import classes from './chart.module.css';
import type { Line } from './chart-drawing.ts';

const WORDS = words({ en: { time: 'Time' }, pt: { time: 'Horário' } });

export interface ChartTableProps {
	readonly title: string;
	readonly times: readonly number[];
	readonly lines: readonly Line[];
	readonly format: (value: number) => string;
}

export function ChartTable({ title, times, lines, format }: ChartTableProps) {
	const say = useWords(WORDS);
	const rows = times.map((at, index) => ({ at, index })).reverse();
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keyboard as well
		<section className={classes['table']} aria-label={title} tabIndex={0}>
			<Table stickyHeader withRowBorders verticalSpacing={4}>
				<Table.Thead>
					<Table.Tr>
						<Table.Th scope="col">{say.time}</Table.Th>
						{lines.map(({ name }) => (
							<Table.Th key={name} scope="col" ta="right">
								{name}
							</Table.Th>
						))}
					</Table.Tr>
				</Table.Thead>
				<Table.Tbody>
					{rows.map(({ at, index }) => (
						<Table.Tr key={at}>
							<Table.Th scope="row" fw={400}>
								{dateTime(at)}
							</Table.Th>
							{lines.map(({ name, values }) => (
								<Table.Td key={name} ta="right">
									{values[index] === null || values[index] === undefined ? '–' : format(values[index])}
								</Table.Td>
							))}
						</Table.Tr>
					))}
				</Table.Tbody>
			</Table>
		</section>
	);
}
