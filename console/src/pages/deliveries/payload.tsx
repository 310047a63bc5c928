/** What every attempt sends: pretty for reading, raw as the bytes are. */
import { Group, SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';
import { count } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import { CopyIt } from '../../parts/copy.tsx';
import { Json } from '../../parts/json.tsx';
import { Card } from '../../parts/page.tsx';

const WORDS = words({
	en: { title: 'Payload', look: 'How it is shown', pretty: 'Pretty', raw: 'Raw', bytes: (bytes: string) => `${bytes} bytes` },
	pt: { title: 'Payload', look: 'Como é mostrado', pretty: 'Formatado', raw: 'Bruto', bytes: (bytes: string) => `${bytes} bytes` },
});

export function Payload({ body }: { readonly body: string }) {
	const say = useWords(WORDS);
	const [look, setLook] = useState('pretty');
	return (
		<Card
			title={say.title}
			actions={
				<Group gap="xs">
					<Text size="sm" c="dimmed">
						{say.bytes(count(new TextEncoder().encode(body).length))}
					</Text>
					<SegmentedControl
						aria-label={say.look}
						size="xs"
						value={look}
						onChange={setLook}
						data={[
							{ value: 'pretty', label: say.pretty },
							{ value: 'raw', label: say.raw },
						]}
					/>
					<CopyIt value={body} />
				</Group>
			}
		>
			<Json value={body} isRaw={look === 'raw'} label={say.title} />
		</Card>
	);
}
