/** The menu that asks a waiting customer what it is about, and routes (URA). */
import { NumberInput, SegmentedControl, Stack, Switch, Text, Textarea } from '@mantine/core';
import { useId } from 'react';
import { useDepartments } from '../../../api/staff.ts';
import type { Ura as UraView } from '../../../api/views.ts';
import { useWords } from '../../../i18n/words.ts';
import { Card } from '../../../parts/page.tsx';
import { Setting, type SettingParts } from '../setting.tsx';
import classes from './ura.module.css';
import { freshOption, type UraOption } from './ura-option.ts';
import { OPTION_FIELDS, UraOptions } from './ura-options.tsx';
import { UraPreview } from './ura-preview.tsx';
import { URA_WORDS } from './ura-words.ts';

const TEXT_LENGTH_MAX = 4_096;
const WRONG_ANSWERS_MAX = 20;
const OPTIONAL = ['options', 'wrongAnswerMessage', 'routedMessage'] as const;
const FIELDS = ['welcomeMessage', 'departmentMessage', 'wrongAnswerMessage', 'wrongAnswersMax', 'routedMessage', ...OPTION_FIELDS];

export function Ura({ accountId }: { readonly accountId: string }) {
	const say = useWords(URA_WORDS);
	const usual: UraView = {
		active: false,
		ignoreDefault: false,
		ignoreGroups: true,
		welcomeMessage: say.welcomeUsual,
		departmentMessage: say.questionUsual,
	};
	return (
		<Setting accountId={accountId} name="ura" usual={usual} optional={OPTIONAL} toldAtFields={FIELDS}>
			{(parts) => (
				<div className={classes['sides']}>
					<Stack gap="lg">
						<Basics {...parts} />
						<Offers accountId={accountId} {...parts} />
						<Answers {...parts} />
					</Stack>
					<UraPreview accountId={accountId} draft={parts.draft} />
				</div>
			)}
		</Setting>
	);
}

function Basics({ draft, set, faultOf }: SettingParts<UraView>) {
	const say = useWords(URA_WORDS);
	return (
		<Card>
			<Stack>
				<Switch
					label={say.active}
					description={say.activeHint}
					checked={draft.active}
					onChange={(event) => set({ active: event.currentTarget.checked })}
				/>
				<Switch
					label={say.ignoreGroups}
					checked={draft.ignoreGroups}
					onChange={(event) => set({ ignoreGroups: event.currentTarget.checked })}
				/>
				<Textarea
					label={say.welcome}
					description={say.welcomeHint}
					autosize
					minRows={1}
					maxLength={TEXT_LENGTH_MAX}
					value={draft.welcomeMessage}
					onChange={(event) => set({ welcomeMessage: event.currentTarget.value })}
					error={faultOf('welcomeMessage')}
				/>
				<Textarea
					label={say.question}
					autosize
					minRows={1}
					maxLength={TEXT_LENGTH_MAX}
					value={draft.departmentMessage}
					onChange={(event) => set({ departmentMessage: event.currentTarget.value })}
					error={faultOf('departmentMessage')}
				/>
			</Stack>
		</Card>
	);
}

function Offers({ accountId, draft, set, faultOf }: SettingParts<UraView> & { readonly accountId: string }) {
	const say = useWords(URA_WORDS);
	const offersId = useId();
	const { data: departments = [] } = useDepartments(accountId);
	const options = (draft.options ?? []) as readonly UraOption[];
	const begin = (): readonly UraOption[] => {
		const active = departments.filter((one) => one.active);
		return active.length === 0
			? [freshOption()]
			: active.map(({ id, name }) => ({ label: name, to: { kind: 'department', departmentId: id } }));
	};
	return (
		<Card title={say.options}>
			<Stack>
				<Text size="sm" fw={500} id={offersId}>
					{say.offers}
				</Text>
				<SegmentedControl
					aria-labelledby={offersId}
					data={[
						{ value: 'departments', label: say.departments },
						{ value: 'own', label: say.own },
					]}
					value={options.length === 0 ? 'departments' : 'own'}
					onChange={(chosen) => set({ options: chosen === 'own' ? begin() : [] })}
				/>
				{options.length === 0 ? (
					<Switch
						label={say.ignoreDefault}
						checked={draft.ignoreDefault}
						onChange={(event) => set({ ignoreDefault: event.currentTarget.checked })}
					/>
				) : (
					<UraOptions
						accountId={accountId}
						options={options}
						onChange={(changed) => set({ options: changed })}
						path="options"
						depth={1}
						faultOf={faultOf}
					/>
				)}
			</Stack>
		</Card>
	);
}

function Answers({ draft, set, faultOf }: SettingParts<UraView>) {
	const say = useWords(URA_WORDS);
	return (
		<Card>
			<Stack>
				<Textarea
					label={say.routed}
					description={say.routedHint}
					autosize
					minRows={1}
					maxLength={TEXT_LENGTH_MAX}
					value={draft.routedMessage ?? ''}
					onChange={(event) => set({ routedMessage: event.currentTarget.value })}
					error={faultOf('routedMessage')}
				/>
				<Textarea
					label={say.wrong}
					description={say.wrongHint}
					autosize
					minRows={1}
					maxLength={TEXT_LENGTH_MAX}
					value={draft.wrongAnswerMessage ?? ''}
					onChange={(event) => set({ wrongAnswerMessage: event.currentTarget.value })}
					error={faultOf('wrongAnswerMessage')}
				/>
				<NumberInput
					label={say.wrongMax}
					maw={320}
					description={say.wrongMaxHint}
					min={1}
					max={WRONG_ANSWERS_MAX}
					allowDecimal={false}
					value={draft.wrongAnswersMax ?? 3}
					onChange={(wrongAnswersMax) => typeof wrongAnswersMax === 'number' && set({ wrongAnswersMax })}
					error={faultOf('wrongAnswersMax')}
				/>
			</Stack>
		</Card>
	);
}
