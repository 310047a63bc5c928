/** How its receiver does, live: its circuit, since when it fails and with what, when it is tried next, and what waits. */
import { Alert, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Webhook } from '../../api/views.ts';
import { ago, count, lasting } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import { LinkTo } from '../../parts/link-to.tsx';
import { Card } from '../../parts/page.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { When } from '../../parts/when.tsx';
import { DELIVERY_WORDS } from '../deliveries/delivery-words.ts';
import { useWaiting, WAITING_COUNTED_MAX } from './data.ts';
import { Fact, Facts } from './facts.tsx';
import { CIRCUIT_TONES, STATUS_TONES, WEBHOOK_WORDS } from './webhook-words.ts';

const WORDS = words({
	en: {
		title: 'Receiver',
		status: 'Status',
		circuit: 'Circuit',
		about: {
			closed: 'Each delivery is tried as its schedule says.',
			open: 'The receiver fails: one delivery at a time is sent as a probe, the others wait and lose no attempt.',
			recovering: 'The receiver answers again: what waits flows, and with each success more of it at once.',
		},
		since: 'Failing since',
		latest: 'Latest failure',
		inARow: (failures: string) => `${failures} in a row, of all its deliveries and probes`,
		probe: 'Next probe',
		now: 'now',
		paused: 'Held for',
		pausedAbout: 'its receiver answered 429',
		concurrency: 'May be sent at once',
		waiting: 'Waiting',
		nothing: 'nothing',
		disabled: 'It is disabled: what is for it waits until it is enabled.',
		ending: 'It is being deleted: it delivers what it has left, and gets nothing new.',
	},
	pt: {
		title: 'Receptor',
		status: 'Situação',
		circuit: 'Circuito',
		about: {
			closed: 'Cada entrega é tentada conforme a programação.',
			open: 'O receptor está falhando: uma entrega por vez é enviada como sondagem, as outras esperam sem gastar tentativas.',
			recovering: 'O receptor voltou a responder: o que espera está fluindo, e a cada sucesso mais ao mesmo tempo.',
		},
		since: 'Falhando desde',
		latest: 'Última falha',
		inARow: (failures: string) => `${failures} seguidas, somando todas as entregas e sondagens`,
		probe: 'Próxima sondagem',
		now: 'agora',
		paused: 'Segurado por',
		pausedAbout: 'o receptor respondeu 429',
		concurrency: 'Envios simultâneos agora',
		waiting: 'Aguardando',
		nothing: 'nada',
		disabled: 'Está desativado: o que é para ele espera até ser ativado.',
		ending: 'Está sendo excluído: entrega o que resta e não recebe nada novo.',
	},
});

export function StatusCard({ webhook }: { readonly webhook: Webhook }) {
	const say = useWords(WORDS);
	const told = useWords(WEBHOOK_WORDS);
	const errors = useWords(DELIVERY_WORDS).error;
	const { id, status, circuit, disabledReason } = webhook;
	const { state, failingSince, errorClass, failuresInARow, nextProbeAt, pausedUntil, concurrencyNow } = circuit;
	return (
		<Card title={say.title}>
			<Stack gap="sm">
				{status === 'disabled' && (
					<Alert color="yellow">
						{disabledReason !== undefined && (
							<Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
								{disabledReason === 'gone' ? told.gone : disabledReason}
							</Text>
						)}
						{say.disabled}
					</Alert>
				)}
				{status === 'ending' && <Alert color="yellow">{say.ending}</Alert>}
				<Facts>
					<Fact name={say.status}>
						<StateBadge tone={STATUS_TONES[status]}>{told.status[status]}</StateBadge>
					</Fact>
					{status !== 'disabled' && (
						<Fact name={say.circuit}>
							<StateBadge tone={CIRCUIT_TONES[state]}>{told.circuit[state]}</StateBadge>
							<Text size="sm" c="dimmed" mt={4}>
								{say.about[state]}
							</Text>
						</Fact>
					)}
					{failingSince !== undefined && (
						<Fact name={say.since}>
							<When at={failingSince} />
						</Fact>
					)}
					{errorClass !== undefined && (
						<Fact name={say.latest}>
							{errors[errorClass] ?? errorClass}
							{failuresInARow > 1 && ` · ${say.inARow(count(failuresInARow))}`}
						</Fact>
					)}
					{status !== 'disabled' && state === 'open' && nextProbeAt !== undefined && (
						<Fact name={say.probe}>
							<Countdown at={nextProbeAt} write={(now) => (Date.parse(nextProbeAt) <= now ? say.now : ago(nextProbeAt, now))} />
						</Fact>
					)}
					{pausedUntil !== undefined && (
						<Fact name={say.paused}>
							<Countdown at={pausedUntil} write={(now) => stillLasting(Date.parse(pausedUntil) - now)} /> · {say.pausedAbout}
						</Fact>
					)}
					{state === 'recovering' && <Fact name={say.concurrency}>{count(concurrencyNow)}</Fact>}
					<Fact name={say.waiting}>
						<Waiting webhookId={id} />
					</Fact>
				</Facts>
			</Stack>
		</Card>
	);
}

const SECOND_MS = 1_000;

/** `12 s`; what is over by the clock of this machine is so in a moment. */
function stillLasting(ms: number): string {
	return lasting(Math.max(1, Math.ceil(ms / SECOND_MS)) * SECOND_MS);
}

/** Second by second. */
function Countdown({ at, write }: { readonly at: string; readonly write: (now: number) => string }) {
	const [now, setNow] = useState(Date.now);
	useEffect(() => {
		const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
		return () => clearInterval(timer);
	}, []);
	return <time dateTime={at}>{write(now)}</time>;
}

function Waiting({ webhookId }: { readonly webhookId: string }) {
	const say = useWords(WORDS);
	const { data: waiting } = useWaiting(webhookId);
	if (waiting === undefined) return '…';
	if (waiting === 0) return say.nothing;
	return (
		<LinkTo to="/console/deliveries" search={{ webhookId, state: 'pending' }} size="sm">
			{waiting >= WAITING_COUNTED_MAX ? `${count(waiting)}+` : count(waiting)}
		</LinkTo>
	);
}
