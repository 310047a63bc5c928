/** Days on which other times hold, or none. */
import { ActionIcon, Button, Group, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { Plus, Trash2 } from 'lucide-react';
import type { OpeningHours } from '../../../api/views.ts';
import { useWords } from '../../../i18n/words.ts';
import { Card } from '../../../parts/page.tsx';
import classes from './hours.module.css';
import { HOURS_WORDS } from './hours-words.ts';
import { Spans } from './spans.tsx';

export interface HolidaysProps {
	readonly holidays: OpeningHours['holidays'];
	/** In which the days are. */
	readonly timeZone: string;
	readonly onChange: (holidays: OpeningHours['holidays']) => void;
	readonly faultOf: (path: string) => string | undefined;
}

type Holiday = OpeningHours['holidays'][number];

export function Holidays({ holidays, timeZone, onChange, faultOf }: HolidaysProps) {
	const say = useWords(HOURS_WORDS);
	const set = (index: number, part: Partial<Holiday>): void =>
		onChange(holidays.map((one, place) => (place === index ? { ...one, ...part } : one)));
	const add = (): void => onChange([...holidays, { date: freeDay(holidays, timeZone), spans: [] }]);
	return (
		<Card title={say.holidays}>
			<Stack>
				<Text size="sm" c="dimmed">
					{say.holidaysHint}
				</Text>
				{holidays.map(({ date, name = '', spans }, index) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: a day may be there twice while one writes
					<div key={index} className={classes['holiday']}>
						<Group gap="xs" align="flex-end" wrap="nowrap">
							<TextInput
								type="date"
								label={say.date}
								w={150}
								value={date}
								onChange={(event) => set(index, { date: event.currentTarget.value })}
								error={faultOf(`holidays[${index}].date`)}
							/>
							<TextInput
								label={say.name}
								flex={1}
								maxLength={200}
								value={name}
								onChange={(event) => set(index, { name: event.currentTarget.value })}
								error={faultOf(`holidays[${index}].name`)}
							/>
							<Tooltip label={say.removeHoliday(name || date)}>
								<ActionIcon
									variant="subtle"
									color="gray"
									size={36}
									aria-label={say.removeHoliday(name || date)}
									onClick={() => onChange(holidays.filter((_, place) => place !== index))}
								>
									<Trash2 size={16} aria-hidden />
								</ActionIcon>
							</Tooltip>
						</Group>
						<Spans
							day={name || date}
							spans={spans}
							onChange={(changed) => set(index, { spans: changed })}
							faultOf={(place) => faultOf(`holidays[${index}].spans[${place}]`)}
						/>
					</div>
				))}
				<Button variant="default" size="xs" leftSection={<Plus size={14} aria-hidden />} onClick={add} style={{ alignSelf: 'flex-start' }}>
					{say.addHoliday}
				</Button>
			</Stack>
		</Card>
	);
}

/** Today, or the first day after it that is not there yet. */
function freeDay(holidays: readonly Holiday[], timeZone: string): string {
	const day = new Date(`${todayIn(timeZone)}T00:00:00Z`);
	const written = (): string => day.toISOString().slice(0, 10);
	while (holidays.some(({ date }) => date === written())) day.setUTCDate(day.getUTCDate() + 1);
	return written();
}

/** `2026-01-31`: Swedish writes dates as ISO 8601 does. */
function todayIn(timeZone: string): string {
	return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date());
}
