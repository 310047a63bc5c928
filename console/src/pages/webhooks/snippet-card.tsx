/** A program that checks the signature, with the webhook's own key in it once it is asked for. */
import { Box, Code, Group, SegmentedControl, Stack, Switch, Tabs, Text } from '@mantine/core';
import { useState } from 'react';
import type { Webhook } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { CopyIt } from '../../parts/copy.tsx';
import { Card } from '../../parts/page.tsx';
import { type Scheme, type Snippet, snippets } from './snippets.ts';
import css from './webhooks.module.css';

const WORDS = words({
	en: {
		title: 'Check the signature',
		about:
			'Signed are webhook-id, webhook-timestamp and the body as it came, joined by points. Libraries of Standard Webhooks do the same.',
		filled: 'With the secret in it',
		scheme: 'Signature',
		code: (language: string) => `Program in ${language}`,
	},
	pt: {
		title: 'Conferir a assinatura',
		about:
			'Assinados são webhook-id, webhook-timestamp e o corpo como chegou, unidos por pontos. As bibliotecas de Standard Webhooks fazem o mesmo.',
		filled: 'Com o segredo dentro',
		scheme: 'Assinatura',
		code: (language: string) => `Programa em ${language}`,
	},
});

const LANGUAGES: Readonly<Record<Snippet['language'], string>> = { typescript: 'TypeScript', python: 'Python', php: 'PHP', curl: 'curl' };

/** Nothing to read over somebody's shoulder. */
const PLACEHOLDER = 'whsec_…';

export function SnippetCard({ webhook }: { readonly webhook: Webhook }) {
	const say = useWords(WORDS);
	const { signatures, secret, publicKey = '' } = webhook;
	const [chosen, setScheme] = useState<Scheme>();
	const [isFilled, setFilled] = useState(false);
	const scheme = chosen !== undefined && signatures.includes(chosen) ? chosen : (signatures[0] ?? 'v1');
	const key = scheme === 'v1a' ? publicKey : isFilled ? secret : PLACEHOLDER;
	const all = snippets({ scheme, key, origin: location.origin });
	return (
		<Card title={say.title}>
			<Stack gap="sm">
				<Text size="sm" c="dimmed">
					{say.about}
				</Text>
				<Group gap="md">
					{signatures.length > 1 && (
						<SegmentedControl
							size="xs"
							aria-label={say.scheme}
							value={scheme}
							data={[...signatures]}
							onChange={(value) => setScheme(value as Scheme)}
						/>
					)}
					{scheme === 'v1' && (
						<Switch size="sm" label={say.filled} checked={isFilled} onChange={({ currentTarget: { checked } }) => setFilled(checked)} />
					)}
				</Group>
				<Tabs defaultValue="typescript" variant="outline" keepMounted={false}>
					<Tabs.List>
						{all.map(({ language }) => (
							<Tabs.Tab key={language} value={language}>
								{LANGUAGES[language]}
							</Tabs.Tab>
						))}
					</Tabs.List>
					{all.map(({ language, code }) => (
						<Tabs.Panel key={language} value={language} pt="xs">
							<Group justify="flex-end" mb={4}>
								<CopyIt value={code} />
							</Group>
							<Box className={css['code']} tabIndex={0} role="region" aria-label={say.code(LANGUAGES[language])}>
								<Code block className={css['program'] ?? ''}>
									{code}
								</Code>
							</Box>
						</Tabs.Panel>
					))}
				</Tabs>
			</Stack>
		</Card>
	);
}
