/** How it is served: in which order, how fast, how often again, how long. Empty fields are the gateway's defaults. */
import { Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { Refused } from '../../../api/http.ts';
import type { Webhook } from '../../../api/views.ts';
import { useWords, words } from '../../../i18n/words.ts';
import { mistakesOf, RATE_BOUNDS } from '../webhook-mistakes.ts';
import { useMistakeWords } from '../webhook-sending.ts';
import { WEBHOOK_WORDS } from '../webhook-words.ts';
import type { FieldsProps } from './fields-props.ts';

const WORDS = words({
	en: {
		order: 'Order',
		orderAbout: 'Which deliveries wait for each other. A change holds for events from then on.',
		concurrency: 'At once, at most',
		rate: 'Per second, at most',
		schedule: 'Pauses before each attempt',
		scheduleAbout: 'The first one before the first attempt: 0s, 5s, 5m, 30m, 2h',
		patience: 'Given up after',
		patienceAbout: 'A delivery that fails when it is older is dead: 76h',
		usual: 'Default',
		empty: 'What is empty is as the gateway has it by default.',
	},
	pt: {
		order: 'Ordem',
		orderAbout: 'Quais entregas esperam umas pelas outras. Uma mudança vale para os eventos seguintes.',
		concurrency: 'Ao mesmo tempo, no máximo',
		rate: 'Por segundo, no máximo',
		schedule: 'Pausas antes de cada tentativa',
		scheduleAbout: 'A primeira vem antes da primeira tentativa: 0s, 5s, 5m, 30m, 2h',
		patience: 'Desistir depois de',
		patienceAbout: 'Uma entrega que falha quando é mais velha fica esgotada: 76h',
		usual: 'Padrão',
		empty: 'O que fica vazio segue o padrão do gateway.',
	},
});

const ORDERS: readonly Webhook['order'][] = ['chat', 'webhook', 'none'];
const CONCURRENCY_MAX = 1_000;

export function LimitFields({ draft, onChange, sending }: FieldsProps) {
	const say = useWords(WORDS);
	const told = useWords(WEBHOOK_WORDS);
	const mistaken = useMistakeWords();
	const mistakes = mistakesOf(draft);
	const typed = (path: string): string | undefined => {
		const mistake = mistakes.find((one) => one.path === path);
		return mistake && mistaken[mistake.kind];
	};
	return (
		<Stack>
			<Select
				label={say.order}
				description={say.orderAbout}
				allowDeselect={false}
				value={draft.order}
				data={ORDERS.map((value) => ({ value, label: told.order[value] }))}
				onChange={(value) => onChange({ ...draft, order: value as Webhook['order'] })}
			/>
			<Group grow align="flex-start">
				<NumberInput
					label={say.concurrency}
					placeholder={say.usual}
					min={1}
					max={CONCURRENCY_MAX}
					allowDecimal={false}
					value={draft.concurrency}
					error={sending.faultOf('concurrency')}
					onChange={(concurrency) => onChange({ ...draft, concurrency })}
				/>
				<NumberInput
					label={say.rate}
					placeholder={say.usual}
					{...RATE_BOUNDS}
					// What is out of them is said, and not made into another rate.
					clampBehavior="none"
					value={draft.ratePerSecond}
					error={typed('ratePerSecond') ?? sending.faultOf('ratePerSecond')}
					onChange={(ratePerSecond) => onChange({ ...draft, ratePerSecond })}
				/>
			</Group>
			<TextInput
				label={say.schedule}
				description={say.scheduleAbout}
				placeholder={say.usual}
				value={draft.schedule}
				error={typed('scheduleMs') ?? faultWithin(sending.error, 'scheduleMs')}
				onChange={({ currentTarget: { value } }) => onChange({ ...draft, schedule: value })}
			/>
			<TextInput
				label={say.patience}
				description={say.patienceAbout}
				placeholder={say.usual}
				value={draft.patience}
				error={typed('patienceMs') ?? sending.faultOf('patienceMs')}
				onChange={({ currentTarget: { value } }) => onChange({ ...draft, patience: value })}
			/>
			<Text size="xs" c="dimmed">
				{say.empty}
			</Text>
		</Stack>
	);
}

/** Of a list the gateway names the entry: `scheduleMs[3]`. */
function faultWithin(error: unknown, path: string): string | undefined {
	if (!(error instanceof Refused)) return undefined;
	return error.faults.find((fault) => fault.path.startsWith(path))?.message;
}
