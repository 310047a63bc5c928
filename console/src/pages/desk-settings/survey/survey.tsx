/** The satisfaction survey: what is asked when an attendance is finished, and what customers answered. */
import { NumberInput, SimpleGrid, Stack, Switch, Textarea } from '@mantine/core';
import type { Survey as SurveyView } from '../../../api/views.ts';
import { useWords, words } from '../../../i18n/words.ts';
import { Card } from '../../../parts/page.tsx';
import { Setting, type SettingParts } from '../setting.tsx';
import { Answers } from './answers.tsx';

const WORDS = words({
	en: {
		active: 'Ask when an attendance is finished',
		question: 'Question',
		questionUsual: 'How do you rate this attendance, from 1 to 5?',
		ratingMax: 'Highest rating',
		ratingMaxHint: 'Ratings go from 1 to this',
		observation: 'Second question',
		observationHint: 'Asked after the rating; empty: not asked',
		thanks: 'Thanks',
		thanksHint: 'Said at the end; empty: nothing is said',
		thanksUsual: 'Thank you!',
		window: 'Waits for an answer (hours)',
		windowHint: 'What comes later is an ordinary message',
	},
	pt: {
		active: 'Perguntar ao finalizar o atendimento',
		question: 'Pergunta',
		questionUsual: 'Que nota você dá a este atendimento, de 1 a 5?',
		ratingMax: 'Nota máxima',
		ratingMaxHint: 'As notas vão de 1 até esta',
		observation: 'Segunda pergunta',
		observationHint: 'Feita depois da nota; em branco: não é feita',
		thanks: 'Agradecimento',
		thanksHint: 'Dito no fim; em branco: nada é dito',
		thanksUsual: 'Obrigado!',
		window: 'Aguarda a resposta (horas)',
		windowHint: 'O que vier depois é uma mensagem comum',
	},
});

const TEXT_LENGTH_MAX = 4_096;
const HOUR_MS = 3_600_000;
const WINDOW_HOURS_MAX = 720;
const RATING_MAX = 10;
const OPTIONAL = ['observationQuestion', 'thanks'] as const;
const FIELDS = ['question', 'ratingMax', 'windowMs', ...OPTIONAL];

export function Survey({ accountId }: { readonly accountId: string }) {
	const say = useWords(WORDS);
	const usual: SurveyView = {
		active: false,
		question: say.questionUsual,
		ratingMax: 5,
		thanks: say.thanksUsual,
		windowMs: 24 * HOUR_MS,
	};
	return (
		<Stack gap="xl">
			<Setting accountId={accountId} name="survey" usual={usual} optional={OPTIONAL} toldAtFields={FIELDS}>
				{(parts) => <Questions {...parts} />}
			</Setting>
			<Answers accountId={accountId} />
		</Stack>
	);
}

function Questions({ draft, set, faultOf }: SettingParts<SurveyView>) {
	const say = useWords(WORDS);
	return (
		<Card>
			<Stack>
				<Switch label={say.active} checked={draft.active} onChange={(event) => set({ active: event.currentTarget.checked })} />
				<Textarea
					label={say.question}
					required
					autosize
					minRows={2}
					maxLength={TEXT_LENGTH_MAX}
					value={draft.question}
					onChange={(event) => set({ question: event.currentTarget.value })}
					error={faultOf('question')}
				/>
				<SimpleGrid cols={{ base: 1, sm: 2 }}>
					<NumberInput
						label={say.ratingMax}
						description={say.ratingMaxHint}
						min={1}
						max={RATING_MAX}
						allowDecimal={false}
						value={draft.ratingMax}
						onChange={(ratingMax) => typeof ratingMax === 'number' && set({ ratingMax })}
						error={faultOf('ratingMax')}
					/>
					<NumberInput
						label={say.window}
						description={say.windowHint}
						min={0.01}
						max={WINDOW_HOURS_MAX}
						decimalScale={2}
						value={Math.round((draft.windowMs / HOUR_MS) * 100) / 100}
						onChange={(hours) => typeof hours === 'number' && set({ windowMs: Math.round(hours * HOUR_MS) })}
						error={faultOf('windowMs')}
					/>
				</SimpleGrid>
				<Textarea
					label={say.observation}
					description={say.observationHint}
					autosize
					minRows={2}
					maxLength={TEXT_LENGTH_MAX}
					value={draft.observationQuestion ?? ''}
					onChange={(event) => set({ observationQuestion: event.currentTarget.value })}
					error={faultOf('observationQuestion')}
				/>
				<Textarea
					label={say.thanks}
					description={say.thanksHint}
					autosize
					minRows={1}
					maxLength={TEXT_LENGTH_MAX}
					value={draft.thanks ?? ''}
					onChange={(event) => set({ thanks: event.currentTarget.value })}
					error={faultOf('thanks')}
				/>
			</Stack>
		</Card>
	);
}
