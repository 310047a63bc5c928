/** How it is served: in which order, how fast, how often again, how long. Empty fields are the gateway's defaults. */
import { Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { Refused } from '../../../api/http.ts';
import type { Webhook } from '../../../api/views.ts';
import { useWords, words } from '../../../i18n/words.ts';
import { faultsOf } from '../webhook-draft.ts';
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
		scheduleFault: 'Write pauses like 0s, 5s, 5m, 2h, with commas between them.',
		patience: 'Given up after',
		patienceAbout: 'A delivery that fails when it is older is dead: 76h',
		patienceFault: 'Write a length of time like 76h or 3d.',
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
		scheduleFault: 'Escreva pausas como 0s, 5s, 5m, 2h, separadas por vírgulas.',
		patience: 'Desistir depois de',
		patienceAbout: 'Uma entrega que falha quando é mais velha fica esgotada: 76h',
		patienceFault: 'Escreva um tempo como 76h ou 3d.',
		usual: 'Padrão',
		empty: 'O que fica vazio segue o padrão do gateway.',
	},
});

const ORDERS: readonly Webhook['order'][] = ['chat', 'webhook', 'none'];
const CONCURRENCY_MAX = 1_000;
const RATE_MAX = 10_000;

export function LimitFields({ draft, onChange, sending }: FieldsProps) {
	const say = useWords(WORDS);
	const told = useWords(WEBHOOK_WORDS);
	const typed = faultsOf(draft);
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
					min={0}
					max={RATE_MAX}
					value={draft.ratePerSecond}
					error={sending.faultOf('ratePerSecond')}
					onChange={(ratePerSecond) => onChange({ ...draft, ratePerSecond })}
				/>
			</Group>
			<TextInput
				label={say.schedule}
				description={say.scheduleAbout}
				placeholder={say.usual}
				value={draft.schedule}
				error={typed.schedule ? say.scheduleFault : faultWithin(sending.error, 'scheduleMs')}
				onChange={({ currentTarget: { value } }) => onChange({ ...draft, schedule: value })}
			/>
			<TextInput
				label={say.patience}
				description={say.patienceAbout}
				placeholder={say.usual}
				value={draft.patience}
				error={typed.patience ? say.patienceFault : sending.faultOf('patienceMs')}
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
