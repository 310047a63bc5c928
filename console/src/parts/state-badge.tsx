/** One word about how something does, in a colour of its kind and never by the colour alone. */
import { Badge } from '@mantine/core';

export type Tone = 'good' | 'bad' | 'busy' | 'idle' | 'warn';

/** Text and ground, light and dark: each pair has a contrast of 4.5 to 1 or more. */
const TONES: Readonly<Record<Tone, string>> = {
	good: 'light-dark(#d6f2e4, #12392a)/light-dark(#0a5136, #8fe0b8)',
	bad: 'light-dark(#fde2e2, #4a1d1f)/light-dark(#8e1b1b, #ffb3b3)',
	warn: 'light-dark(#fff0cf, #443310)/light-dark(#6b4700, #ffd98a)',
	busy: 'light-dark(#dcebfd, #17304d)/light-dark(#12467f, #a8d0ff)',
	idle: 'light-dark(#e9ecef, #2e3338)/light-dark(#464d54, #c9cfd5)',
};

export interface StateBadgeProps {
	readonly tone: Tone;
	readonly children: string;
}

export function StateBadge({ tone, children }: StateBadgeProps) {
	const [background, colour] = TONES[tone].split('/');
	return (
		// Its label is never cut: what a column or a row gives way for is the text beside it.
		<Badge
			variant="filled"
			radius="sm"
			tt="none"
			fw={600}
			style={{ background, color: colour }}
			styles={{ label: { overflow: 'visible' } }}
			miw="fit-content"
		>
			{children}
		</Badge>
	);
}
