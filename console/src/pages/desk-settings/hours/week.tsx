/** The plan of a week. */
import { Button, Text } from '@mantine/core';
import type { OpeningHours } from '../../../api/views.ts';
import { useWords } from '../../../i18n/words.ts';
import { Card } from '../../../parts/page.tsx';
import classes from './hours.module.css';
import { HOURS_WORDS } from './hours-words.ts';
import { Spans } from './spans.tsx';

/** As a calendar of the week has them where one works from Monday on. */
export const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const WORKING_DAYS = DAYS.slice(1, 5);

export interface WeekProps {
	readonly week: OpeningHours['week'];
	readonly onChange: (week: OpeningHours['week']) => void;
	readonly faultOf: (path: string) => string | undefined;
}

export function Week({ week, onChange, faultOf }: WeekProps) {
	const say = useWords(HOURS_WORDS);
	const { monday = [] } = week;
	const copy = (): void => onChange({ ...week, ...Object.fromEntries(WORKING_DAYS.map((day) => [day, monday])) });
	return (
		<Card
			title={say.week}
			actions={
				<Button variant="default" size="xs" onClick={copy}>
					{say.copyMonday}
				</Button>
			}
		>
			{DAYS.map((day) => (
				<div key={day} className={classes['day']}>
					<Text size="sm" fw={600} pt={6}>
						{say[day]}
					</Text>
					<Spans
						day={say[day]}
						spans={week[day] ?? []}
						onChange={(spans) => onChange({ ...week, [day]: spans })}
						faultOf={(index) => faultOf(`week.${day}[${index}]`)}
					/>
				</div>
			))}
		</Card>
	);
}
