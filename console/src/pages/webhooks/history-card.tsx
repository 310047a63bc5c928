/** What became of it, newest first: when its circuit opened and closed, who failed and how, what was changed. */
import { Button, Skeleton, Text, Timeline } from '@mantine/core';
import { CircleCheck, CircleX, KeyRound, type LucideIcon, Pause, Pencil, Play, Plus, Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { WebhookPast } from '../../api/views.ts';
import { count, dateTime, lasting } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useWords, words } from '../../i18n/words.ts';
import { Card } from '../../parts/page.tsx';
import { Problem } from '../../parts/problem.tsx';
import { When } from '../../parts/when.tsx';
import { DELIVERY_WORDS } from '../deliveries/delivery-words.ts';
import { useHistory } from './data.ts';
import { WEBHOOK_WORDS } from './webhook-words.ts';

const WORDS = words({
	en: {
		title: 'History',
		none: 'Nothing is known of it: it was made before the gateway kept this.',
		all: (all: string) => `Show all ${all}`,
		kind: {
			created: 'Created',
			failing: 'Circuit opened: the receiver fails',
			recovered: 'Circuit closed: the receiver answers again',
			disabled: 'Disabled',
			enabled: 'Enabled',
			changed: 'Changed',
			'secret-rotated': 'Secret rotated',
			ending: 'Deletion began',
			kept: 'Deletion was taken back',
		},
		inARow: (failures: string) => `${failures} failures in a row`,
		after: (time: string) => `after ${time}`,
		settings: {
			url: 'address',
			events: 'events',
			headers: 'headers',
			authentication: 'authentication',
			order: 'order',
			signatures: 'signatures',
			scheduleMs: 'pauses before attempts',
			patienceMs: 'when it is given up',
			concurrency: 'how many at once',
			ratePerSecond: 'how many per second',
		} as Readonly<Record<string, string>>,
		endings: { cancel: 'what waited is discarded', drain: 'what waited is delivered first' } as Readonly<Record<string, string>>,
	},
	pt: {
		title: 'Histórico',
		none: 'Nada se sabe dele: foi criado antes de o gateway guardar isto.',
		all: (all: string) => `Mostrar todos os ${all}`,
		kind: {
			created: 'Criado',
			failing: 'Circuito abriu: o receptor está falhando',
			recovered: 'Circuito fechou: o receptor voltou a responder',
			disabled: 'Desativado',
			enabled: 'Ativado',
			changed: 'Alterado',
			'secret-rotated': 'Segredo trocado',
			ending: 'Exclusão iniciada',
			kept: 'Exclusão desfeita',
		},
		inARow: (failures: string) => `${failures} falhas seguidas`,
		after: (time: string) => `depois de ${time}`,
		settings: {
			url: 'endereço',
			events: 'eventos',
			headers: 'headers',
			authentication: 'autenticação',
			order: 'ordem',
			signatures: 'assinaturas',
			scheduleMs: 'pausas antes das tentativas',
			patienceMs: 'quando desiste',
			concurrency: 'quantas ao mesmo tempo',
			ratePerSecond: 'quantas por segundo',
		} as Readonly<Record<string, string>>,
		endings: { cancel: 'o que esperava é descartado', drain: 'o que esperava é entregue antes' } as Readonly<Record<string, string>>,
	},
});

const ICONS: Readonly<Record<WebhookPast['kind'], LucideIcon>> = {
	created: Plus,
	failing: CircleX,
	recovered: CircleCheck,
	disabled: Pause,
	enabled: Play,
	changed: Pencil,
	'secret-rotated': KeyRound,
	ending: Trash2,
	kept: Undo2,
};

/** What stands out. */
const COLOURS: Readonly<Partial<Record<WebhookPast['kind'], string>>> = {
	failing: 'var(--mantine-color-error)',
	recovered: 'light-dark(#0a5136, #8fe0b8)',
};

const SHOWN = 6;
const ICON_PX = 14;
const BULLET_PX = 26;

export function HistoryCard({ webhookId }: { readonly webhookId: string }) {
	const say = useWords(WORDS);
	const { data, error, refetch } = useHistory(webhookId);
	const [hasAll, setAll] = useState(false);
	const shown = hasAll ? data : data?.slice(0, SHOWN);
	return (
		<Card title={say.title}>
			{error !== null && !data && <Problem error={error} onRetry={() => void refetch()} />}
			{!data && error === null && <Skeleton h={80} />}
			{data?.length === 0 && (
				<Text size="sm" c="dimmed">
					{say.none}
				</Text>
			)}
			{shown && shown.length > 0 && (
				<Timeline bulletSize={BULLET_PX} lineWidth={2}>
					{shown.map((past) => (
						<Past key={`${past.at} ${past.kind}`} past={past} />
					))}
				</Timeline>
			)}
			{data && shown && data.length > shown.length && (
				<Button variant="default" size="compact-sm" mt="md" onClick={() => setAll(true)}>
					{say.all(count(data.length))}
				</Button>
			)}
		</Card>
	);
}

function Past({ past }: { readonly past: WebhookPast }) {
	const say = useWords(WORDS);
	const language = useLanguage();
	const { kind, at, explanation } = past;
	const Icon = ICONS[kind];
	const about = useAbout(past);
	return (
		<Timeline.Item
			bullet={<Icon size={ICON_PX} color={COLOURS[kind] ?? 'currentColor'} aria-hidden />}
			title={
				<Text size="sm" fw={600} component="span">
					{say.kind[kind]}
				</Text>
			}
		>
			{about.length > 0 && (
				<Text size="sm" style={{ overflowWrap: 'anywhere' }}>
					{about.join(' · ')}
				</Text>
			)}
			{explanation && (
				<Text size="sm" c="dimmed">
					{explanation[language]}
				</Text>
			)}
			<Text size="xs" c="dimmed" component="div">
				<When at={at} size="xs" /> · {dateTime(at)}
			</Text>
		</Timeline.Item>
	);
}

function useAbout({ kind, at, errorClass, failuresInARow, failingSince, reason, settings }: WebhookPast): readonly string[] {
	const say = useWords(WORDS);
	const errors = useWords(DELIVERY_WORDS).error;
	const { gone } = useWords(WEBHOOK_WORDS);
	const why = kind === 'ending' ? say.endings[reason ?? ''] : reason === 'gone' ? gone : reason;
	return [
		errorClass === undefined ? undefined : (errors[errorClass] ?? errorClass),
		failuresInARow === undefined || failuresInARow < 2 ? undefined : say.inARow(count(failuresInARow)),
		failingSince === undefined ? undefined : say.after(lasting(Date.parse(at) - Date.parse(failingSince))),
		why,
		settings?.map((setting) => say.settings[setting] ?? setting).join(', '),
	].flatMap((text) => (text === undefined || text === '' ? [] : [text]));
}
