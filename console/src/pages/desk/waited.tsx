/** How long a customer has been waiting; the longer, the louder. */
import { useEffect, useState } from 'react';
import { dateTime, lasting } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import { StateBadge, type Tone } from '../../parts/state-badge.tsx';

const WORDS = words({
	en: { since: (at: string) => `Waiting since ${at}` },
	pt: { since: (at: string) => `Aguardando desde ${at}` },
});

const TICK_MS = 5_000;
const MINUTE_MS = 60_000;
const LONG_MS = 5 * MINUTE_MS;
const TOO_LONG_MS = 15 * MINUTE_MS;

export function Waited({ since }: { readonly since: string }) {
	const say = useWords(WORDS);
	const [now, setNow] = useState(Date.now);
	useEffect(() => {
		const timer = setInterval(() => setNow(Date.now()), TICK_MS);
		return () => clearInterval(timer);
	}, []);
	const ms = now - Date.parse(since);
	return (
		<span title={say.since(dateTime(since))} style={{ flexShrink: 0 }}>
			<StateBadge tone={toneOf(ms)}>{ms < MINUTE_MS ? `< ${lasting(MINUTE_MS)}` : lasting(ms)}</StateBadge>
		</span>
	);
}

function toneOf(ms: number): Tone {
	if (ms >= TOO_LONG_MS) return 'bad';
	return ms >= LONG_MS ? 'warn' : 'busy';
}
