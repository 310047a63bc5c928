/** How long each phase of an attempt took, as parts of a bar, with the same in numbers below. */
import { Stack, Text } from '@mantine/core';
import { lasting } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import type { Attempt } from './attempt.ts';
import classes from './timing-bar.module.css';

const WORDS = words({
	en: {
		title: (total: string) => `Timing: ${total}`,
		dns: 'DNS',
		connect: 'Connect',
		tls: 'TLS',
		wait: 'Waiting for the answer',
		body: 'Reading the answer',
		rest: 'Other',
		kept: 'The connection was there already.',
	},
	pt: {
		title: (total: string) => `Tempos: ${total}`,
		dns: 'DNS',
		connect: 'Conexão',
		tls: 'TLS',
		wait: 'Espera pela resposta',
		body: 'Leitura da resposta',
		rest: 'Outros',
		kept: 'A conexão já existia.',
	},
});

type Timings = Attempt['timings'];

interface Phase {
	readonly name: 'dns' | 'connect' | 'tls' | 'wait' | 'body' | 'rest';
	readonly ms: number;
}

export function TimingBar({ timings }: { readonly timings: Timings }) {
	const say = useWords(WORDS);
	const phases = phasesOf(timings);
	const sum = Math.max(
		timings.totalMs,
		phases.reduce((total, { ms }) => total + ms, 0),
	);
	return (
		<Stack gap={6}>
			<Text component="h3" size="sm" fw={600} m={0}>
				{say.title(lasting(timings.totalMs))}
			</Text>
			<div className={classes['bar']} aria-hidden>
				{phases.map(({ name, ms }) => (
					<span key={name} className={classes['phase']} data-phase={name} style={{ flexGrow: sum === 0 ? 1 : ms / sum }} />
				))}
			</div>
			<ul className={classes['legend']}>
				{phases.map(({ name, ms }) => (
					<li key={name}>
						<span className={classes['swatch']} data-phase={name} aria-hidden />
						{say[name]} <strong>{lasting(ms)}</strong>
					</li>
				))}
				{timings.connectMs === undefined && timings.firstByteMs !== undefined && <li className={classes['note']}>{say.kept}</li>}
			</ul>
		</Stack>
	);
}

/** What was measured, in the order of time; what is left of the whole is the rest. */
function phasesOf({ dnsMs, connectMs, tlsMs, firstByteMs, bodyMs, totalMs }: Timings): readonly Phase[] {
	const measured: readonly (readonly [Phase['name'], number | undefined])[] = [
		['dns', dnsMs],
		['connect', connectMs],
		['tls', tlsMs],
		['wait', firstByteMs],
		['body', bodyMs],
	];
	const phases = measured.flatMap(([name, ms]) => (ms === undefined ? [] : [{ name, ms }]));
	const rest = totalMs - phases.reduce((total, { ms }) => total + ms, 0);
	return rest >= 1 || phases.length === 0 ? [...phases, { name: 'rest', ms: Math.max(rest, 0) }] : phases;
}
