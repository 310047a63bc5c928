/** When an account is open, and what is said while it is not. */
import { Button, Select, Stack, Switch, Textarea } from '@mantine/core';
import type { OpeningHours } from '../../../api/views.ts';
import { useWords } from '../../../i18n/words.ts';
import { useConfirm } from '../../../parts/confirm.tsx';
import { Card } from '../../../parts/page.tsx';
import { Setting, type SettingParts } from '../setting.tsx';
import { WORDS as COMMON } from '../settings-words.ts';
import { Holidays } from './holidays.tsx';
import { HOURS_WORDS } from './hours-words.ts';
import { DAYS, Week } from './week.tsx';

const ZONES = Intl.supportedValuesOf('timeZone');
const ZONES_SHOWN_MAX = 60;
const TEXT_LENGTH_MAX = 4_096;
const FIELDS = [
	'timeZone',
	'awayMessage',
	'holidays[].date',
	'holidays[].name',
	'holidays[].spans[]',
	...DAYS.map((day) => `week.${day}[]`),
];

export function Hours({ accountId }: { readonly accountId: string }) {
	const say = useWords(HOURS_WORDS);
	const usual: OpeningHours = {
		active: false,
		timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
		week: WORKING_WEEK,
		holidays: [],
		awayMessage: say.awayUsual,
	};
	return (
		<Setting accountId={accountId} name="hours" usual={usual} toldAtFields={FIELDS}>
			{(parts) => <Parts {...parts} />}
		</Setting>
	);
}

const DAY = [
	{ from: '08:00', to: '12:00' },
	{ from: '13:00', to: '18:00' },
];
const WORKING_WEEK = { monday: DAY, tuesday: DAY, wednesday: DAY, thursday: DAY, friday: DAY };

function Parts({ draft, set, faultOf, isKept, remove }: SettingParts<OpeningHours>) {
	const say = useWords(HOURS_WORDS);
	const common = useWords(COMMON);
	const confirm = useConfirm(() => ({ title: say.removeTitle, text: say.removeText, verb: common.delete, act: remove }));
	const zones = ZONES.includes(draft.timeZone) ? ZONES : [draft.timeZone, ...ZONES];
	return (
		<>
			<Card>
				<Stack>
					<Switch
						label={say.active}
						description={say.activeHint}
						checked={draft.active}
						onChange={(event) => set({ active: event.currentTarget.checked })}
					/>
					<Select
						label={say.timeZone}
						maw={360}
						searchable
						allowDeselect={false}
						limit={ZONES_SHOWN_MAX}
						data={zones}
						value={draft.timeZone}
						onChange={(timeZone) => timeZone !== null && set({ timeZone })}
						error={faultOf('timeZone')}
					/>
					<Textarea
						label={say.away}
						required
						autosize
						minRows={2}
						maxRows={8}
						maxLength={TEXT_LENGTH_MAX}
						value={draft.awayMessage}
						onChange={(event) => set({ awayMessage: event.currentTarget.value })}
						error={faultOf('awayMessage')}
					/>
					{isKept && (
						<Button variant="default" size="xs" onClick={() => confirm.ask()} style={{ alignSelf: 'flex-start' }}>
							{say.remove}
						</Button>
					)}
				</Stack>
			</Card>
			<Week week={draft.week} onChange={(week) => set({ week })} faultOf={faultOf} />
			<Holidays holidays={draft.holidays} timeZone={draft.timeZone} onChange={(holidays) => set({ holidays })} faultOf={faultOf} />
			{confirm.dialog}
		</>
	);
}
