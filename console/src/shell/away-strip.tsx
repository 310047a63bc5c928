/** That the gateway is away, for all pages at once. It is looked for, and what is shown is fetched again, without anybody's doing. */
import { Box, Group, Text } from '@mantine/core';
import { CloudOff } from 'lucide-react';
import { useIsAway } from '../api/reach.ts';
import { useWords, words } from '../i18n/words.ts';
import { YELLOW_ALERT } from '../theme.ts';

const WORDS = words({
	en: { away: 'The gateway cannot be reached.', old: 'What you see may be old. It goes on by itself.' },
	pt: { away: 'O gateway está fora de alcance.', old: 'O que aparece pode estar desatualizado. Tudo continua sozinho.' },
});

export const STRIP_PX = 32;
const [GROUND, BORDER, COLOUR] = YELLOW_ALERT;

export function AwayStrip() {
	const say = useWords(WORDS);
	const isAway = useIsAway();
	return (
		// There before it says something: screen readers tell what changes in it.
		<Box role="status">
			{isAway && (
				<Group h={STRIP_PX} px="md" gap="xs" justify="center" wrap="nowrap" bg={GROUND} style={{ borderTop: `1px solid ${BORDER}` }}>
					<CloudOff size={16} color={COLOUR} aria-hidden />
					<Text size="sm" fw={600} c={COLOUR} truncate>
						{say.away}
					</Text>
					<Text size="sm" truncate visibleFrom="sm">
						{say.old}
					</Text>
				</Group>
			)}
		</Box>
	);
}
