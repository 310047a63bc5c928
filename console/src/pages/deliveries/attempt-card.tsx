/** One attempt: what was asked, what was answered, how long each phase took, why it failed, and whether its signature is right. */
import { Stack, Text } from '@mantine/core';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import type { DeliveryDetail } from '../../api/views.ts';
import { dateTime, lasting } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useWords, words } from '../../i18n/words.ts';
import { Json } from '../../parts/json.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import type { Attempt } from './attempt.ts';
import classes from './attempt-card.module.css';
import { DELIVERY_WORDS } from './delivery-words.ts';
import { Headers } from './headers.tsx';
import { SignatureCheck } from './signature-check.tsx';
import { TimingBar } from './timing-bar.tsx';

const WORDS = words({
	en: {
		attempt: (number: number) => `Attempt ${number}`,
		probe: 'probe',
		noAnswer: 'no answer',
		why: 'Why it failed',
		technical: 'Technical detail:',
		request: 'Request',
		response: 'Response',
		requestHeaders: 'Headers of the request',
		responseHeaders: 'Headers of the response',
		responseBody: 'Body of the response',
		noBody: 'No body.',
		nothing: 'Nothing was answered.',
	},
	pt: {
		attempt: (number: number) => `Tentativa ${number}`,
		probe: 'sondagem',
		noAnswer: 'sem resposta',
		why: 'Por que falhou',
		technical: 'Detalhe técnico:',
		request: 'Requisição',
		response: 'Resposta',
		requestHeaders: 'Headers da requisição',
		responseHeaders: 'Headers da resposta',
		responseBody: 'Corpo da resposta',
		noBody: 'Sem corpo.',
		nothing: 'Nada foi respondido.',
	},
});

export interface AttemptCardProps {
	readonly attempt: Attempt;
	readonly delivery: DeliveryDetail;
	readonly isOpenAtFirst: boolean;
}

export function AttemptCard({ attempt, delivery, isOpenAtFirst }: AttemptCardProps) {
	const say = useWords(WORDS);
	const [isOpen, setOpen] = useState(isOpenAtFirst);
	const id = useId();
	const { number, isProbe, startedAt, timings } = attempt;
	const Arrow = isOpen ? ChevronDown : ChevronRight;
	return (
		<section className={classes['attempt']} aria-label={say.attempt(number)}>
			<button type="button" className={classes['head']} aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
				<Arrow size={16} aria-hidden />
				<Text fw={600} component="span" size="sm">
					{say.attempt(number)}
				</Text>
				<Outcome attempt={attempt} />
				{isProbe && <StateBadge tone="idle">{say.probe}</StateBadge>}
				<Text component="span" size="sm" c="dimmed" className={classes['when'] ?? ''}>
					{dateTime(startedAt)} · {lasting(timings.totalMs)}
				</Text>
			</button>
			<div id={id} hidden={!isOpen} className={classes['body']}>
				{isOpen && <Opened attempt={attempt} delivery={delivery} />}
			</div>
		</section>
	);
}

function Outcome({ attempt: { error, response } }: { readonly attempt: Attempt }) {
	const say = useWords(WORDS);
	const errors = useWords(DELIVERY_WORDS).error;
	const status = response === undefined ? '' : `${response.status}`;
	if (error === undefined) return <StateBadge tone="good">{status === '' ? say.noAnswer : status}</StateBadge>;
	const name = errors[error.class] ?? error.class;
	return <StateBadge tone={error.class === 'interrupted' ? 'idle' : 'bad'}>{status === '' ? name : status}</StateBadge>;
}

function Opened({ attempt, delivery }: Pick<AttemptCardProps, 'attempt' | 'delivery'>) {
	const say = useWords(WORDS);
	const { error, request, response, timings, signature } = attempt;
	return (
		<Stack gap="md">
			{error && (
				<Part title={say.why}>
					<Why error={error} />
				</Part>
			)}
			<TimingBar timings={timings} />
			<div className={classes['exchange']}>
				<Part title={say.request}>
					<Text size="sm" className={classes['line'] ?? ''}>
						POST {request.url}
					</Text>
					<Headers headers={request.headers} label={say.requestHeaders} />
				</Part>
				<Part title={response ? `${say.response} ${response.status}` : say.response}>
					{response ? <Answer response={response} /> : <Text size="sm">{say.nothing}</Text>}
				</Part>
			</div>
			{signature && <SignatureCheck key={attempt.id} signature={signature} delivery={delivery} />}
		</Stack>
	);
}

function Why({ error }: { readonly error: NonNullable<Attempt['error']> }) {
	const say = useWords(WORDS);
	const language = useLanguage();
	return (
		<>
			<Text size="sm">{error.explanation[language]}</Text>
			{error.message !== undefined && (
				<Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
					{say.technical}{' '}
					<Text span inherit ff="monospace" lang="en">
						{error.message}
					</Text>
				</Text>
			)}
		</>
	);
}

const BODY_PX = 220;

function Answer({ response }: { readonly response: NonNullable<Attempt['response']> }) {
	const say = useWords(WORDS);
	return (
		<>
			<Headers headers={response.headers} label={say.responseHeaders} />
			{response.body === undefined || response.body === '' ? (
				<Text size="sm" c="dimmed">
					{say.noBody}
				</Text>
			) : (
				<Json value={response.body} label={say.responseBody} maxHeight={BODY_PX} />
			)}
		</>
	);
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
	return (
		<Stack gap={6} miw={0}>
			<Text component="h3" size="sm" fw={600} m={0}>
				{title}
			</Text>
			{children}
		</Stack>
	);
}
